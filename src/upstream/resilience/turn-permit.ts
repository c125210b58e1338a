import type { LimitFeedback, RateLimitPermit } from './rate-limiter.ts';

/** Receives what happens to a permit. */
export interface TurnOwner {
  /** Returns whether the turn's time has passed. */
  isLate(): boolean;
  /** Called once at the end. */
  close(end: { readonly wasSent: boolean; readonly feedback: LimitFeedback | null }): void;
}

/** The permit of one call, which uses a turn that is taken in the store. */
export class TurnPermit implements RateLimitPermit {
  readonly kind = 'permit';
  readonly waitedMs: number;
  readonly #owner: TurnOwner;
  #wasSent = false;

  constructor(waitedMs: number, owner: TurnOwner) {
    this.waitedMs = waitedMs;
    this.#owner = owner;
  }

  markSent(): boolean {
    if (this.#owner.isLate()) return false;
    this.#wasSent = true;
    return true;
  }

  end(feedback: LimitFeedback | null): void {
    this.#owner.close({ wasSent: this.#wasSent, feedback });
  }
}
