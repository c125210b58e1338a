import type { Rejection } from './admission.ts';
import type { CallDenial, LimitedCall, LimitFeedback, RateLimitPermit } from './rate-limiter.ts';
import type { SharedBucketContext } from './store-connection.ts';
import { StoreVisits } from './store-visits.ts';
import { type Demand, TurnLineup } from './turn-lineup.ts';
import { TurnPermit } from './turn-permit.ts';
import type { SharedBucket, Turn, TurnAnswer } from './turn-store.ts';
import type { UnreportedCalls } from './unreported-calls.ts';
import { UnverifiedCalls } from './unverified-calls.ts';
import { WaitingCalls, type WaitingForTurn } from './waiting-calls.ts';

/** The shortest wait of a denial, in ms. */
const shortestWaitMs = 250;

/**
 * The calls of this process that one shared rate limit counts, and those that wait. The process books turns for its queue,
 * and the queue decides which call uses a turn when its time has come.
 */
export class SharedRateLimitBucket {
  readonly bucket: SharedBucket;
  readonly #context: SharedBucketContext;
  readonly #lineup: TurnLineup;
  readonly #unverified: UnverifiedCalls;
  readonly #waiting: WaitingCalls;
  readonly #visits: StoreVisits;
  /** Taken turns whose time comes in a few ms. */
  #imminent = 0;
  #heldUntil = 0;

