import type { StoreClock } from './store-clock.ts';
import type { SharedBucket, Turn, TurnAnswer, TurnRequest } from './turn-store.ts';

/** The most turns that a replica books ahead, for different callers. */
const mostAhead = 32;

/** The part of a window's turns that a replica books ahead for one caller: the next one must be booked in time. */
const callerShare = 1 / 25;

/** How long to wait before asking again if no turn was free in time, in ms. */
const askAgainMs = 250;

/** Calls that wait for a turn, at most {@link TurnLineup.mostPerCaller} of each caller. */
export interface Demand {
  readonly changes: number;
  readonly reads: number;
  /** The longest time that one of them still waits, in ms. */
  readonly mostMs: number;
  /** Whether one of them has not been asked for yet. */
  readonly isNew: boolean;
}

/**
 * The turns that a replica has booked in one bucket: few for each caller, so that a caller with many waiting calls takes
 * turns with those at other replicas, and enough that the next one is booked before its time.
 */
export class TurnLineup {
  readonly #clock: StoreClock;
  readonly #windowMs: number;
  readonly #lateMs: number;
  #booked: Turn[] = [];
  #givenBack: number[] = [];
  #nextAt = 0;
  #calls: number;
  #askAgainAt = 0;
  /** When to ask whether others have given back earlier turns than those that are booked. */
  #lookAt = 0;

  /** @param lateMs how long after its time a turn may be used, in ms */
  constructor({ limit, windowMs }: SharedBucket, clock: StoreClock, lateMs: number) {
    this.#clock = clock;
    this.#calls = limit.calls;
    this.#windowMs = windowMs;
    this.#lateMs = lateMs;
  }

  /** Whether nothing is booked or to be given back. */
  get isEmpty(): boolean {
    return this.#booked.length === 0 && this.#givenBack.length === 0;
  }

  /** How many turns are booked ahead for one caller. */
  get mostPerCaller(): number {
    return Math.ceil(this.#calls * callerShare);
  }

  /** Returns the ms until so many further calls have their turns, as far as this replica knows. */
  estimateWait(position: number): number {
    const turn = this.#booked[position - 1];
    const beyond = Math.max(0, position - this.#booked.length - 1);
    const at = turn?.at ?? this.#nextAt + Math.floor(beyond / this.#calls) * this.#windowMs;
    if (at === 0) return 0;
    return Math.max(0, this.#clock.toLatest(at) - performance.now());
  }

  /** Frees a turn at the next round trip. */
  giveBack(id: number): void {
    this.#givenBack.push(id);
  }

  /** Frees all booked turns at the next round trip. */
  giveBackBooked(): void {
    this.#givenBack.push(...this.#booked.map(({ id }) => id));
    this.#booked = [];
  }

  /** Forgets all booked turns: the store has been out of reach. */
  clear(): void {
    this.#booked = [];
    this.#givenBack = [];
    this.#askAgainAt = 0;
  }

  /**
   * Returns the ms until the next round trip is needed; null if none is.
   *
   * @param demand the waiting calls without those that have a taken turn
   */
  getVisitWait(demand: Demand): number | null {
    if (this.createRequest(demand) !== null) return 0;
    const now = performance.now();
    const [first] = this.#booked;
    const times = first === undefined ? [] : [this.#getDueTime(first.at), this.#lookAt];
    if (this.#askAgainAt > now && countCalls(demand) > this.#booked.length) {
      times.push(this.#askAgainAt);
    }
    return times.length === 0 ? null : Math.max(0, Math.min(...times) - now);
  }

  /** Returns the next request to the store; null if there is nothing to do now. Changes nothing. */
  createRequest(demand: Demand): TurnRequest | null {
    const now = performance.now();
    const excess = this.#findExcess(this.#booked.length - countCalls(demand));
    const kept = this.#booked.filter(({ id }) => !excess.includes(id));
    const due = kept.filter(({ at }) => this.#getDueTime(at) <= now).map(({ id }) => id);
    const givenBack = [...this.#givenBack, ...excess];
    const mayAsk = demand.isNew || now >= this.#askAgainAt;
    const { changes, reads } = mayAsk ? this.#countMissing(demand, kept) : nothing;
    const mustLook = kept.length > 0 && now >= this.#lookAt;
    if (changes + reads + due.length + givenBack.length === 0 && !mustLook) return null;
    const { roundTripMs } = this.#clock;
    const lateMs = this.#lateMs;
    return {
      changes,
      reads,
      due,
      givenBack,
      mostMs: Math.ceil(demand.mostMs),
      nearMs: Math.ceil(Math.min(this.#windowMs / 4, 10 + 2 * roundTripMs)),
      lateMs: Math.ceil(lateMs),
      leadMs: Math.floor(Math.min(this.#windowMs / 8, roundTripMs / 2)),
    };
  }

  /** Notes the answer to a request. Returns the turns that are taken now, in their order. */
  apply(request: TurnRequest, { calls, nextAt, turns }: TurnAnswer): readonly Turn[] {
    const gone = new Set([...request.due, ...request.givenBack]);
    const isThere = ({ id }: { readonly id: number }) => !gone.has(id);
    this.#givenBack = this.#givenBack.filter((id) => !gone.has(id));
    const ordered = [...this.#booked.filter(isThere), ...turns].sort((a, b) => a.at - b.at);
    this.#booked = ordered.filter(({ isTaken }) => !isTaken);
    [this.#calls, this.#nextAt] = [calls, nextAt];
    this.#lookAt = performance.now() + this.#windowMs / 8;
    const isShort = turns.filter(isThere).length < request.changes + request.reads;
    this.#askAgainAt = isShort ? performance.now() + askAgainMs : 0;
    return ordered.filter(({ isTaken }) => isTaken);
  }

  /** Returns the ids of some turns to free: the last ones, those of reads first. */
  #findExcess(count: number): readonly number[] {
    if (count <= 0) return [];
    const isForRead = ({ isChange }: Turn) => !isChange;
    const [reads, changes] = [
      this.#booked.filter(isForRead),
      this.#booked.filter((turn) => !isForRead(turn)),
    ];
    return [...changes, ...reads].slice(-count).map(({ id }) => id);
  }

  /** Returns how many turns to book of each class. */
  #countMissing(demand: Demand, kept: readonly Turn[]): Pick<Demand, 'changes' | 'reads'> {
    // A turn that was given back may be earlier than booked ones, which are freed once it is booked.
    const good = kept.filter(({ at }) => at <= this.#nextAt + this.#lateMs);
    const forChanges = good.filter(({ isChange }) => isChange).length;
    const changes = Math.max(0, Math.min(mostAhead, demand.changes) - forChanges);
    const others = good.length + changes;
    return { changes, reads: Math.max(0, Math.min(mostAhead, countCalls(demand)) - others) };
  }

  /** Returns the local time at which a booked turn is to be taken: one round trip before its time. */
  #getDueTime(at: number): number {
    return this.#clock.toLatest(at) - Math.min(this.#windowMs / 8, 5 + this.#clock.roundTripMs);
  }
}

const nothing = { changes: 0, reads: 0 };

function countCalls({ changes, reads }: Demand): number {
  return changes + reads;
}
