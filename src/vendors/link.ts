import { type Sight, type Step, settle } from '../change.ts';
import {
  AuthenticationError,
  type MembershipError,
  type MembershipVendor,
  RateLimitedError,
  VendorContractError,
  VendorUnavailableError,
} from '../errors.ts';
import type { Answer, Attempt } from '../http/answer.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Passage } from '../http/gate.ts';
import type { Operation } from '../http/operation.ts';
import type { Log } from '../log.ts';
import type { Confirmed } from '../memberships.ts';
import { type Exchange, type Reader, VendorCaller } from './caller.ts';
import type { Credentials, UnusableCredentials } from './credentials.ts';
import { readJson } from './json.ts';
import type { Redactor } from './redactor.ts';
import type { Call } from './refusal.ts';
import { stepOf } from './step.ts';

/** Who a link leads to, for messages. */
export interface VendorName<V extends MembershipVendor> {
  readonly id: V;
  readonly title: string;
  readonly urlVariable: string;
}

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
    const client = this.#client ?? this.#notConfigured(repeatable);
    const credentials = this.#usable();
    const caller = new VendorCaller(client, credentials, operation);
    const passage = await client.gate.pass(async (waitedMs) => {
      operation.queued(waitedMs);
      const settled = await settle<T>(
        {
          isRepeatable: repeatable,
          send: async () => {
            const sent = await caller.send(change.request, operation.writing);
            if (sent.kind === 'paced') return this.#paced(sent.waitMs, repeatable);
            const next =
              sent.kind === 'answered'
                ? step(change, { ...sent, credentials }, repeatable)
                : this.#unanswered(sent, repeatable);
            this.#noteFailure(change.request, next, credentials.redactor);
            return caller.report(change.request, next);
          },
          readBack: () => change.look((path) => caller.read(path, change.request.headers)),
          contradicted: (said) => this.#contradicted(said),
        },
        operation,
      );
      return { result: settled, isOutage: settled.kind === 'failed' && isOutage(settled.error) };
    });
    if (passage.kind !== 'passed') throw this.#heldBack(passage, repeatable);
    const settled = passage.result;
    if (settled.kind === 'failed') throw settled.error;
    return { outcome: 'APPLIED', confirmedBy: settled.confirmedBy, ...settled.value };
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
    if (credentials.kind === 'usable') return credentials;
    const { problem, message } = credentials;
    const { id: vendor } = this.vendor;
    throw new AuthenticationError({ vendor, outcome: 'NOT_APPLIED', message, problem });
  }

  #notConfigured(repeatable: boolean): never {
    const { id, title, urlVariable } = this.vendor;
    throw new VendorUnavailableError({
      vendor: id,
      outcome: 'NOT_APPLIED',
      message: `${title} is not configured in this gateway: ${urlVariable} is not set.`,
      reason: 'NOT_CONFIGURED',
      repeatable,
    });
  }

  /** Nothing was sent, since too much is under way or has failed of late. */
  #heldBack(
    passage: Exclude<Passage<unknown>, { kind: 'passed' }>,
    repeatable: boolean,
  ): VendorUnavailableError {
    const { id: vendor, title } = this.vendor;
    const common = { vendor, outcome: 'NOT_APPLIED', repeatable } as const;
    if (passage.kind === 'overloaded') {
      const message = `Too many changes at ${title} are under way; nothing was sent.`;
      return new VendorUnavailableError({ ...common, message, reason: 'OVERLOADED' });
    }
    return new VendorUnavailableError({
      ...common,
      message: `${title} failed too often of late; nothing was sent.`,
      reason: 'CIRCUIT_OPEN',
      retryAfterSeconds: passage.retryAfterSeconds,
    });
  }

  /** Our own pacing holds the call back, for longer than the change has time. */
  #paced(waitMs: number, repeatable: boolean): Step<never> {
    const { id: vendor, title } = this.vendor;
    const error = new RateLimitedError({
      vendor,
      outcome: 'NOT_APPLIED',
      message: `${title} allows no more calls for now: the gateway keeps within its rate limit.`,
      repeatable,
      retryAfterSeconds: waitMs / 1000,
    });
    return { kind: 'refused', error };
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

  #unanswered(attempt: Exclude<Attempt, { kind: 'answered' }>, repeatable: boolean): Step<never> {
    const { id: vendor, title } = this.vendor;
    const { problem: reason, cause } = attempt;
    if (attempt.kind === 'notSent') {
      const message = `${title} could not be reached.`;
      const outcome = 'NOT_APPLIED';
      const init = { vendor, outcome, message, reason, repeatable, cause } as const;
      return { kind: 'unsent', error: new VendorUnavailableError(init) };
    }
    const message = `${title} gave no complete answer.`;
    const reply = { status: attempt.status, code: null, message: null, requestId: null };
    const init = { vendor, outcome: 'UNKNOWN', message, reason, repeatable, cause, reply } as const;
    return { kind: 'lost', error: new VendorUnavailableError(init) };
  }

  #contradicted(said: MembershipError): VendorContractError {
    const { vendorStatus: status, vendorCode: code, vendorMessage, vendorRequestId } = said;
    return new VendorContractError({
      vendor: this.vendor.id,
      outcome: 'UNKNOWN',
      message: `${this.vendor.title} says that it is not there, and shows it in its list.`,
      reply: { status, code, message: vendorMessage, requestId: vendorRequestId },
    });
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

/** Whether the vendor gave no usable answer: what opens the circuit, and nothing that a caller could cause. */
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
