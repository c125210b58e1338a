import { pageOf } from '../page.ts';
import type { Reply } from '../simulator.ts';
import { invalid } from './replies.ts';
import { type LeaderLink, members, streams } from './seed.ts';

const includes = ['streamLeaders', 'streamMembers'];

/** One page of a list, or the refusal of parameters that the vendor does not take. */
export function page(rows: readonly unknown[], query: URLSearchParams): Reply {
  const [limit, offset] = [query.get('limit'), query.get('offset')];
  if (limit !== null && !(/^[0-9]+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 100)) {
    return invalid('limit', 'This value should be between 1 and 100.');
  }
  if (offset !== null && !/^[0-9]+$/.test(offset)) {
    return invalid('offset', 'This value should be a whole number.');
  }
  return { status: 200, json: pageOf([...rows], query, { size: 'limit', standard: 100 }) };
}

/**
 * The list of streams.
 *
 * @param leadersOf the links that the list shows of a stream
 */
export function listStreams(
  query: URLSearchParams,
  leadersOf: (stream: number) => readonly LeaderLink[],
): Reply {
  const include = query.get('include')?.split(',') ?? [];
  if (include.some((name) => !includes.includes(name))) {
    return invalid('include', 'One or more of the given values is invalid.');
  }
  const search = query.get('search')?.toLowerCase() ?? '';
  const isArchived = query.get('is_archived');
  const rows = streams
    .filter(({ name }) => name.toLowerCase().includes(search))
    .filter(({ archived_at }) => isArchived === null || String(archived_at !== null) === isArchived)
    .map((stream) => ({
      ...stream,
      ...(include.includes('streamLeaders') && { stream_leaders: leadersOf(stream.id) }),
      ...(include.includes('streamMembers') && {
        stream_members: members.filter(({ stream_id }) => stream_id === stream.id),
      }),
    }));
  return page(rows, query);
}
