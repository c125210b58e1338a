/** The limits of the changes, or of the reads, of one document. */
export interface BudgetLimits {
  /** The timeout of one call, in ms. */
  readonly callMs: number;
  /** The calls for which time must be left after a wait: an attempt, and for a change its read-back too. */
  readonly callsAhead: 1 | 2;
  /** Aborts a call in flight; null for changes, which are followed to their end. */
  readonly signal: AbortSignal | null;
  /** Returns false once the client has disconnected or has its response: then nothing more is begun. */
  isWanted(): boolean;
  /** Returns false also once the document's time is over or the process is shutting down. */
  mayBegin(): boolean;
  /** The calls that the document may make. The calls of a change are counted, but never rejected. */
  readonly calls: CallBudget;
}

/** The limits of the changes of one document. */
export class ChangeLimits implements BudgetLimits {
  readonly callMs: number;
  readonly callsAhead = 2;
  readonly signal = null;
  readonly calls: CallBudget;
  readonly #deadline: number;
  readonly #client: { readonly isGone: boolean };
  readonly #lifecycle: { readonly isStopping: boolean };

  /**
   * @param callMs the timeout of one call, in ms
   * @param deadline the time from which no change begins, in ms of `performance.now()`
   */
  constructor(
    callMs: number,
    deadline: number,
    client: { readonly isGone: boolean },
    lifecycle: { readonly isStopping: boolean },
    calls: CallBudget,
  ) {
    this.callMs = callMs;
    this.calls = calls;
    this.#deadline = deadline;
    this.#client = client;
    this.#lifecycle = lifecycle;
  }

  /** Returns false once the client has disconnected. */
  isWanted(): boolean {
    return !this.#client.isGone;
  }

  /** Returns false once the document's time is over, its client has disconnected, or the process is shutting down. */
  mayBegin(): boolean {
    return performance.now() < this.#deadline && this.isWanted() && !this.#lifecycle.isStopping;
  }
}

/**
 * The time budget of one change, or of the reads of one field. The transport marks when bytes are about to be written, so
 * that even an unexpected error has an honest outcome.
 */
export class TimeBudget {
  /** The time by which it must have ended, in ms of `performance.now()`. */
  readonly deadline: number;
  /** Aborts a call in flight; null if calls are followed to their end. */
  readonly signal: AbortSignal | null;
  readonly #limits: BudgetLimits;
  #mayHaveArrived = false;

  /** @param deadline the time by which it must have ended, in ms of `performance.now()` */
  constructor(limits: BudgetLimits, deadline: number) {
    this.#limits = limits;
    this.signal = limits.signal;
    this.deadline = deadline;
  }

  /** Whether a call that was not sent yet may still begin. */
  get mayBegin(): boolean {
    return this.#limits.mayBegin();
  }

  /** Whether an attempt of this change may have reached the vendor. */
  get mayHaveArrived(): boolean {
    return this.#mayHaveArrived;
  }

  /** Counts one of the calls that the document may make; returns false if none was left. */
  takeCall(): boolean {
    return this.#limits.calls.use();
  }

  /** Notes that an attempt may have arrived from now on. */
  markArrived(): void {
    this.#mayHaveArrived = true;
  }

  /** The timeout of the next call in ms, once it has left all queues: that of one call, within the time that is left. */
  get callMs(): number {
    return Math.max(0, Math.min(this.#limits.callMs, this.#getLeftMs()));
  }

  /**
   * Returns how many ms a call may wait so that the calls after the wait still fit; below 0 if it may not be sent any more.
   *
   * @param isReadBack whether no call has to fit after it, and it is sent even if the client has disconnected
   */
  getRoomMs(isReadBack = false): number {
    if (isReadBack) return this.#getLeftMs();
    const { callsAhead, callMs } = this.#limits;
    return this.#limits.isWanted() ? this.#getLeftMs() - callsAhead * callMs : -1;
  }

  /** How many ms may pass so that one whole call still fits; below 0 if none fits. */
  get spareMs(): number {
    return this.#getLeftMs() - this.#limits.callMs;
  }

  /** Returns whether a wait and the calls after it still fit, and the client still waits for them. */
  fits(waitMs: number): boolean {
    const { calls, signal } = this.#limits;
    // A read is not repeated beyond the document's calls. A change is: its outcome depends on it.
    if (signal !== null && calls.isUsedUp) return false;
    return this.#limits.isWanted() && waitMs <= this.getRoomMs();
  }

  /** Waits for some ms, or until the signal aborts. */
  sleep(ms: number): Promise<void> {
    const { signal } = this.#limits;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
      if (signal?.aborted) end();
    });
  }

  /** Returns a number from 0 up to 1. */
  random(): number {
    return Math.random();
  }

  #getLeftMs(): number {
    return this.deadline - performance.now();
  }
}

/**
 * Creates the budget of reads: they end with their client, and no call has to fit after them.
 *
 * @param deadline the time by which they must have ended, in ms of `performance.now()`
 * @param callMs the timeout of one call, in ms
 * @param calls the calls that the document may make
 * @param isAnswered returns whether the document has its result, so that nothing more is read for it
 */
export function createReadBudget(
  deadline: number,
  callMs: number,
  signal: AbortSignal,
  calls: CallBudget,
  isAnswered: () => boolean,
): TimeBudget {
  const isWanted = () => !signal.aborted && !isAnswered();
  const mayBegin = () => isWanted() && performance.now() < deadline;
  return new TimeBudget({ callMs, callsAhead: 1, signal, isWanted, mayBegin, calls }, deadline);
}

/** A budget of calls or fields that one document may use. */
export class CallBudget {
  #left: number;

  /** @param amount how many there are */
  constructor(amount: number) {
    this.#left = amount;
  }

  /** Whether nothing is left. */
  get isUsedUp(): boolean {
    return this.#left <= 0;
  }

  /** Uses some of them; returns false if fewer were left. */
  use(count = 1): boolean {
    this.#left -= count;
    return this.#left >= 0;
  }
}
