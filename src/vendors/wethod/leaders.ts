import { addQuery, encodeSegment, path } from '../../upstream/path.ts';
import { parseBody } from '../core/body.ts';
import type { Exchange, ReadVendor } from '../core/exchange.ts';
import { findInPages, type Page, type PagedList, type PageSearch } from '../core/pagination.ts';
import { streamLeaderLink } from './decode.ts';
import type { StreamLeadership } from './entities.ts';
import { isLive, toLeadership } from './map.ts';

/** A stream and one of its leaders, by Wethod's ids. */
export interface StreamLeaderInput {
  readonly streamId: string;
  readonly leaderId: string;
}

interface Leader {
  readonly leadership: StreamLeadership;
  readonly isLive: boolean;
}

/** Searches for a person among the leaders of a stream: `GET /api/streams/{stream_id}/leaders`. */
export async function findLeader(
  read: ReadVendor<'WETHOD'>,
  { streamId, leaderId }: StreamLeaderInput,
): Promise<PageSearch<StreamLeadership>> {
  const leaders = path`/api/streams/${encodeSegment(streamId)}/leaders`;
  const list: PagedList<Leader> = {
    readPage: async (offset, limit) => {
      const exchange = await read(addQuery(leaders, { limit, offset }));
      return exchange === null ? null : readLeaders(exchange, streamId);
    },
    getId: ({ leadership }) => leadership.leadershipId,
  };
  const search = await findInPages(
    list,
    (leader) => leader.isLive && leader.leadership.leaderId === leaderId,
  );
  return search.kind === 'found' ? { kind: 'found', item: search.item.leadership } : search;
}

/** Returns a page of leaders with deleted links, which count for the offset of the next page; null if it is unreadable. */
function readLeaders(exchange: Exchange<'WETHOD'>, streamId: string): Page<Leader> | null {
  const json = parseBody(exchange.response);
  if (!Array.isArray(json)) return null;
  const items: Leader[] = [];
  for (const row of json) {
    // A link that cannot be decoded, or that belongs to another stream, makes the whole page unreadable.
    const link = streamLeaderLink.read(row)?.value;
    if (link === undefined || String(link.stream_id) !== streamId) return null;
    items.push({
      leadership: toLeadership(link, exchange),
      isLive: isLive(link, exchange.response),
    });
  }
  return { items, total: null };
}
