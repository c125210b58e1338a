const samplingMs = 10_000;
const sliceMs = 1_000;
const minOperations = 10;

/** How long an open circuit rejects everything, in ms. */
export const openMs = 5_000;

type State =
  | { readonly kind: 'closed' }
  /** `since` is in ms of `performance.now()`: a step of the wall clock must not keep it open. */
  | { readonly kind: 'open'; readonly since: number }
  /** Half-open: a single change or read tests whether the vendor is back. */
  | { readonly kind: 'probing'; readonly since: number };

/** The status of a circuit breaker. */
export interface CircuitBreakerStatus {
  readonly state: State['kind'];
  /** Since when it rejects everything, in epoch ms; null while it is closed. */
  readonly downSince: number | null;
  /** How often it has opened. */
  readonly openings: number;
}

/** The pass of a change or read that was admitted. */
export interface CircuitBreakerPass {
  readonly isProbe: boolean;
}

/** The pass of a closed circuit. */
export const regularPass: CircuitBreakerPass = { isProbe: false };
const probePass: CircuitBreakerPass = { isProbe: true };

/** The circuit breaker of one vendor (Nygard, "Release It!"), for whole changes and reads. */
export class CircuitBreaker {
  readonly #outages = new SamplingWindow();
  /** Whether the circuit is closed: then everything passes with a {@link regularPass}. */
  isClosed = true;
  #state: State = { kind: 'closed' };
  #downSince: number | null = null;
  #openings = 0;

  get status(): CircuitBreakerStatus {
    return { state: this.#state.kind, downSince: this.#downSince, openings: this.#openings };
  }

  /** Returns the ms for which everything is rejected; 0 if something may pass, even if only a single probe. */
  getOpenMs(): number {
    if (this.#state.kind === 'closed') return 0;
    if (this.#state.kind === 'probing') return openMs;
    return Math.max(0, this.#state.since + openMs - performance.now());
  }

  /** Returns a pass, which must be ended; null if nothing may pass. */
  begin(): CircuitBreakerPass | null {
    if (this.#state.kind === 'closed') return regularPass;
    if (this.getOpenMs() > 0) return null;
    this.#state = { kind: 'probing', since: this.#state.since };
    return probePass;
  }

  /**
   * Ends a pass.
   *
   * @param isOutage whether the vendor sent no usable response; null after a fault of the gateway, which shows nothing
   * @returns whether the circuit opened
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
    this.isClosed = false;
    if (this.#downSince !== null) return;
    this.#downSince = Date.now();
    this.#openings += 1;
  }

  #endProbe(isOutage: boolean | null): void {
    if (isOutage === false) {
      this.#state = { kind: 'closed' };
      this.isClosed = true;
      this.#downSince = null;
    } else if (isOutage) this.#open();
    else if (this.#state.kind === 'probing')
      this.#state = { kind: 'open', since: this.#state.since };
  }
}

interface Slice {
  /** In ms of `performance.now()`. */
  readonly start: number;
  operations: number;
  outages: number;
}

/** The outages among the changes and reads that ended in the last ten seconds. */
class SamplingWindow {
  #slices: Slice[] = [];

  /** Counts the end of a change or read. Returns true if at least ten ended and half of them or more were outages. */
  count(isOutage: boolean): boolean {
    const slice = this.#getSlice();
    slice.operations += 1;
    if (!isOutage) return false;
    slice.outages += 1;
    let [operations, outages] = [0, 0];
    for (const one of this.#slices) {
      operations += one.operations;
      outages += one.outages;
    }
    const isDown = operations >= minOperations && outages * 2 >= operations;
    // The outages that opened the circuit must not open it again as soon as a probe has closed it.
    if (isDown) this.#slices = [];
    return isDown;
  }

  /** Returns the present slice, and drops those that are over. */
  #getSlice(): Slice {
    const now = performance.now();
    const last = this.#slices.at(-1);
    if (last !== undefined && now < last.start + sliceMs) return last;
    const slice = { start: now, operations: 0, outages: 0 };
    this.#slices = [...this.#slices.filter(({ start }) => start > now - samplingMs), slice];
    return slice;
  }
}
