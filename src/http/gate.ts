import { Bulkhead, type Entry } from './bulkhead.ts';
import { Circuit, type CircuitStatus, type Trial } from './circuit.ts';
import { connections } from './pool.ts';

/** The vendor failed too often of late. */
export interface CircuitOpen {
  readonly kind: 'circuitOpen';
  readonly retryAfterSeconds: number;
}

/** Why there was no place at a vendor. */
export type Refused =
  | CircuitOpen
  /** Too many changes are under way at this vendor. */
  | { readonly kind: 'overloaded' };

/** A place at a vendor; who has it must leave. */
export interface Place {
  readonly kind: 'passed';
  /** How many ms it had to be waited for. */
  readonly waitedMs: number;
  readonly trial: Trial;
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

  /** Takes a place for an operation, unless none may be made now. */
  enter(): Place | Refused | Promise<Place | Refused> {
    const closed = this.closed();
    if (closed !== null) return closed;
    const entry = this.#bulkhead.enter();
    return entry instanceof Promise ? entry.then((one) => this.#begun(one)) : this.#begun(entry);
  }

  /** @param isOutage whether the vendor gave no usable answer at all; null for a fault of ours, which tells nothing */
  leave({ trial }: Place, isOutage: boolean | null): void {
    this.#circuit.end(trial, isOutage);
    this.#bulkhead.leave();
  }

  #begun(entry: Entry): Place | Refused {
    if (entry.kind === 'full') {
      this.#overloads += 1;
      return overloaded;
    }
    // It may have opened, or begun its probe, while this one waited for its place.
    const trial = this.#circuit.begin();
    if (trial !== null) return { kind: 'passed', waitedMs: entry.waitedMs, trial };
    this.#bulkhead.leave();
    return this.#circuitOpen();
  }

  #circuitOpen(): CircuitOpen {
    this.#circuitRefusals += 1;
    const seconds = this.#circuit.closedForMs() / 1000;
    return { kind: 'circuitOpen', retryAfterSeconds: Math.max(shortestRetrySeconds, seconds) };
  }
}

const overloaded = { kind: 'overloaded' } as const;
