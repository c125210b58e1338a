import { hash } from 'node:crypto';
import type { MembershipVendor } from '../errors.ts';
import { type Answer, type Attempt, header } from '../http/answer.ts';
import type { AttemptFollower } from '../http/attempt.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { ObservedAttempt } from '../http/observer.ts';
import type { Operation } from '../http/operation.ts';
import type { Paced, Pacer } from '../http/pacer.ts';
import type { VendorPath } from '../http/path.ts';
import type { Leave } from '../http/strangers.ts';
import type { Log } from '../log.ts';
import type { Credentials } from './credentials.ts';
import { resetHeader, retryAfterSeconds, secondsHeader } from './waits.ts';

/** Callers that wait for the same window do not all call in its first ms. */
const spreadMs = 50;

/** What a caller is told to wait, in ms, where too many strangers were before it. */
const crowdedMs = 1_000;

/** Of a caller that has made no call yet. */
const uncounted: Paced = { credential: '', route: '' };

/** An answer, with the credentials that it was made under. */
export interface Exchange<V extends MembershipVendor> {
  readonly answer: Answer;
  readonly credentials: Credentials<V>;
}

/** Reads at the vendor under the same credentials: null where there is no readable 200. */
export type Reader<V extends MembershipVendor> = (path: VendorPath) => Promise<Exchange<V> | null>;

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
  readonly #credentialHash: string;
  readonly #logged: { log(): Log };
  /** The call that is under way, or was the last: one after the other is made. */
  #request: VendorRequest | null = null;
  /** As the pacing counts it. */
  #paced = uncounted;
  #observed: ObservedAttempt | null = null;
  #writes = 0;
  /** Behind a read-back nothing else need fit. */
  #isReadBack = false;
  #isReserved = false;
  /** Ends the admission of the call that is under way. */
  #leave: Leave | null = null;

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
    this.#credentialHash =
      client.pacer === null ? '' : hash('sha256', credentials.headers.join('\n'), 'base64url');
  }

  /** Waits for the first write's turn: 0 once it has it, else the ms for which there is none in time. */
  reserve(request: VendorRequest): number | Promise<number> {
    const turn = this.#turn(request);
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
    this.#leave?.(false);
    this.#client.pacer?.giveBack(this.#paced);
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
  async read(path: VendorPath, headers: readonly string[]): Promise<Exchange<V> | null> {
    const request = { method: 'GET', path, headers } as const;
    this.#isReadBack = true;
    const waitMs = await this.#turn(request);
    if (waitMs > 0) return null;
    const answer = await this.#attempt(request, 1, answerOf);
    if (answer === null) return null;
    if (answer.status === 429) this.hold(waitOf(answer));
    return answer.status === 200 ? { answer, credentials: this.#credentials } : null;
  }

  /** Holds later calls of the last call's bucket back, for as long as the vendor asked. */
  hold(waitMs: number | null): void {
    if (waitMs !== null) this.#client.pacer?.hold(this.#paced, waitMs);
  }

  /** Waits for a call's turn: 0 once it has it, else the ms for which there is none. */
  #turn(request: VendorRequest): number | Promise<number> {
    const { pacer } = this.#client;
    if (pacer === null) return 0;
    this.#paced = { credential: this.#credentialHash, route: routeOf(request) };
    const leave = pacer.admit(this.#paced);
    // Nothing is waited for that is there: nearly every call passes here without a wait.
    if (leave === null || leave instanceof Promise) return this.#admitted(pacer, leave);
    const waitMs = pacer.take(this.#paced);
    if (waitMs > 0) return this.#waited(pacer, leave, waitMs);
    this.#leave = leave;
    return 0;
  }

  async #admitted(pacer: Pacer, admission: Leave | null | Promise<Leave | null>): Promise<number> {
    const leave = await admission;
    if (leave !== null) return this.#waited(pacer, leave, pacer.take(this.#paced));
    this.#client.observer.refused();
    return crowdedMs;
  }

  async #waited(pacer: Pacer, leave: Leave, firstWaitMs: number): Promise<number> {
    let waitMs = firstWaitMs;
    // Looked at again after each wait: its client may have gone, and nothing is to be written for it.
    while (waitMs > 0 && this.#fits(waitMs)) {
      this.#client.observer.paced(waitMs);
      await this.#operation.sleep(waitMs + this.#operation.random() * spreadMs);
      if (!this.#fits(0)) break;
      waitMs = pacer.take(this.#paced);
    }
    if (waitMs > 0) {
      this.#client.observer.refused();
      leave(false);
    } else this.#leave = leave;
    return waitMs;
  }

  #fits(waitMs: number): boolean {
    return this.#isReadBack ? this.#operation.fitsRead(waitMs) : this.#operation.fits(waitMs);
  }

  /** A write may have arrived from now on; a read leaves nothing open. */
  writing(): void {
    if (this.#request?.method !== 'GET') this.#operation.writing();
  }

  /** Tells the pacing, and who watches, what came of an attempt; null for a fault of ours. */
  ended(attempt: Attempt | null): void {
    if (attempt !== null) this.#observed?.end(attempt, this.#operation.signal?.aborted === true);
    const { pacer } = this.#client;
    if (pacer === null) return;
    const isAnswered = attempt?.kind === 'answered';
    const isAccepted = isAnswered && attempt.answer.status !== 401;
    this.#leave?.(isAccepted);
    if (isAccepted) learn(pacer, this.#paced, attempt.answer);
    // What never went out, or was not let in, has used nothing up.
    else if (isAnswered || attempt?.kind === 'notSent') pacer.giveBack(this.#paced);
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

function answerOf(attempt: Attempt): Answer | null {
  return attempt.kind === 'answered' ? attempt.answer : null;
}

/** Method and path, without what stands behind a question mark. */
function routeOf({ method, path }: VendorRequest): string {
  const query = path.indexOf('?');
  return `${method} ${query === -1 ? path : path.slice(0, query)}`;
}

/** Corrects our count by the vendor's own. */
function learn(pacer: Pacer, call: Paced, answer: Answer): void {
  const remaining = header(answer.headers, 'x-ratelimit-remaining');
  if (remaining === null || !/^\d{1,9}$/.test(remaining)) return;
  pacer.learn(call, { remaining: Number(remaining), resetMs: resetHeader(answer) });
}

/** The wait in ms of a 429, in whichever of the vendors' ways it is told. */
function waitOf(answer: Answer): number | null {
  const own = secondsHeader(answer, 'x-ratelimit-retry-after') ?? resetHeader(answer);
  const seconds = retryAfterSeconds(answer, own);
  return seconds === null ? null : seconds * 1000;
}
