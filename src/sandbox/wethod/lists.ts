import { slicePage } from '../page.ts';
import type { Reply } from '../simulator.ts';
import { refuseField } from './replies.ts';
import { type LeaderLink, members, streams } from './seed.ts';

const includes = ['streamLeaders', 'streamMembers'];

/** Returns one page of a list, or the rejection of invalid parameters. */
export function replyPage(rows: readonly unknown[], query: URLSearchParams): Reply {
  const [limit, offset] = [query.get('limit'), query.get('offset')];
  if (limit !== null && !(/^[0-9]+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 100)) {
    return refuseField('limit', 'This value should be between 1 and 100.');
  }
  if (offset !== null && !/^[0-9]+$/.test(offset)) {
    return refuseField('offset', 'This value should be a whole number.');
  }
  return { status: 200, json: slicePage([...rows], query, { size: 'limit', standard: 100 }) };
}

/**
 * Returns a page of the list of streams.
 *
 * @param listLeaders returns the links that the list includes for a stream
 */
export function listStreams(
  query: URLSearchParams,
  listLeaders: (stream: number) => readonly LeaderLink[],
): Reply {
  const include = query.get('include')?.split(',') ?? [];
  if (include.some((name) => !includes.includes(name))) {
    return refuseField('include', 'One or more of the given values is invalid.');
  }
  const search = query.get('search')?.toLowerCase() ?? '';
  const isArchived = query.get('is_archived');
  const rows = streams
    .filter(({ name }) => name.toLowerCase().includes(search))
    .filter(({ archived_at }) => isArchived === null || String(archived_at !== null) === isArchived)
    .map((stream) => ({
      ...stream,
      ...(include.includes('streamLeaders') && { stream_leaders: listLeaders(stream.id) }),
      ...(include.includes('streamMembers') && {
        stream_members: members.filter(({ stream_id }) => stream_id === stream.id),
      }),
    }));
  return replyPage(rows, query);
}
