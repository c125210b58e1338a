import type { CredentialHistory } from './credential-history.ts';
import type { LimitFeedback, RateLimitPermit } from './rate-limiter.ts';
import type { SlidingWindow } from './sliding-window.ts';

/** The permit of one call, which takes a slot of a bucket's window until its response shows whether the call counts. */
export class BucketPermit implements RateLimitPermit {
  readonly kind = 'permit';
  readonly waitedMs: number;
  readonly #window: SlidingWindow;
  readonly #history: CredentialHistory | null;
  readonly #credential: string;
  readonly #close: () => void;
  #sentAt: number | null = null;

  constructor(
    window: SlidingWindow,
    history: CredentialHistory | null,
    credential: string,
    waitedMs: number,
    close: () => void,
  ) {
    this.#window = window;
    this.#history = history;
    this.#credential = credential;
    this.waitedMs = waitedMs;
    this.#close = close;
  }

  markSent(): true {
    this.#sentAt = performance.now();
    this.#window.markSent(this.#sentAt);
    return true;
  }

  end(feedback: LimitFeedback | null): void {
    if (this.#sentAt === null) this.#window.release();
    else if (feedback !== null) this.#learn(feedback, this.#sentAt);
    this.#close();
  }

  #learn(feedback: LimitFeedback, sentAt: number): void {
    this.#history?.note(this.#credential, feedback);
    // A vendor that counts a call only after authentication sends its headers only then.
    const isCounted = feedback.limit !== null || feedback.remaining !== null;
    if (this.#history !== null && feedback.status === 401 && !isCounted)
      this.#window.removeCall(sentAt);
    else this.#window.learn(feedback, sentAt, performance.now());
  }
}
