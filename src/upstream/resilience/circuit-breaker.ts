import { SamplingWindow } from './sampling-window.ts';

/** How long nothing passes once the circuit has opened, in ms. */
export const openMs = 5_000;

type State =
  | { readonly kind: 'closed' }
  /** `since` is in ms as `performance.now()` reports them: a step of the wall clock must not keep it open. */
  | { readonly kind: 'open'; readonly since: number }
  /** A single operation tries whether the vendor is back. */
  | { readonly kind: 'probing'; readonly since: number };

/** What a circuit tells of itself. */
export interface CircuitBreakerStatus {
  readonly state: State['kind'];
  readonly downSince: number | null;
  readonly openings: number;
}

/** An operation that was let through. */
export interface CircuitBreakerPass {
  readonly isProbe: boolean;
}

const usual: CircuitBreakerPass = { isProbe: false };
const probe: CircuitBreakerPass = { isProbe: true };

/** The circuit breaker of one vendor (Nygard, "Release It!"), for whole operations. */
export class CircuitBreaker {
  readonly #outages = new SamplingWindow();
  #state: State = { kind: 'closed' };
  #downSince: number | null = null;
  #openings = 0;

  /** Its state, since when nothing passes (in epoch ms, null while it is closed), and how often it opened. */
  get status(): CircuitBreakerStatus {
    return { state: this.#state.kind, downSince: this.#downSince, openings: this.#openings };
  }

  /** For how many ms nothing may pass: 0 where something may, if only the single probe after an opening. */
  getOpenMs(): number {
    if (this.#state.kind === 'closed') return 0;
    if (this.#state.kind === 'probing') return openMs;
    return Math.max(0, this.#state.since + openMs - performance.now());
  }

  /** Lets an operation through, null where none may pass. What it gives is to be ended. */
  begin(): CircuitBreakerPass | null {
    if (this.#state.kind === 'closed') return usual;
    if (this.getOpenMs() > 0) return null;
    this.#state = { kind: 'probing', since: this.#state.since };
    return probe;
  }

  /**
   * Counts the end of an operation.
   *
   * @param isOutage whether the vendor gave no usable answer; null for a fault of the gateway, which shows nothing
   * @returns whether the circuit opened by it
   */
  end({ isProbe }: CircuitBreakerPass, isOutage: boolean | null): boolean {
    if (isProbe) {
      this.#endProbe(isOutage);
      return isOutage === true;
    }
    const isDown = isOutage !== null && this.#outages.count(isOutage);
    if (!isDown || this.#state.kind !== 'closed') return false;
    this.#open();
    return true;
  }

  #open(): void {
    this.#state = { kind: 'open', since: performance.now() };
    if (this.#downSince !== null) return;
    this.#downSince = Date.now();
    this.#openings += 1;
  }

  #endProbe(isOutage: boolean | null): void {
    if (isOutage === false) {
      this.#state = { kind: 'closed' };
      this.#downSince = null;
    } else if (isOutage) this.#open();
    else if (this.#state.kind === 'probing')
      this.#state = { kind: 'open', since: this.#state.since };
  }
}
