import type { CallBudget } from './call-budget.ts';

/** What the operations of one document may take, and who waits for them. */
export interface BudgetBounds {
  /** What one call may take, in ms. */
  readonly callMs: number;
  /** How many calls must fit behind a wait: an attempt, and for a change its read-back too. */
  readonly callsAhead: 1 | 2;
  /** Ends a call that is under way; null for changes, which are followed to their end. */
  readonly signal: AbortSignal | null;
  /** False once the client has gone or has its answer: then nothing is begun any more. */
  isWanted(): boolean;
  /** False too once the document's time is over or the process stops. */
  mayBegin(): boolean;
  /** The calls that the document may make. Those of a change are counted, but never refused. */
  readonly calls: CallBudget;
}

/**
 * The time and the progress of one change, or of the reads of one field. The transport tells it when
 * bytes are about to go out, which lets even a fault that nobody foresaw carry an honest outcome.
 */
export class TimeBudget {
  /** When it must have ended, in ms as `performance.now()` tells them. */
  readonly deadline: number;
  readonly #bounds: BudgetBounds;
  #mayHaveArrived = false;

  /** @param deadline when it must have ended, in ms as `performance.now()` tells them */
  constructor(bounds: BudgetBounds, deadline: number) {
    this.#bounds = bounds;
    this.deadline = deadline;
  }

  /** Ends a call that is under way; null where it is followed to its end. */
  get signal(): AbortSignal | null {
    return this.#bounds.signal;
  }

  /** Whether what was not sent yet may still begin. */
  get mayBegin(): boolean {
    return this.#bounds.mayBegin();
  }

  /** Whether an attempt of this change may have reached the vendor. */
  get mayHaveArrived(): boolean {
    return this.#mayHaveArrived;
  }

  /** Counts one of the calls that the document may make; returns false if none was left. */
  takeCall(): boolean {
    return this.#bounds.calls.take();
  }

  /** From now on an attempt may have arrived. */
  markArrived(): void {
    this.#mayHaveArrived = true;
  }

  /** What the next call may take, in ms, once it has left all queues: its own time, within what is left in all. */
  get callMs(): number {
    return Math.max(0, Math.min(this.#bounds.callMs, this.#left()));
  }

  /**
   * Returns how many ms a call may wait: until only the calls that must fit behind the wait fit; below 0 if it may
   * not be made any more.
   *
   * @param isReadBack whether nothing else has to fit behind it, and it is made whoever waits
   */
  roomMs(isReadBack = false): number {
    if (isReadBack) return this.#left();
    const { callsAhead, callMs } = this.#bounds;
    return this.#bounds.isWanted() ? this.#left() - callsAhead * callMs : -1;
  }

  /** How many ms may pass until no more than one whole call fits; below 0 if none fits. */
  get spareMs(): number {
    return this.#left() - this.#bounds.callMs;
  }

  /** Whether a wait and the calls behind it still fit, and the client still waits for them. */
  fits(waitMs: number): boolean {
    const { calls, signal } = this.#bounds;
    // A read is not repeated beyond the document's calls. A change is: its outcome depends on it.
    if (signal !== null && calls.isUsedUp) return false;
    return this.#bounds.isWanted() && waitMs <= this.roomMs();
  }

  /** Waits so many ms, or until its signal ends it. */
  sleep(ms: number): Promise<void> {
    const { signal } = this.#bounds;
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

  /** A number from 0 up to 1. */
  random(): number {
    return Math.random();
  }

  #left(): number {
    return this.deadline - performance.now();
  }
}

/**
 * Returns an operation that only reads: it ends with its client, and nothing need fit behind its calls.
 *
 * @param deadline when it must have ended, in ms as `performance.now()` tells them
 * @param callMs what one call may take, in ms
 * @param calls the calls that the document may make
 * @param isAnswered whether the document has its answer, so that nothing more is read for it
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
