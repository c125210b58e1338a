import type { ReadBack } from '../../changes/settle.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import type { StreamLeaderAttached, StreamLeaderDetached } from '../../domain/change-results.ts';
import type { StreamLeadership } from '../../domain/entities.ts';
import { encodeSegment, path, type VendorPath } from '../../upstream/path.ts';
import { isAnnouncedAsJson } from '../core/dialect.ts';
import { isEmptySuccess } from '../core/empty-success.ts';
import type { Exchange, Reader } from '../core/exchange.ts';
import { checkIds, numericIdRule } from '../core/input.ts';
import { readJson } from '../core/json.ts';
import type { VendorSession } from '../core/session.ts';
import type { Vendor } from '../core/vendor.ts';
import { type StreamLeaderLink, streamLeaderLink } from './decode.ts';
import { isWethodError, mapWethodError } from './errors.ts';
import { findLeader, type StreamLeaderInput } from './leaders.ts';
import { isLive, toLeadership } from './map.ts';
import { WethodReads } from './reads.ts';

/** Wethod: docs.wethod.com, whose endpoints all take these header parameters. */
export const wethod: Vendor<'WETHOD', WethodSource, WethodReads> = {
  id: 'WETHOD',
  title: 'Wethod',
  urlVariable: 'WETHOD_URL',
  url: {
    example: 'https://api.wethod.com',
    unusualPath: /\/api\/*$/,
    advice: 'The gateway adds /api itself',
  },
  rateLimit: { default: '5000/3600', formerVariable: 'WETHOD_PACE' },
  apiVersion: { header: 'Wethod-Version', default: '2024-06-15' },
  harmlessRead: path`/api/persons/me`,
  credentialHeaders: [
    { incoming: 'wethod-authorization', outgoing: 'Authorization', form: 'bearer', secret: true },
    { incoming: 'wethod-company', outgoing: 'Wethod-Company', form: 'company', secret: false },
  ],
  endpoints: [
    'POST /api/streams/{stream_id}/leaders/{leader_id}',
    'DELETE /api/streams/{stream_id}/leaders/{leader_id}',
    'GET /api/streams',
    'GET /api/streams/{id}',
    'GET /api/streams/{stream_id}/leaders',
    'GET /api/streams/{stream_id}/members',
    'GET /api/persons',
    'GET /api/persons/{id}',
  ],
  limitedBy: 'credential',
  dialect: ({ apiVersion }) => ({
    headers: ['Wethod-Version', apiVersion, 'Accept', 'application/json'],
    error: mapWethodError,
    isErrorForm: isWethodError,
    isKnownAnswer: (_answer, json) => isWethodError(json),
    isKnownHead: isAnnouncedAsJson,
  }),
  connect: (link) => new WethodSource(link),
  read: (reader) => new WethodReads(reader),
};

const rules = { streamId: numericIdRule, leaderId: numericIdRule };

const common = {
  notFound: 'Wethod finds no such stream, person or leadership, or the caller cannot see it.',
  permission: 'settings.company',
  fields: { stream_id: 'streamId', leader_id: 'leaderId' },
};

/** Wethod's streams and their leaders, as one caller may change them. */
export class WethodSource {
  readonly #link: VendorSession<'WETHOD'>;

  constructor(link: VendorSession<'WETHOD'>) {
    this.#link = link;
  }

  /**
   * Makes a person a leader of a stream: `POST /api/streams/{stream_id}/leaders/{leader_id}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known; or it rejects with it
   */
  attachStreamLeader(
    input: StreamLeaderInput,
    operation: TimeBudget,
  ): Promise<StreamLeaderAttached> {
    const ids = checkIds(this.#link.vendor, input, rules);
    const request = {
      method: 'POST',
      path: leaderPath(ids),
      headers: this.#link.dialect.headers,
    } as const;
    const read = (exchange: Exchange<'WETHOD'>) => {
      const leadership = this.#readAttached(exchange, ids);
      return leadership === null ? null : { leadership };
    };
    const look = async (
      reader: Reader<'WETHOD'>,
    ): Promise<ReadBack<{ leadership: StreamLeadership }>> => {
      const found = await findLeader(reader, ids);
      if (found.kind === 'unreadable') return found;
      if (found.kind === 'absent') return { kind: 'notInPlace' };
      return { kind: 'inPlace', value: { leadership: found.item } };
    };
    return this.#link.change(
      { ...common, mutation: 'attachStreamLeader', ids: { ...ids }, request, read, look },
      operation,
    );
  }

  /**
   * Takes a person from the leaders of a stream:
   * `DELETE /api/streams/{stream_id}/leaders/{leader_id}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known; or it rejects with it
   */
  detachStreamLeader(
    input: StreamLeaderInput,
    operation: TimeBudget,
  ): Promise<StreamLeaderDetached> {
    const ids = checkIds(this.#link.vendor, input, rules);
    const request = {
      method: 'DELETE',
      path: leaderPath(ids),
      headers: this.#link.dialect.headers,
    } as const;
    const isDetached = (json: unknown) => {
      const link = isWethodError(json) ? null : streamLeaderLink.read(json);
      return link !== null && isBetween(link.value, ids);
    };
    const read = ({ answer }: Exchange<'WETHOD'>) =>
      isEmptySuccess(answer, isDetached) ? ids : null;
    const look = async (reader: Reader<'WETHOD'>): Promise<ReadBack<StreamLeaderInput>> => {
      const found = await findLeader(reader, ids);
      if (found.kind === 'found') return { kind: 'notInPlace' };
      return found.kind === 'absent' ? { kind: 'inPlace', value: ids } : found;
    };
    return this.#link.change(
      { ...common, mutation: 'detachStreamLeader', ids: { ...ids }, request, read, look },
      operation,
    );
  }

  #readAttached(exchange: Exchange<'WETHOD'>, ids: StreamLeaderInput): StreamLeadership | null {
    const { answer } = exchange;
    if (answer.status !== 200 && answer.status !== 201) return null;
    const json = readJson(answer);
    const reading = isWethodError(json) ? null : streamLeaderLink.read(json);
    // A link of which it cannot be read whether it lives says nothing.
    if (reading === null) return null;
    if (!isLive(reading.value, answer)) return null;
    if (!isBetween(reading.value, ids)) return null;
    this.#link.noteDropped('stream leader', reading.dropped);
    return toLeadership(reading.value, exchange);
  }
}

/** Whether a link, live or not, is between the two that were asked for. */
function isBetween(link: StreamLeaderLink, { streamId, leaderId }: StreamLeaderInput): boolean {
  return String(link.stream_id) === streamId && String(link.leader_id) === leaderId;
}

function leaderPath({ streamId, leaderId }: StreamLeaderInput): VendorPath {
  return path`/api/streams/${encodeSegment(streamId)}/leaders/${encodeSegment(leaderId)}`;
}
