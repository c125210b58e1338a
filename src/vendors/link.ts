import { type Change, type Sight, type Step, settle } from '../change.ts';
import {
  type MembershipError,
  type MembershipVendor,
  notStarted,
  VendorUnavailableError,
} from '../errors.ts';
import type { Answer } from '../http/answer.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Operation } from '../http/operation.ts';
import type { Log } from '../log.ts';
import type { Confirmed } from '../memberships.ts';
import { type Exchange, type Reader, VendorCaller } from './caller.ts';
import type { Credentials, UnusableCredentials } from './credentials.ts';
import { readJson } from './json.ts';
import {
  contradicted,
  heldBack,
  notConfigured,
  paced,
  unanswered,
  unusable,
  type VendorName,
} from './own-errors.ts';
import type { Redactor } from './redactor.ts';
import type { Call } from './refusal.ts';
import { stepOf } from './step.ts';

/** One change at one vendor, as its source describes it. */
export interface VendorChange<V extends MembershipVendor, T> {
  /** Without credentials; those are put to it by the link and nowhere else. */
  readonly request: VendorRequest;
  /** The sentence for "not found", which names the things in question. */
  readonly notFound: string;
  /** Our argument for each of the vendor's fields, where the vendor names fields in its errors. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a success says; null for every answer that is none. */
  read(exchange: Exchange<V>): T | null;
  /** What every other answer means. */
  error(answer: Answer, call: Call): MembershipError;
  /** Whether an answer's body, which is also given as JSON, is the vendor's error form. */
  isErrorForm(json: unknown, answer: Answer): boolean;
  /** Whether an error says that nothing is left to remove, beside "not found". */
  isAbsence?(error: MembershipError): boolean;
  /** Reads back whether the requested state is in place. */
  look(read: Reader<V>): Promise<Sight<T>>;
}

/** The steps after which the vendor may be at fault. */
const openSteps = new Set<Step<unknown>['kind']>(['failed', 'lost', 'unsent', 'unclear']);

/**
 * One request's way to one vendor: the process's client, bound to the caller's credentials for this
 * vendor and for no other.
 */
export class VendorLink<V extends MembershipVendor> {
  readonly vendor: VendorName<V>;
  readonly #log: Log;
  readonly #client: VendorClient | null;
  readonly #credentials: () => Credentials<V> | UnusableCredentials;

  /**
   * @param client null where the vendor is not configured
   * @param credentials read when first needed, since most requests touch one vendor only
   */
  constructor(
    vendor: VendorName<V>,
    client: VendorClient | null,
    credentials: () => Credentials<V> | UnusableCredentials,
    log: Log,
  ) {
    this.vendor = vendor;
    this.#log = log;
    this.#client = client;
    this.#credentials = credentials;
  }

  /** Host and port of the vendor; empty where it is not configured. */
  get host(): string {
    return this.#client?.host ?? '';
  }

