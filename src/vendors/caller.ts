import { createHash } from 'node:crypto';
import type { MembershipVendor } from '../errors.ts';
import { type Answer, type Attempt, header } from '../http/answer.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Operation } from '../http/operation.ts';
import type { Paced } from '../http/pacer.ts';
import type { VendorPath } from '../http/path.ts';
import type { Leave } from '../http/strangers.ts';
import type { Log } from '../log.ts';
import type { Credentials } from './credentials.ts';
import { resetHeader, retryAfterSeconds, secondsHeader } from './waits.ts';

/** Callers that wait for the same window do not all call in its first ms. */
const spreadMs = 50;

/** What a caller is told to wait, in ms, where too many strangers were before it. */
const crowdedMs = 1_000;

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
export class VendorCaller<V extends MembershipVendor> {
  readonly #client: VendorClient;
  readonly #credentials: Credentials<V>;
  readonly #operation: Operation;
  readonly #log: () => Log;
  #writes = 0;
  readonly #credentialHash: string;
  #isReserved = false;
  /** Ends the admission of the call that is under way. */
  #leave: Leave = () => {};

  constructor(
    client: VendorClient,
    credentials: Credentials<V>,
    operation: Operation,
    log: () => Log,
  ) {
    this.#client = client;
    this.#credentials = credentials;
    this.#operation = operation;
    this.#log = log;
    this.#credentialHash =
      client.pacer === null
        ? ''
        : createHash('sha256').update(credentials.headers.join('\n')).digest('base64url');
  }

  /** Waits for the first write's turn: 0 once it has it, else the ms for which there is none in time. */
  reserve(request: VendorRequest): number | Promise<number> {
    return this.#client.pacer === null ? 0 : this.#reserve(request);
  }

  async #reserve(request: VendorRequest): Promise<number> {
    const waitMs = await this.#turn(this.#paced(request), (ms) => this.#operation.fits(ms));
    this.#isReserved = waitMs === 0;
    return waitMs;
  }

  /** Gives the reserved turn back, where nothing was written. */
  async release(request: VendorRequest): Promise<void> {
    if (!this.#isReserved) return;
    this.#isReserved = false;
    const call = this.#paced(request);
    this.#leave(false);
    await this.#client.pacer?.giveBack(call);
  }

  /** Writes once, as soon as the pacing allows. */
  write(request: VendorRequest): Promise<Sent> {
    const turn = this.#isReserved ? 0 : this.reserve(request);
    this.#isReserved = false;
    if (turn === 0) return this.#write(request);
    return this.#writeAfter(turn, request);
  }

  async #writeAfter(turn: number | Promise<number>, request: VendorRequest): Promise<Sent> {
    const waitMs = await turn;
    if (waitMs > 0) return { kind: 'paced', waitMs };
    this.#isReserved = false;
    return this.#write(request);
  }

  #write(request: VendorRequest): Promise<Attempt> {
    this.#writes += 1;
    return this.#attempt(request, this.#writes, this.#operation.writing);
  }

  /** Reads under the same credentials, for a read-back. */
  async read(path: VendorPath, headers: readonly string[]): Promise<Exchange<V> | null> {
    const request = { method: 'GET', path, headers } as const;
    const waitMs = await this.#turn(this.#paced(request), (ms) => this.#operation.fitsRead(ms));
    if (waitMs > 0) return null;
    const sent = await this.#attempt(request, 1, () => {});
    if (sent.kind !== 'answered') return null;
    const { answer } = sent;
    if (answer.status === 429) await this.hold(request, waitOf(answer));
    return answer.status === 200 ? { answer, credentials: this.#credentials } : null;
  }

  /** Holds later calls of the same bucket back, for as long as the vendor asked. */
  async hold(request: VendorRequest, waitMs: number | null): Promise<void> {
    if (waitMs !== null) await this.#client.pacer?.hold(this.#paced(request), waitMs);
  }

  async #turn(call: Paced, fits: (ms: number) => boolean): Promise<number> {
    const { pacer } = this.#client;
    if (pacer === null) return 0;
    const leave = await pacer.admit(call);
    if (leave === null) {
      this.#client.observer.refused();
      return crowdedMs;
    }
    let waitMs = await pacer.take(call);
    // Looked at again after each wait: its client may have gone, and nothing is to be written for it.
    while (waitMs > 0 && fits(waitMs)) {
      this.#client.observer.paced(waitMs);
      await this.#operation.sleep(waitMs + this.#operation.random() * spreadMs);
      if (!fits(0)) break;
      waitMs = await pacer.take(call);
    }
    if (waitMs > 0) {
      this.#client.observer.refused();
      leave(false);
    } else this.#leave = leave;
    return waitMs;
  }

  #attempt(request: VendorRequest, number: number, onWriting: () => void): Promise<Attempt> {
    const { headers } = this.#credentials;
    const timeoutMs = this.#operation.takeCallMs();
    const { signal } = this.#operation;
    const observed = this.#client.observer.begin(request, number, this.#log);
    const attempting = this.#client.attempt(
      request,
      headers,
      timeoutMs,
      onWriting,
      signal,
      observed,
    );
    return this.#client.pacer === null ? attempting : this.#noted(this.#paced(request), attempting);
  }

  /** Tells the pacing what came of an attempt. */
  async #noted(call: Paced, attempting: Promise<Attempt>): Promise<Attempt> {
    let isAccepted = false;
    try {
      const attempt = await attempting;
      isAccepted = attempt.kind === 'answered' && attempt.answer.status !== 401;
      if (attempt.kind === 'answered') await this.#learn(call, attempt.answer);
      // What never went out has used nothing up.
      if (attempt.kind === 'notSent') await this.#client.pacer?.giveBack(call);
      return attempt;
    } finally {
      this.#leave(isAccepted);
    }
  }

  async #learn(call: Paced, answer: Answer): Promise<void> {
    const { pacer } = this.#client;
    if (pacer === null) return;
    if (answer.status === 401) return pacer.giveBack(call);
    const remaining = header(answer.headers, 'x-ratelimit-remaining');
    const isCount = remaining !== null && /^\d{1,9}$/.test(remaining);
    return pacer.learn(call, {
      remaining: isCount ? Number(remaining) : null,
      resetMs: resetHeader(answer),
    });
  }

  #paced({ method, path }: VendorRequest): Paced {
    const route = `${method} ${path.split('?', 1)[0]}`;
    return { credential: this.#credentialHash, route };
  }
}

/** The wait in ms of a 429, in whichever of the vendors' ways it is told. */
function waitOf(answer: Answer): number | null {
  const own = secondsHeader(answer, 'x-ratelimit-retry-after') ?? resetHeader(answer);
  const seconds = retryAfterSeconds(answer, own);
  return seconds === null ? null : seconds * 1000;
}
