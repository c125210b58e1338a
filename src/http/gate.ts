import { Bulkhead } from './bulkhead.ts';
import { Circuit, type CircuitStatus } from './circuit.ts';
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

/** What a gate tells of itself. */
export interface GateStatus {
  readonly circuit: CircuitStatus;
  /** How many places there are, how many of them are taken, and how many wait for one. */
  readonly places: number;
  readonly taken: number;
  readonly waiting: number;
  /** How many operations were refused, for want of a place and while the circuit was open. */
  readonly overloads: number;
  readonly circuitRefusals: number;
}

const queueLength = 2 * connections;
const shortestRetrySeconds = 0.25;

/**
 * What stands before one vendor, for whole operations: the repeats and the read-back of a change use
 * the place of the change that they settle.
 */
export class Gate {
  readonly #bulkhead: Bulkhead;
  readonly #circuit = new Circuit();
  #overloads = 0;
  #circuitRefusals = 0;

  /** @param callMs what one call may take, in ms; half of it may go by in the queue */
  constructor(callMs: number) {
    this.#bulkhead = new Bulkhead(connections, queueLength, callMs / 2);
  }

  /** What it tells of itself. */
  get status(): GateStatus {
    return {
      circuit: this.#circuit.status,
      places: connections,
      ...this.#bulkhead.use,
      overloads: this.#overloads,
      circuitRefusals: this.#circuitRefusals,
    };
  }

  /** The refusal while the circuit is open, null where it is not. */
  closed(): CircuitOpen | null {
    return this.#circuit.closedForMs() > 0 ? this.#circuitOpen() : null;
  }

  /** Makes an operation, told how many ms it had to wait for its place, unless it may not be made now. */
  async pass<T>(operate: (waitedMs: number) => Promise<Passed<T>>): Promise<Passage<T>> {
    const closed = this.closed();
    if (closed !== null) return closed;
    const entered = this.#bulkhead.enter();
    const entry = entered instanceof Promise ? await entered : entered;
    if (entry.kind === 'full') {
      this.#overloads += 1;
      return overloaded;
    }
    // It may have opened, or begun its probe, while this one waited for its place.
    const trial = this.#circuit.begin();
    let isOutage: boolean | null = null;
    try {
      if (trial === null) return this.#circuitOpen();
      const passed = await operate(entry.waitedMs);
      isOutage = passed.isOutage;
      return { kind: 'passed', result: passed.result };
    } finally {
      if (trial !== null) this.#circuit.end(trial, isOutage);
      this.#bulkhead.leave();
    }
  }

  #circuitOpen(): CircuitOpen {
    this.#circuitRefusals += 1;
    const seconds = this.#circuit.closedForMs() / 1000;
    return { kind: 'circuitOpen', retryAfterSeconds: Math.max(shortestRetrySeconds, seconds) };
  }
}

const overloaded = { kind: 'overloaded' } as const;
