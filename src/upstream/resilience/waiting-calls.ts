import { FairQueue } from './fair-queue.ts';
import type { WaitingCall } from './rate-limit-bucket.ts';
import type { CallDenial, LimitedCall, RateLimitPermit } from './rate-limiter.ts';
import type { Demand } from './turn-lineup.ts';
import type { UnverifiedCalls } from './unverified-calls.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** How much longer than it may wait for its turn a call waits for the store's answer, in ms. */
const answerMs = 500;

const overloaded: CallDenial = { kind: 'overloaded' };

/** A call that waits for a turn of a shared rate limit. */
export interface WaitingForTurn extends WaitingCall {
  /** When it gives up, in ms of `performance.now()`. */
  readonly deadline: number;
}

/** What a waiting call needs of its bucket. */
export interface WaitSettings {
  /** The longest wait for the turn, in ms. */
  readonly maxWaitMs: number;
  /** Ends the wait early; null if nothing does. */
  readonly signal: AbortSignal | null;
  /** Returns the denial of a call that gives up. */
  readonly deny: () => CallDenial;
  /** Called after a call has given up. */
  readonly onGiveUp: () => void;
}

/** The calls of one bucket that wait for a turn, in the order in which they use one. */
export class WaitingCalls {
  readonly #room: WaitingRoom<WaitingCall>;
  readonly #unverified: UnverifiedCalls;
  readonly #queue = new FairQueue<WaitingForTurn>();
  /** Calls that settle another, or whose turn was too late: they hold a place in the bulkhead, so they go first. */
  readonly #settling = new Set<WaitingForTurn>();
  /** Calls that came since the last request to the store. */
  readonly #arriving = new Set<WaitingForTurn>();

  /** @param room limits the calls that wait, in all buckets of the vendor */
  constructor(room: WaitingRoom<WaitingCall>, unverified: UnverifiedCalls) {
    this.#room = room;
    this.#unverified = unverified;
  }

  /** Whether a call waits whose turn the store was asked for. */
  get hasQueue(): boolean {
    return this.#queue.size > 0;
  }

  /** Whether no call waits. */
  get isEmpty(): boolean {
    return this.#queue.size + this.#settling.size + this.#arriving.size === 0;
  }

  /** Returns the calls that came since the last request to the store. */
  listArriving(): readonly WaitingForTurn[] {
    return [...this.#arriving];
  }

  /** Lets a call wait, until it is settled or its time is over. */
  add(
    call: LimitedCall,
    { maxWaitMs, signal, deny, onGiveUp }: WaitSettings,
  ): CallDenial | Promise<RateLimitPermit | CallDenial> {
    const { promise, resolve } = Promise.withResolvers<RateLimitPermit | CallDenial>();
    const settle = (result: RateLimitPermit | CallDenial) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      this.#remove(waiting);
      this.#room.leave(waiting);
      resolve(result);
    };
    const giveUp = () => {
      settle(deny());
      onGiveUp();
    };
    const since = performance.now();
    const patienceMs = Math.max(0, maxWaitMs);
    const deadline = since + patienceMs;
    const displace = () => settle(overloaded);
    const waiting: WaitingForTurn = { ...call, since, deadline, settle, displace };
    // A call that settles another needs no seat: it already has a place in the bulkhead.
    if (!call.isSettling && !this.#room.admit(waiting)) return overloaded;
    const timer = setTimeout(giveUp, patienceMs + answerMs);
    signal?.addEventListener('abort', giveUp);
    this.#arriving.add(waiting);
    return promise;
  }

  /** Gives a call its place in the order, if it is still arriving. */
  seat(call: WaitingForTurn): void {
    if (!this.#arriving.delete(call)) return;
    if (call.isSettling) this.#settling.add(call);
    else this.#queue.add(call);
  }

  /** Removes the next call that may be sent, and returns it; null if there is none. */
  takeNext(): WaitingForTurn | null {
    const { room } = this.#unverified;
    const isEligible = ({ credential }: WaitingForTurn) =>
      room > 0 || this.#unverified.isKnown(credential);
    const settling = this.#settling.values().find(isEligible);
    if (settling === undefined) return this.#queue.take(isEligible);
    this.#settling.delete(settling);
    return settling;
  }

  /** Removes all calls that match, and returns them. */
  takeAll(matches: (call: WaitingForTurn) => boolean): readonly WaitingForTurn[] {
    const others = [...this.#settling, ...this.#arriving].filter(matches);
    for (const call of others) this.#remove(call);
    return [...others, ...this.#queue.takeAll(matches)];
  }

  /** Returns how many calls go before a new one and keep their turns: those of made-up credentials are freed by their 401s. */
  countAhead(call: LimitedCall): number {
    const ahead = this.#settling.size + this.#queue.countAhead(call);
    if (this.#unverified.room === Number.POSITIVE_INFINITY) return ahead;
    let accepted = 0;
    for (const { credential } of this.#queue) {
      accepted += Number(this.#unverified.isKnown(credential));
    }
    return Math.min(ahead, accepted);
  }

  /**
   * Counts the calls that need a turn.
   *
   * @param mostPerCaller how many are counted of each caller
   * @param served how many have a turn already
   */
  measureDemand(mostPerCaller: number, served: number): Demand {
    const counts = new Map<string, number>();
    let { room } = this.#unverified;
    let [changes, reads, mostMs] = [0, 0, 0];
    const now = performance.now();
    for (const waiting of [this.#settling, this.#queue, this.#arriving]) {
      for (const { caller, credential, isChange, deadline } of waiting) {
        const count = (counts.get(caller) ?? 0) + 1;
        if (count > mostPerCaller) continue;
        // A call that may not be sent yet needs no turn.
        if (!this.#unverified.isKnown(credential) && room-- <= 0) continue;
        counts.set(caller, count);
        if (isChange) changes += 1;
        else reads += 1;
        mostMs = Math.max(mostMs, deadline - now);
      }
    }
    const servedChanges = Math.min(changes, served);
    const servedReads = Math.min(reads, served - servedChanges);
    const isNew = this.#arriving.size > 0;
    return { changes: changes - servedChanges, reads: reads - servedReads, mostMs, isNew };
  }

  #remove(call: WaitingForTurn): void {
    this.#queue.delete(call);
    this.#settling.delete(call);
    this.#arriving.delete(call);
  }
}
