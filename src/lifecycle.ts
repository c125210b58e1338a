import type { ChangeOutcome, MembershipVendor } from './errors.ts';

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
  describe(): UnfinishedChange;
}

/** Whether the gateway takes work, and what is under way: what a graceful stop needs to know. */
export class Lifecycle {
  readonly #changes = new Set<ChangeUnderWay>();
  #stopping = false;
  #answers = 0;
  #onIdle: (() => void) | null = null;

  /** Whether the process is ending. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /** How many answers and changes are under way. */
  get underWay(): number {
    return this.#answers + this.#changes.size;
  }

  /** The changes under way, each with what is known of it so far. */
  unfinished(): UnfinishedChange[] {
    return [...this.#changes].map((change) => change.describe());
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
    this.#changes.add(change);
  }

  /** A change has ended. */
  endChange(change: ChangeUnderWay): void {
    this.#changes.delete(change);
    this.#look();
  }

  /** From now on no document and no change begins; resolves once those under way have ended. */
  stop(): Promise<void> {
    this.#stopping = true;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#look();
    });
  }

  #look(): void {
    if (this.underWay === 0) this.#onIdle?.();
  }
}
