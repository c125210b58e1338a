import { AuthenticationError, type MembershipVendor, VendorUnavailableError } from '../errors.ts';
import type { Answer, Attempt } from '../http/answer.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Operation } from '../http/operation.ts';
import type { Log } from '../log.ts';
import type { Credentials, UnusableCredentials } from './credentials.ts';

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
   * Sends one change, once.
   *
   * @param request without credentials; those are put to it here and nowhere else
   * @throws {VendorUnavailableError} not configured, not reached, or no usable answer
   * @throws {AuthenticationError} a credential is missing or malformed
   */
  async send(request: VendorRequest, operation: Operation): Promise<Exchange<V>> {
    const client = this.#client ?? this.#notConfigured(request);
    const credentials = this.#credentials();
    if (credentials.kind === 'unusable') {
      const { problem, message } = credentials;
      throw new AuthenticationError({
        vendor: this.vendor.id,
        outcome: 'NOT_APPLIED',
        message,
        problem,
      });
    }
    const headers = [...credentials.headers, ...request.headers];
    const attempt = await client.attempt({ ...request, headers }, operation.writing);
    if (attempt.kind !== 'answered') throw this.#unavailable(request, attempt);
    return { answer: attempt.answer, credentials };
  }

  /** Logs the optional members of a vendor's object that were wrong and became null. */
  noteDropped(object: string, members: readonly string[]): void {
    if (members.length === 0) return;
    this.#log.warn(
      { vendor: this.vendor.id, object, members },
      'wrong optional values became null',
    );
  }

  #notConfigured(request: VendorRequest): never {
    const { id, title, urlVariable } = this.vendor;
    throw new VendorUnavailableError({
      vendor: id,
      outcome: 'NOT_APPLIED',
      message: `${title} is not configured in this gateway: ${urlVariable} is not set.`,
      reason: 'NOT_CONFIGURED',
      repeatable: isRepeatable(request),
    });
  }

  #unavailable(request: VendorRequest, attempt: Exclude<Attempt, { kind: 'answered' }>) {
    const { id, title } = this.vendor;
    const lost = attempt.kind === 'lost';
    return new VendorUnavailableError({
      vendor: id,
      outcome: lost ? 'UNKNOWN' : 'NOT_APPLIED',
      message: lost
        ? `${title} gave no complete answer: the change may or may not have been made.`
        : `${title} could not be reached: nothing was sent.`,
      reason: attempt.problem,
      repeatable: isRepeatable(request),
      reply: { status: lost ? attempt.status : null, code: null, message: null, requestId: null },
      cause: attempt.cause,
    });
  }
}

/** Whether a request, made twice, leaves the state that it leaves when made once (RFC 9110, section 9.2.2). */
export function isRepeatable(request: Pick<VendorRequest, 'method'>): boolean {
  return request.method !== 'POST';
}
