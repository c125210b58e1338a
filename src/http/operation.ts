/**
 * The time and the progress of one change: made with each root field. The transport tells it when
 * bytes are about to go out, which lets even a fault that nobody foresaw carry an honest outcome.
 */
export class Operation {
  readonly #deadline: number;
  readonly #attemptMs: number;
  readonly #isWanted: () => boolean;
  /** Whether the change, of which nothing was sent yet, may still begin. */
  readonly mayBegin: () => boolean;
  #mayHaveArrived = false;
  #queuedMs = 0;

  /**
   * @param fieldMs what the change may take in all, in ms from now
   * @param attemptMs what one call of it may take, in ms
   * @param isWanted false once its client has gone: then nothing is written any more
   * @param mayBegin false too once the document's time is over or the process stops
   */
  constructor(
    fieldMs: number,
    attemptMs: number,
    isWanted: () => boolean,
    mayBegin: () => boolean = isWanted,
  ) {
    this.#deadline = performance.now() + fieldMs;
    this.#attemptMs = attemptMs;
    this.#isWanted = isWanted;
    this.mayBegin = mayBegin;
  }

  /** Whether an attempt of this change may have reached the vendor. */
  get mayHaveArrived(): boolean {
    return this.#mayHaveArrived;
  }

  /** From now on an attempt may have arrived. */
  readonly writing = (): void => {
    this.#mayHaveArrived = true;
  };

  /** The change had to wait for its place: that counts as time of its first call. */
  queued(ms: number): void {
    this.#queuedMs = ms;
  }

  /** What the next call may take, in ms: its own time, within what is left of the change's. */
  takeCallMs(): number {
    const ms = Math.min(this.#attemptMs - this.#queuedMs, this.#left());
    this.#queuedMs = 0;
    return Math.max(0, ms);
  }

  /** Whether a wait and something of a read still fit. */
  fitsRead(waitMs: number): boolean {
    return waitMs < this.#left();
  }

  /** Whether a wait, an attempt and a read-back still fit, and somebody still waits for them. */
  fits(waitMs: number): boolean {
    return this.#isWanted() && performance.now() + waitMs + 2 * this.#attemptMs <= this.#deadline;
  }

  #left(): number {
    return this.#deadline - performance.now();
  }

  /** Waits so many ms. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
  }

  /** A number from 0 up to 1. */
  random(): number {
    return Math.random();
  }
}
