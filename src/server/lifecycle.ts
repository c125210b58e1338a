import type { ChangeOutcome, MembershipVendor } from '../errors.ts';

/** A change that has not ended when the process exits, for the log. */
export interface UnfinishedChange {
  readonly requestId: string;
  /** The root field's response key. */
  readonly field: string;
  readonly vendor: MembershipVendor;
  /** The outcome as far as it is known. */
  readonly outcome: ChangeOutcome;
}

/** A change in flight. */
export interface ChangeInFlight {
  /** Its index among the changes in flight; set by the lifecycle. */
  place: number;
  describe(): UnfinishedChange;
}

/** The work in flight, and whether the gateway accepts more: the state of a graceful shutdown. */
export class Lifecycle {
  // A Set would retain changes that have ended: each time V8 rebuilds its table, the old one keeps the new one alive until
  // a collection of the whole heap. With one, a change costs 1.09 of its CPU (optimisations.md, changes in flight).
  readonly #changes: ChangeInFlight[] = [];
  /** Whether the process is shutting down. */
  isStopping = false;
  #responses = 0;
  #onIdle: (() => void) | null = null;

  /** Returns the number of responses and changes in flight. */
  get inFlight(): number {
    return this.#responses + this.#changes.length;
  }

  /** Returns the changes in flight, each with its outcome as far as it is known. */
  listUnfinished(): UnfinishedChange[] {
    return this.#changes.map((change) => change.describe());
  }

  /** Counts a response, until it has been sent or its client has disconnected. */
  beginResponse(): void {
    this.#responses += 1;
  }

  /** Ends a response. */
  readonly endResponse = (): void => {
    this.#responses -= 1;
    this.#notifyIdle();
  };

  /** Counts a change. */
  beginChange(change: ChangeInFlight): void {
    change.place = this.#changes.length;
    this.#changes.push(change);
  }

  /** Ends a change. */
  endChange(change: ChangeInFlight): void {
    // The last one takes its place, which needs no search.
    const last = this.#changes.pop();
    if (last !== undefined && last !== change) {
      last.place = change.place;
      this.#changes[change.place] = last;
    }
    this.#notifyIdle();
  }

  /** Starts the shutdown: no document and no change begins from now on. Resolves when those in flight have ended. */
  stop(): Promise<void> {
    this.isStopping = true;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#notifyIdle();
    });
  }

  #notifyIdle(): void {
    if (this.inFlight === 0) this.#onIdle?.();
  }
}
