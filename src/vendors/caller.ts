import type { MembershipVendor } from '../errors.ts';
import type { Answer, Attempt } from '../http/answer.ts';
import type { AttemptFollower } from '../http/attempt.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { ObservedAttempt } from '../http/observer.ts';
import type { Operation } from '../http/operation.ts';
import type { VendorPath } from '../http/path.ts';
import type { Log } from '../log.ts';
import type { Credentials } from './credentials.ts';
import { Turns } from './turns.ts';
import { resetHeader, retryAfterSeconds, secondsHeader } from './waits.ts';

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

/** What came of one call: an attempt, or the pacing let none out in time. */
export type Sent = Attempt | { readonly kind: 'paced'; readonly waitMs: number };

/**
 * Makes the calls of one change, or of one read: each under the caller's credentials, counted against the vendor's
 * rate limit, within the time of the change.
 */
export class VendorCaller<V extends MembershipVendor> implements AttemptFollower {
  readonly #client: VendorClient;
  readonly #credentials: Credentials<V>;
  readonly #operation: Operation;
  /** Null where the vendor's calls are not paced. */
  readonly #turns: Turns | null;
  readonly #logged: { log(): Log };
  /** The call that is under way, or was the last: one after the other is made. */
  #request: VendorRequest | null = null;
  #observed: ObservedAttempt | null = null;
  #writes = 0;
  #isReserved = false;

  /** @param logged where the request's log is had from */
  constructor(
    client: VendorClient,
    credentials: Credentials<V>,
    operation: Operation,
    logged: { log(): Log },
  ) {
    this.#logged = logged;
    this.#client = client;
    this.#credentials = credentials;
    this.#operation = operation;
    const { pacer, observer } = client;
    this.#turns = pacer && new Turns(pacer, observer, operation, credentials.headers);
  }

  /** Waits for the first write's turn: 0 once it has it, else the ms for which there is none in time. */
  reserve(request: VendorRequest): number | Promise<number> {
    const turn = this.#turns?.take(request) ?? 0;
    if (typeof turn === 'number') return this.#reserved(turn);
    return turn.then((waitMs) => this.#reserved(waitMs));
  }

  #reserved(waitMs: number): number {
    this.#isReserved = waitMs === 0;
    return waitMs;
  }

  /** Gives the reserved turn back, where nothing was written. */
  release(): void {
    if (!this.#isReserved) return;
    this.#isReserved = false;
    this.#turns?.giveBack();
  }

  /**
   * Writes once, as soon as the pacing allows.
   *
   * @param read gives what it is that came of it
   */
  write<T>(request: VendorRequest, read: (sent: Sent) => T): Promise<T> {
    const turn = this.#isReserved ? 0 : this.reserve(request);
    this.#isReserved = false;
    if (turn === 0) return this.#write(request, read);
    return this.#writeAfter(turn, request, read);
  }

  async #writeAfter<T>(
    turn: number | Promise<number>,
    request: VendorRequest,
    read: (sent: Sent) => T,
  ): Promise<T> {
    const waitMs = await turn;
    if (waitMs > 0) return read({ kind: 'paced', waitMs });
    this.#isReserved = false;
    return this.#write(request, read);
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
    const waitMs = (await this.#turns?.take(request, true)) ?? 0;
    if (waitMs > 0) return null;
    const answer = await this.#attempt(request, 1, answerOf);
    if (answer === null) return null;
    if (answer.status === 429) this.hold(waitOf(answer));
    return statuses.includes(answer.status) ? { answer, credentials: this.#credentials } : null;
  }

  /** Holds later calls of the last call's bucket back, for as long as the vendor asked. */
  hold(waitMs: number | null): void {
    if (waitMs !== null) this.#turns?.hold(waitMs);
  }

  /** A write may have arrived from now on; a read leaves nothing open. */
  writing(): void {
    if (this.#request?.method !== 'GET') this.#operation.writing();
  }

  /** Tells the pacing, and who watches, what came of an attempt; null for a fault of ours. */
  ended(attempt: Attempt | null): void {
    if (attempt !== null) this.#observed?.end(attempt, this.#operation.signal?.aborted === true);
    this.#turns?.end(attempt);
  }

  #attempt<T>(request: VendorRequest, number: number, read: (attempt: Attempt) => T): Promise<T> {
    this.#request = request;
    const observed = this.#client.observer.begin(request, number, this.#logged);
    this.#observed = observed;
    const { signal } = this.#operation;
    const timeoutMs = this.#operation.takeCallMs();
    const { headers } = this.#credentials;
    return this.#client.attempt(request, headers, timeoutMs, this, read, signal, observed.headers);
  }
}

const success = [200];

function answerOf(attempt: Attempt): Answer | null {
  return attempt.kind === 'answered' ? attempt.answer : null;
}

/** The wait in ms of a 429, in whichever of the vendors' ways it is told. */
function waitOf(answer: Answer): number | null {
  const own = secondsHeader(answer, 'x-ratelimit-retry-after') ?? resetHeader(answer);
  const seconds = retryAfterSeconds(answer, own);
  return seconds === null ? null : seconds * 1000;
}
