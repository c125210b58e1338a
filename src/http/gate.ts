import { BrokenCircuitError, CircuitState, circuitBreaker, handleWhenResult } from 'cockatiel';
import { Bulkhead } from './bulkhead.ts';
import { Outages } from './outages.ts';
import { connections } from './pool.ts';

/** The vendor failed too often of late. */
export interface CircuitOpen {
  readonly kind: 'circuitOpen';
  readonly retryAfterSeconds: number;
}

/** What came of asking for a place at a vendor. */
export type Passage<T> =
  | { readonly kind: 'passed'; readonly result: T }
  | CircuitOpen
  /** Too many changes are under way at this vendor. */
  | { readonly kind: 'overloaded' };

/** What an operation is told once it has a place. */
export interface Passed<T> {
  readonly result: T;
  /** Whether the vendor gave no usable answer at all. */
  readonly isOutage: boolean;
}

const halfOpenAfterMs = 5_000;
const queueLength = 2 * connections;
const shortestRetrySeconds = 0.25;

/**
 * What stands before one vendor, for whole operations: the repeats and the read-back of a change use
 * the place of the change that they settle.
 */
export class Gate {
  readonly #bulkhead: Bulkhead;
  readonly #breaker = circuitBreaker(
    handleWhenResult((passed) => (passed as Passed<unknown>).isOutage),
    { halfOpenAfter: halfOpenAfterMs, breaker: new Outages() },
  );
  #openedAt = 0;

  /** @param callMs what one call may take, in ms; half of it may go by in the queue */
  constructor(callMs: number) {
    this.#bulkhead = new Bulkhead(connections, queueLength, callMs / 2);
    this.#breaker.onBreak(() => {
      this.#openedAt = Date.now();
    });
  }

  /** The refusal while the circuit is open, null where it is not. */
  closed(): CircuitOpen | null {
    return this.#closedForMs() > 0 ? this.#circuitOpen() : null;
  }

  /** Makes an operation, told how many ms it had to wait for its place, unless it may not be made now. */
  async pass<T>(operate: (waitedMs: number) => Promise<Passed<T>>): Promise<Passage<T>> {
    const closed = this.closed();
    if (closed !== null) return closed;
    const entry = await this.#bulkhead.enter();
    if (entry.kind === 'full') return { kind: 'overloaded' };
    try {
      // It may have opened, or begun its probe, while this one waited for its place.
      if (this.#closedForMs() > 0) return this.#circuitOpen();
      const { result } = await this.#breaker.execute(() => operate(entry.waitedMs));
      return { kind: 'passed', result };
    } catch (error) {
      if (error instanceof BrokenCircuitError) return this.#circuitOpen();
      throw error;
    } finally {
      this.#bulkhead.leave();
    }
  }

  #circuitOpen(): CircuitOpen {
    const seconds = this.#closedForMs() / 1000;
    return { kind: 'circuitOpen', retryAfterSeconds: Math.max(shortestRetrySeconds, seconds) };
  }

  /** For how many ms nothing may pass: 0 where it may, and for the single probe after an opening. */
  #closedForMs(): number {
    if (this.#breaker.state === CircuitState.HalfOpen) return halfOpenAfterMs;
    if (this.#breaker.state !== CircuitState.Open) return 0;
    return this.#openedAt + halfOpenAfterMs - Date.now();
  }
}
