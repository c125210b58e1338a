import type { Answer } from '../../http/answer.ts';
import type { Operation } from '../../http/operation.ts';
import { path, segment, type VendorPath } from '../../http/path.ts';
import {
  type StreamLeaderAttached,
  type StreamLeaderDetached,
  type StreamLeadership,
  saidByVendor,
} from '../../memberships.ts';
import { isBodilessSuccess } from '../bodiless.ts';
import { checkIds, numericId } from '../input.ts';
import { readJson } from '../json.ts';
import type { Exchange, VendorLink } from '../link.ts';
import type { Call } from '../refusal.ts';
import type { Vendor } from '../vendor.ts';
import { clock } from '../waits.ts';
import { readWire } from '../wire.ts';
import { isWethodError, wethodError } from './errors.ts';
import { streamLeaderLink } from './wire.ts';

/** The two ends of a leadership, in Wethod's own ids. */
export interface StreamLeaderInput {
  readonly streamId: string;
  readonly leaderId: string;
}

/** Wethod: docs.wethod.com, whose endpoints all take these header parameters. */
export const wethod: Vendor<'WETHOD', WethodSource> = {
  id: 'WETHOD',
  title: 'Wethod',
  urlVariable: 'WETHOD_URL',
  credentialHeaders: [
    { incoming: 'wethod-authorization', outgoing: 'Authorization', form: 'bearer', secret: true },
    { incoming: 'wethod-company', outgoing: 'Wethod-Company', form: 'company', secret: false },
  ],
  connect: (link, { wethodVersion }) => new WethodSource(link, wethodVersion),
};

const rules = { streamId: numericId, leaderId: numericId };
const fields = { stream_id: 'streamId', leader_id: 'leaderId' };

/** Wethod's streams and their leaders, as one caller may change them. */
export class WethodSource {
  readonly #link: VendorLink<'WETHOD'>;
  readonly #headers: readonly string[];

  /** @param version the API version that each call names */
  constructor(link: VendorLink<'WETHOD'>, version: string) {
    this.#link = link;
    this.#headers = ['Wethod-Version', version, 'Accept', 'application/json'];
  }

  /**
   * Makes a person a leader of a stream: `POST /api/streams/{stream_id}/leaders/{leader_id}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async attachStreamLeader(
    input: StreamLeaderInput,
    operation: Operation,
  ): Promise<StreamLeaderAttached> {
    const ids = checkIds(this.#link.vendor, input, rules);
    const exchange = await this.#send('POST', ids, operation);
    const leadership = this.#readLeadership(exchange, ids);
    if (leadership !== null) return { ...saidByVendor, leadership };
    throw wethodError(exchange.answer, call(exchange, false));
  }

  /**
   * Takes a person from the leaders of a stream:
   * `DELETE /api/streams/{stream_id}/leaders/{leader_id}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async detachStreamLeader(
    input: StreamLeaderInput,
    operation: Operation,
  ): Promise<StreamLeaderDetached> {
    const ids = checkIds(this.#link.vendor, input, rules);
    const exchange = await this.#send('DELETE', ids, operation);
    if (isBodilessSuccess(exchange.answer, isWethodError)) return { ...saidByVendor, ...ids };
    throw wethodError(exchange.answer, call(exchange, true));
  }

  #send(method: 'POST' | 'DELETE', ids: StreamLeaderInput, operation: Operation) {
    return this.#link.send({ method, path: leaderPath(ids), headers: this.#headers }, operation);
  }

  #readLeadership(
    { answer, credentials }: Exchange<'WETHOD'>,
    ids: StreamLeaderInput,
  ): StreamLeadership | null {
    if (answer.status !== 200 && answer.status !== 201) return null;
    const json = readJson(answer, credentials.redactor);
    const reading = isWethodError(json)
      ? null
      : readWire(streamLeaderLink, ['id', 'stream_id', 'leader_id'], json);
    if (reading === null) return null;
    const link = reading.value;
    if (String(link.stream_id) !== ids.streamId || String(link.leader_id) !== ids.leaderId)
      return null;
    if (isDeleted(link.deleted_at, answer)) return null;
    this.#link.noteDropped('stream leader', reading.dropped);
    return {
      tenant: credentials.values['wethod-company'] ?? '',
      leadershipId: String(link.id),
      ...ids,
      createdAt: link.created_at ?? null,
      updatedAt: link.updated_at ?? null,
      deletedAt: link.deleted_at ?? null,
    };
  }
}

function leaderPath({ streamId, leaderId }: StreamLeaderInput): VendorPath {
  return path`/api/streams/${segment(streamId)}/leaders/${segment(leaderId)}`;
}

function isDeleted(deletedAt: Date | null | undefined, answer: Answer): boolean {
  return deletedAt != null && deletedAt.getTime() <= clock(answer);
}

function call({ credentials }: Exchange<'WETHOD'>, repeatable: boolean): Call {
  return {
    repeatable,
    redactor: credentials.redactor,
    notFound: 'Wethod finds no such stream, person or leadership, or the caller cannot see it.',
    fields,
  };
}
