/** What an operation may take, and who waits for it. */
export interface OperationSettings {
  /** When it must have ended, in ms as `performance.now()` tells them. */
  readonly deadline: number;
  /** What one call of it may take, in ms. */
  readonly callMs: number;
  /** How many calls must fit behind a wait: an attempt, and for a change its read-back too. */
  readonly callsAhead: 1 | 2;
  /** False once its client has gone: then nothing is begun any more. */
  readonly isWanted: () => boolean;
  /** False too once the document's time is over or the process stops. */
  readonly mayBegin: () => boolean;
  /** Ends a call that is under way; null for a change, which is followed to its end. */
  readonly signal: AbortSignal | null;
  /** Takes one of the reads that the document may make, false where none is left; a change's own are bounded. */
  readonly takeRead?: () => boolean;
}

/**
 * The time and the progress of one change, or of the reads of one field. The transport tells it when
 * bytes are about to go out, which lets even a fault that nobody foresaw carry an honest outcome.
 */
export class Operation {
  readonly #settings: OperationSettings;
  #mayHaveArrived = false;
  #queuedMs = 0;

  constructor(settings: OperationSettings) {
    this.#settings = settings;
  }

  /** When it must have ended, in ms as `performance.now()` tells them. */
  get deadline(): number {
    return this.#settings.deadline;
  }

  /** Ends a call that is under way; null where it is followed to its end. */
  get signal(): AbortSignal | null {
    return this.#settings.signal;
  }

  /** Whether what was not sent yet may still begin. */
  get mayBegin(): boolean {
    return this.#settings.mayBegin();
  }

  /** Whether an attempt of this change may have reached the vendor. */
  get mayHaveArrived(): boolean {
    return this.#mayHaveArrived;
  }

  /** Takes one of the reads that the document may make; false where none is left. */
  takeRead(): boolean {
    return this.#settings.takeRead?.() ?? true;
  }

  /** From now on an attempt may have arrived. */
  readonly writing = (): void => {
    this.#mayHaveArrived = true;
  };

  /** It had to wait for its place: that counts as time of its first call. */
  queued(ms: number): void {
    this.#queuedMs = ms;
  }

  /** What the next call may take, in ms: its own time, within what is left in all. */
  takeCallMs(): number {
    const ms = Math.min(this.#settings.callMs - this.#queuedMs, this.#left());
    this.#queuedMs = 0;
    return Math.max(0, ms);
  }

  /** Whether a wait and something of a read-back still fit. */
  fitsRead(waitMs: number): boolean {
    return waitMs < this.#left();
  }

  /** Whether a wait and the calls behind it still fit, and somebody still waits for them. */
  fits(waitMs: number): boolean {
    const { isWanted, callsAhead, callMs } = this.#settings;
    return isWanted() && waitMs + callsAhead * callMs <= this.#left();
  }

  /** Waits so many ms, or until its signal ends it. */
  sleep(ms: number): Promise<void> {
    const { signal } = this.#settings;
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
    return this.#settings.deadline - performance.now();
  }
}

/**
 * An operation that only reads: it ends with its client, and nothing need fit behind its calls.
 *
 * @param deadline when it must have ended, in ms as `performance.now()` tells them
 * @param callMs what one call may take, in ms
 * @param takeRead takes one of the reads that the document may make; false where none is left
 */
export function readOperation(
  deadline: number,
  callMs: number,
  signal: AbortSignal,
  takeRead: () => boolean,
): Operation {
  const isWanted = () => !signal.aborted;
  const mayBegin = () => isWanted() && performance.now() < deadline;
  return new Operation({ deadline, callMs, callsAhead: 1, isWanted, mayBegin, signal, takeRead });
}
