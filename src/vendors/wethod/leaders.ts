import type { StreamLeadership } from '../../domain/entities.ts';
import { addQuery, encodeSegment, path } from '../../upstream/path.ts';
import type { Exchange, Reader } from '../core/exchange.ts';
import { findInPages, type Page, type PageSearch } from '../core/find-in-pages.ts';
import { readJson } from '../core/json.ts';
import { streamLeaderLink } from './decode.ts';
import { isLive, toLeadership } from './map.ts';

/** The two ends of a leadership, in Wethod's own ids. */
export interface StreamLeaderInput {
  readonly streamId: string;
  readonly leaderId: string;
}

interface Leader {
  readonly leadership: StreamLeadership;
  readonly isLive: boolean;
}

/** Looks for a person among the leaders of a stream: `GET /api/streams/{stream_id}/leaders`. */
export async function findLeader(
  reader: Reader<'WETHOD'>,
  { streamId, leaderId }: StreamLeaderInput,
): Promise<PageSearch<StreamLeadership>> {
  const list = path`/api/streams/${encodeSegment(streamId)}/leaders`;
  const found = await findInPages<Leader>({
    read: async (offset, limit) => {
      const exchange = await reader(addQuery(list, { limit, offset }));
      return exchange === null ? null : readLeaders(exchange, streamId);
    },
    idOf: (leader) => leader.leadership.leadershipId,
    isTarget: (leader) => leader.isLive && leader.leadership.leaderId === leaderId,
  });
  return found.kind === 'found' ? { kind: 'found', item: found.item.leadership } : found;
}

/** Deleted links too: they count for the offset of the next page. */
function readLeaders(exchange: Exchange<'WETHOD'>, streamId: string): Page<Leader> | null {
  const json = readJson(exchange.answer);
  if (!Array.isArray(json)) return null;
  const items: Leader[] = [];
  for (const row of json) {
    const reading = streamLeaderLink.read(row);
    // A link that cannot be read, its removal mark included, makes the whole page unreadable.
    if (reading === null) return null;
    const { value } = reading;
    // Another stream's list proves nothing of this one.
    if (String(value.stream_id) !== streamId) return null;
    items.push({
      leadership: toLeadership(value, exchange),
      isLive: isLive(value, exchange.answer),
    });
  }
  return { items, total: null };
}