  /**
   * Makes one change and settles what became of it.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async change<T extends object>(
    change: VendorChange<V, T>,
    operation: Operation,
  ): Promise<Confirmed & T> {
    const repeatable = isRepeatable(change.request);
    if (this.#client === null) throw notConfigured(this.vendor, repeatable);
    const client = this.#client;
    const credentials = this.#usable();
    const caller = new VendorCaller(client, credentials, operation);
    const closed = client.gate.closed();
    if (closed !== null) throw heldBack(this.vendor, closed, repeatable);
    // Before it takes a place: who waits for a turn keeps nobody else from calling.
    const waitMs = await caller.reserve(change.request);
    if (waitMs > 0) throw paced(this.vendor, waitMs, repeatable);
    const make = async (waitedMs: number) => {
      operation.queued(waitedMs);
      const settled = operation.mayBegin()
        ? await settle(this.#settleable(change, caller, credentials), operation)
        : ({ kind: 'failed', error: notStarted(this.vendor.id) } as const);
      return { result: settled, isOutage: settled.kind === 'failed' && isOutage(settled.error) };
    };
    const passage = await client.gate.pass(make).finally(() => caller.release(change.request));
    if (passage.kind !== 'passed') throw heldBack(this.vendor, passage, repeatable);
    const settled = passage.result;
    if (settled.kind === 'failed') throw settled.error;
    return { outcome: 'APPLIED', confirmedBy: settled.confirmedBy, ...settled.value };
  }

  #settleable<T extends object>(
    change: VendorChange<V, T>,
    caller: VendorCaller<V>,
    credentials: Credentials<V>,
  ): Change<T> {
    const { request } = change;
    const repeatable = isRepeatable(request);
    return {
      isRepeatable: repeatable,
      send: async () => {
        const sent = await caller.write(request);
        if (sent.kind === 'paced') {
          return { kind: 'held', error: paced(this.vendor, sent.waitMs, repeatable) };
        }
        const next =
          sent.kind === 'answered'
            ? step(change, { ...sent, credentials }, repeatable)
            : unanswered(this.vendor, sent, repeatable);
        this.#noteFailure(request, next, credentials.redactor);
        if (next.kind === 'limited') await caller.hold(request, next.waitMs);
        return next;
      },
      readBack: () => change.look((path) => caller.read(path, request.headers)),
      contradicted: (said) => contradicted(this.vendor, said),
    };
  }

  /** Logs the optional members of a vendor's object that were wrong and became null. */
  noteDropped(object: string, members: readonly string[]): void {
    if (members.length === 0) return;
    this.#log.warn(
      { vendor: this.vendor.id, object, members },
      'wrong optional values became null',
    );
  }

  #usable(): Credentials<V> {
    const credentials = this.#credentials();
    if (credentials.kind === 'unusable') throw unusable(this.vendor, credentials);
    return credentials;
  }

  /** Logs an attempt that leaves something open, for whoever must find out which vendor fails, and how. */
  #noteFailure({ method, path }: VendorRequest, next: Step<unknown>, redactor: Redactor): void {
    if (next.kind === 'made' || !openSteps.has(next.kind)) return;
    const { name, vendorStatus: status, cause } = next.error;
    const { code, message } = cause instanceof Error ? (cause as NodeJS.ErrnoException) : {};
    const { id: vendor } = this.vendor;
    const where = { vendor, method, path: redactor.data(path), attempt: next.kind };
    const what = { error: name, status, code, detail: redactor.data(message) };
    this.#log.warn({ ...where, ...what }, 'an attempt failed');
  }
}

function step<V extends MembershipVendor, T>(
  change: VendorChange<V, T>,
  exchange: Exchange<V>,
  repeatable: boolean,
): Step<T> {
  const { answer, credentials } = exchange;
  const value = change.read(exchange);
  if (value !== null) return { kind: 'made', value };
  const { redactor } = credentials;
  const { notFound, fields = {} } = change;
  const error = change.error(answer, { repeatable, redactor, notFound, fields });
  const next = stepOf(answer, error, change.isErrorForm(readJson(answer), answer));
  return next.kind === 'refused' && change.isAbsence?.(error) ? { kind: 'absent', error } : next;
}

/** Whether the vendor gave no usable answer, which opens the circuit: never a 500, a 4xx or a 429. */
function isOutage(error: MembershipError): boolean {
  if (!(error instanceof VendorUnavailableError)) return false;
  if (error.reason === 'SERVER_ERROR') return [502, 503, 504].includes(error.vendorStatus ?? 0);
  const isAnswered = error.vendorStatus !== null && error.vendorStatus >= 400;
  return (error.reason === 'CONNECTION' || error.reason === 'TIMEOUT') && !isAnswered;
}

/** Whether a request, made twice, leaves the state that it leaves when made once (RFC 9110, section 9.2.2). */
function isRepeatable(request: VendorRequest): boolean {
  return request.method !== 'POST';
}