  constructor(bucket: SharedBucket, context: SharedBucketContext) {
    this.bucket = bucket;
    this.#context = context;
    const { connection, room, history, lateMs } = context;
    this.#lineup = new TurnLineup(bucket, connection.clock, lateMs);
    this.#unverified = new UnverifiedCalls(history, () => connection.replicas);
    this.#waiting = new WaitingCalls(room, this.#unverified);
    this.#visits = new StoreVisits(connection, {
      visit: () => this.#visit(),
      getVisitWait: () => this.#lineup.getVisitWait(this.#measureDemand()),
    });
  }

  /** Returns whether it can be removed without losing anything: the store keeps the rest. */
  isIdle(): boolean {
    const isQuiet = this.#waiting.isEmpty && this.#imminent + this.#unverified.count === 0;
    const isHeld = this.#heldUntil > performance.now();
    return isQuiet && !isHeld && this.#visits.isIdle && this.#lineup.isEmpty;
  }

  /** Returns the ms that a new call has to wait, as far as this process knows. */
  estimateWait(call: LimitedCall): number {
    const heldMs = Math.max(0, this.#heldUntil - performance.now());
    return Math.max(heldMs, this.#lineup.estimateWait(this.#waiting.countAhead(call) + 1));
  }

  /**
   * Waits for a turn, or until the signal aborts, a call of another caller takes its seat, or the store is out of reach.
   *
   * @param maxWaitMs the longest wait for the turn, in ms
   */
  wait(
    call: LimitedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): CallDenial | Promise<RateLimitPermit | CallDenial> {
    const isHopeless =
      !call.isSettling && this.#waiting.hasQueue && this.estimateWait(call) > maxWaitMs;
    if (isHopeless || signal?.aborted) return this.deny(call);
    const waiting = this.#waiting.add(call, {
      maxWaitMs,
      signal,
      deny: () => this.deny(call),
      // Its turn is free for the calls of other replicas.
      onGiveUp: () => this.#visits.begin(),
    });
    this.#visits.begin();
    return waiting;
  }

  /** Returns the denial of a call, with the wait after which it may be sent again. */
  deny(call: LimitedCall): CallDenial {
    return { kind: 'limited', waitMs: Math.max(shortestWaitMs, this.estimateWait(call)) };
  }

  /** Delays the calls of all replicas for some ms, as the vendor asked. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    this.#lineup.giveBackBooked();
    if (!this.#context.connection.isAway) this.#orderHold(ms);
  }

  /**
   * Tells the store what it does not know, because it was out of reach: the calls that were made, and the present hold.
   *
   * @param name the name of this bucket among the unreported calls
   */
  recover(name: string, unreported: UnreportedCalls): void {
    this.#visits.order(async (store) => {
      const now = performance.now();
      await store.recover(this.bucket, unreported.getAgesMs(name), this.#context.graceMs);
      unreported.forget(name, now);
    });
    const heldMs = Math.ceil(this.#heldUntil - performance.now());
    if (heldMs > 0) this.#orderHold(heldMs);
  }

  /** Rejects the calls that wait for their first send. */
  dismissWaiting(refuse: () => Rejection): void {
    for (const { settle } of this.#waiting.takeAll((call) => !call.isSettling)) settle(refuse());
    this.#visits.begin();
  }

  /** Rejects all waiting calls, and forgets what is booked: the store is out of reach. */
  abandon(): void {
    this.#lineup.clear();
    this.#visits.clear();
    for (const { settle } of this.#waiting.takeAll(() => true)) settle({ kind: 'storeAway' });
  }

  /** Forgets the present hold, and what is booked. */
  reset(): void {
    this.#heldUntil = 0;
    this.#lineup.giveBackBooked();
    this.#visits.begin();
  }

  #orderHold(ms: number): void {
    this.#visits.order((store) => store.hold(this.bucket, ms));
  }

  /** Makes one round trip to the store. Returns false if there is nothing to do. */
  async #visit(): Promise<boolean> {
    const { connection } = this.#context;
    const asked = this.#waiting.listArriving();
    const request = this.#lineup.createRequest(this.#measureDemand());
    if (request === null) return false;
    const answer = await connection.take(this.bucket, request);
    // Everything was given up in the meantime.
    if (connection.isAway) return false;
    this.#seat(asked, this.#lineup.apply(request, answer), answer);
    return true;
  }

  /** Adds the calls that were asked for to the queue, unless their wait is too long, and grants the taken turns. */
  #seat(asked: readonly WaitingForTurn[], taken: readonly Turn[], { now }: TurnAnswer): void {
    for (const call of asked) {
      const position = this.#waiting.countAhead(call) + 1 - taken.length;
      const waitMs = position <= 0 ? 0 : this.#lineup.estimateWait(position);
      const isTooLong = waitMs > call.deadline - performance.now();
      if (isTooLong && !call.isSettling) call.settle(this.deny(call));
      else this.#waiting.seat(call);
    }
    for (const turn of taken) this.#grant(turn, turn.at <= now ? new Set(asked) : nobody);
  }

  /** Lets the next call use a turn at its time. */
  #grant(turn: Turn, newcomers: ReadonlySet<WaitingForTurn>): void {
    const { clock } = this.#context.connection;
    const waitMs = clock.toLatest(turn.at) - performance.now();
    if (waitMs > 0) {
      this.#imminent += 1;
      setTimeout(() => {
        this.#imminent -= 1;
        this.#grant(turn, newcomers);
      }, Math.ceil(waitMs));
      return;
    }
    const isUsable = !this.#isLate(turn) && this.#heldUntil <= performance.now();
    const next = isUsable ? this.#waiting.takeNext() : null;
    if (next === null) this.#lineup.giveBack(turn.id);
    // A round trip is no wait for the rate limit.
    else next.settle(this.#createPermit(next, turn, newcomers.has(next)));
    this.#visits.begin();
  }

  #createPermit(
    { credential, since }: WaitingForTurn,
    turn: Turn,
    isImmediate: boolean,
  ): RateLimitPermit {
    const end = this.#unverified.begin(credential);
    return new TurnPermit(isImmediate ? 0 : performance.now() - since, {
      isLate: () => this.#isLate(turn),
      close: ({ wasSent, feedback }) => {
        end();
        if (!wasSent) this.#lineup.giveBack(turn.id);
        else if (feedback !== null) this.#learn(credential, turn, feedback);
        // Not before the wait that the vendor asked for in its response is set, which happens next.
        queueMicrotask(() => this.#visits.begin());
      },
    });
  }

  #learn(credential: string, turn: Turn, feedback: LimitFeedback): void {
    const { history } = this.#context;
    history?.note(credential, feedback);
    const isReported = feedback.limit !== null || feedback.remaining !== null;
    // A vendor that counts a call only after authentication sends its headers only then.
    if (history !== null && feedback.status === 401 && !isReported) this.#lineup.giveBack(turn.id);
    else if (isReported)
      this.#visits.order((store) => store.report(this.bucket, turn.at, feedback));
  }

  #isLate(turn: Turn): boolean {
    const { connection, lateMs } = this.#context;
    const isLate = performance.now() > connection.clock.toEarliest(turn.at) + lateMs;
    if (isLate) connection.noteLate();
    return isLate;
  }

  #measureDemand(): Demand {
    return this.#waiting.measureDemand(this.#lineup.mostPerCaller, this.#imminent);
  }
}

const nobody: ReadonlySet<never> = new Set<never>();
