import type { ChangeOutcome, MembershipVendor } from '../errors.ts';

/** A change that has not ended, for the log of a process that ends before it. */
export interface UnfinishedChange {
  readonly requestId: string;
  /** The root field's response key. */
  readonly field: string;
  readonly vendor: MembershipVendor;
  /** What is known so far. */
  readonly outcome: ChangeOutcome;
}

/** A change under way, which can say how far it came. */
export interface ChangeUnderWay {
  /** Where it stands among the others; kept by the lifecycle. */
  place: number;
  describe(): UnfinishedChange;
}

/** Whether the gateway takes work, and what is under way: what a graceful stop needs to know. */
export class Lifecycle {
  // No Set: each time that V8 makes its table anew, the old one keeps the new one alive, and with it
  // changes that have long ended, until a collection of the whole heap.
  readonly #changes: ChangeUnderWay[] = [];
  /** Whether the process is shutting down. */
  isStopping = false;
  #answers = 0;
  #onIdle: (() => void) | null = null;

  /** How many answers and changes are under way. */
  get underWay(): number {
    return this.#answers + this.#changes.length;
  }

  /** The changes under way, each with what is known of it so far. */
  unfinished(): UnfinishedChange[] {
    return this.#changes.map((change) => change.describe());
  }

  /** An answer begins; it ends once it has gone out, or its client has gone. */
  beginAnswer(): void {
    this.#answers += 1;
  }

  /** An answer has ended. */
  readonly endAnswer = (): void => {
    this.#answers -= 1;
    this.#look();
  };

  /** A change begins. */
  beginChange(change: ChangeUnderWay): void {
    change.place = this.#changes.length;
    this.#changes.push(change);
  }

  /** A change has ended. */
  endChange(change: ChangeUnderWay): void {
    // The last one takes its place, so that none is looked for.
    const last = this.#changes.pop();
    if (last !== undefined && last !== change) {
      last.place = change.place;
      this.#changes[change.place] = last;
    }
    this.#look();
  }

  /** From now on no document and no change begins; resolves once those under way have ended. */
  stop(): Promise<void> {
    this.isStopping = true;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#look();
    });
  }

  #look(): void {
    if (this.underWay === 0) this.#onIdle?.();
  }
}
