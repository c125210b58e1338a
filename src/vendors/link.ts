import { type Change, type Sight, type Step, settle } from '../change.ts';
import {
  AuthenticationError,
  type MembershipError,
  type MembershipVendor,
  VendorContractError,
  VendorUnavailableError,
} from '../errors.ts';
import type { Answer, Attempt } from '../http/answer.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Operation } from '../http/operation.ts';
import type { VendorPath } from '../http/path.ts';
import type { Log } from '../log.ts';
import type { Confirmed } from '../memberships.ts';
import type { Credentials, UnusableCredentials } from './credentials.ts';
import { readJson } from './json.ts';
import type { Call } from './refusal.ts';
import { stepOf } from './step.ts';

/** Who a link leads to, for messages. */
export interface VendorName<V extends MembershipVendor> {
  readonly id: V;
  readonly title: string;
  readonly urlVariable: string;
}

/** An answer, with the credentials that it was made under. */
export interface Exchange<V extends MembershipVendor> {
  readonly answer: Answer;
  readonly credentials: Credentials<V>;
}

/** Reads at the vendor under the same credentials: null where there is no readable 200. */
export type Reader<V extends MembershipVendor> = (path: VendorPath) => Promise<Exchange<V> | null>;

/** One change at one vendor, as its source describes it. */
export interface VendorChange<V extends MembershipVendor, T> {
  /** Without credentials; those are put to it by the link and nowhere else. */
  readonly request: VendorRequest;
  /** The sentence for "not found", which names the things in question. */
  readonly notFound: string;
  /** Our argument for each of the vendor's fields. */
  readonly fields: Readonly<Record<string, string>>;
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
    const exchange = (request: VendorRequest, onWriting: () => void) => {
      const headers = [...credentials.headers, ...request.headers];
      return client.attempt({ ...request, headers }, operation.callMs, onWriting);
    };
    const settled = await settle<T>(
      {
        isRepeatable: repeatable,
        send: async () => {
          const attempt = await exchange(change.request, operation.writing);
          return attempt.kind === 'answered'
            ? step(change, { answer: attempt.answer, credentials }, repeatable)
            : this.#unanswered(attempt, repeatable);
        },
        readBack: () => change.look(reader(exchange, change.request.headers, credentials)),
        contradicted: (said) => this.#contradicted(said),
      } satisfies Change<T>,
      operation,
    );
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
  const { notFound, fields } = change;
  const error = change.error(answer, { repeatable, redactor, notFound, fields });
  const next = stepOf(answer, error, change.isErrorForm(readJson(answer, redactor), answer));
  return next.kind === 'refused' && change.isAbsence?.(error) ? { kind: 'absent', error } : next;
}

function reader<V extends MembershipVendor>(
  exchange: (request: VendorRequest, onWriting: () => void) => Promise<Attempt>,
  headers: readonly string[],
  credentials: Credentials<V>,
): Reader<V> {
  return async (path) => {
    const attempt = await exchange({ method: 'GET', path, headers }, () => {});
    const isRead = attempt.kind === 'answered' && attempt.answer.status === 200;
    return isRead ? { answer: attempt.answer, credentials } : null;
  };
}

/** Whether a request, made twice, leaves the state that it leaves when made once (RFC 9110, section 9.2.2). */
function isRepeatable(request: VendorRequest): boolean {
  return request.method !== 'POST';
}
