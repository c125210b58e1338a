import { hash } from 'node:crypto';
import type { Operation } from '../../changes/time-budget.ts';
import type { MembershipVendor } from '../../errors.ts';
import type { Log } from '../../telemetry/log.ts';
import type { AttemptFollower } from '../../upstream/attempt.ts';
import type { VendorClient, VendorRequest } from '../../upstream/client.ts';
import type { ObservedAttempt } from '../../upstream/observer.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { Queued } from '../../upstream/resilience/fair-queue.ts';
import type { Denial } from '../../upstream/resilience/rate-limiter.ts';
import type { Answer, Attempt } from '../../upstream/response.ts';
import { CallPermits } from './call-permits.ts';
import type { Credentials } from './credentials.ts';
import { rateLimitWait, retryAfterSeconds } from './retry-after.ts';

/** An answer, with the credentials that it was made under. */
export interface Exchange<V extends MembershipVendor> {
  readonly answer: Answer;
  readonly credentials: Credentials<V>;
}

/**
 * Reads at the vendor under the same credentials. Null if the vendor gave no complete answer, or one with another
 * status than those that are expected: 200 unless `statuses` names others.
 */
export type Reader<V extends MembershipVendor> = (
  path: VendorPath,
  statuses?: readonly number[],
) => Promise<Exchange<V> | null>;

/** The request that calls serve, as far as they need to know it. */
export interface CallerRequest {
  /** What the caller is counted as: its name, else its address. Any number of made-up credentials are one caller. */
  readonly callerKey: string;
  /** Made when there is something to log: most requests have nothing. */
  log(): Log;
}

/** The result of one call: an attempt, or why the rate limit let none out in time. */
export type Sent = Attempt | Denial;

/**
 * Makes the calls of one change, or of one read: each under the caller's credentials, counted against the vendor's
 * rate limit, within the time of the change.
 */
export class VendorCaller<V extends MembershipVendor> implements AttemptFollower, Queued {
  readonly isChange: boolean;
  readonly #client: VendorClient;
  readonly #credentials: Credentials<V>;
  readonly #operation: Operation;
  readonly #request: CallerRequest;
  /** Null if the vendor has no rate limit. */
  readonly #permits: CallPermits | null;
  #credential: string | null = null;
  /** The call that is under way, or was the last: one after the other is made. */
  #sending: VendorRequest | null = null;
  #observed: ObservedAttempt | null = null;
  #writes = 0;
  #isReserved = false;

  /**
   * @param request the request that the calls serve
   * @param isChange whether they belong to a change; those go before reads
   */
  constructor(
    client: VendorClient,
    credentials: Credentials<V>,
    operation: Operation,
    request: CallerRequest,
    isChange: boolean,
  ) {
    this.isChange = isChange;
    this.#client = client;
    this.#credentials = credentials;
    this.#operation = operation;
    this.#request = request;
    const { limiter, observer } = client;
    this.#permits = limiter && new CallPermits(limiter, observer, operation, this);
  }

  /** A hash of the credential, by which calls are counted; made when it is first needed. */
  get credential(): string {
    this.#credential ??= hash('sha256', this.#credentials.headers.join('\n'), 'base64url');
    return this.#credential;
  }

  /** Whose places and turns its calls take. */
  get caller(): string {
    return this.#request.callerKey;
  }

  /** Returns why the rate limit would refuse the first write if it came now; null if it would not. Takes no slot. */
  check(request: VendorRequest): Denial | null {
    return this.#permits?.check(request) ?? null;
  }

  /** Waits for the first write's slot: null once it has one, else why it has none. */
  reserve(request: VendorRequest): Denial | null | Promise<Denial | null> {
    if (this.#permits === null) return null;
    const denial = this.#permits.acquire(request, 'first');
    if (denial instanceof Promise) return denial.then((waited) => this.#reserved(waited));
    return this.#reserved(denial);
  }

  #reserved(denial: Denial | null): Denial | null {
    this.#isReserved = denial === null;
    return denial;
  }

  /** Gives the reserved slot back, if nothing was written. */
  release(): void {
    if (!this.#isReserved) return;
    this.#isReserved = false;
    this.#permits?.release();
  }

  /**
   * Writes once, as soon as the rate limit allows.
   *
   * @param read turns the result of the attempt into what is returned
   */
  write<T>(request: VendorRequest, read: (sent: Sent) => T): Promise<T> {
    const isReady = this.#isReserved || this.#permits === null;
    this.#isReserved = false;
    return isReady ? this.#write(request, read) : this.#writeInTurn(request, read);
  }

  async #writeInTurn<T>(request: VendorRequest, read: (sent: Sent) => T): Promise<T> {
    const denial = await this.#permits?.acquire(request, 'repeat');
    return denial == null ? this.#write(request, read) : read(denial);
  }

  #write<T>(request: VendorRequest, read: (sent: Attempt) => T): Promise<T> {
    this.#writes += 1;
    return this.#attempt(request, this.#writes, read);
  }

  /** Reads under the same credentials, for a read-back. */
  async read(
    path: VendorPath,
    headers: readonly string[],
    statuses: readonly number[] = success,
  ): Promise<Exchange<V> | null> {
    const request = { method: 'GET', path, headers } as const;
    const denial = await this.#permits?.acquire(request, 'readBack');
    if (denial != null) return null;
    const answer = await this.#attempt(request, 1, answerOf);
    if (answer === null) return null;
    if (answer.status === 429) this.hold(toMs(retryAfterSeconds(answer, rateLimitWait(answer))));
    return statuses.includes(answer.status) ? { answer, credentials: this.#credentials } : null;
  }

  /** Holds later calls of the last call's bucket back, as long as the vendor asked; null if it named no wait. */
  hold(waitMs: number | null): void {
    this.#permits?.hold(waitMs);
  }

  /** A write may have arrived from now on; a read leaves nothing open. */
  writing(): void {
    this.#permits?.markSent();
    if (this.#sending?.method !== 'GET') this.#operation.writing();
  }

  /** Reports the result of an attempt to the observer and the rate limit; null for a fault of the gateway. */
  ended(attempt: Attempt | null): void {
    if (attempt !== null) this.#observed?.end(attempt, this.#operation.signal?.aborted === true);
    this.#permits?.end(attempt);
  }

  #attempt<T>(request: VendorRequest, number: number, read: (attempt: Attempt) => T): Promise<T> {
    this.#sending = request;
    const observed = this.#client.observer.begin(request, number, this.#request);
    this.#observed = observed;
    const { signal, callMs } = this.#operation;
    const { headers } = this.#credentials;
    return this.#client.attempt(request, headers, callMs, this, read, signal, observed.headers);
  }
}

const success = [200];

function answerOf(attempt: Attempt): Answer | null {
  return attempt.kind === 'answered' ? attempt.answer : null;
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}
