import { Bulkhead, type Entry } from './bulkhead.ts';
import { Circuit, type CircuitStatus, type Trial } from './circuit-breaker.ts';
import type { Queued } from './fair-queue.ts';

/** The vendor failed too often recently. */
export interface CircuitOpen {
  readonly kind: 'circuitOpen';
  readonly retryAfterSeconds: number;
}

/** Why there was no place at a vendor. */
export type Refused =
  | CircuitOpen
  /** Too many calls are in flight at this vendor. */
  | { readonly kind: 'overloaded' };

/** A place at a vendor, which must be left again. */
export interface Place {
  readonly kind: 'passed';
  readonly trial: Trial;
  readonly caller: string;
}

/** What a gate reports of itself. */
export interface GateStatus {
  readonly circuit: CircuitStatus;
  /** How many places there are, how many of them are taken, and how many calls wait for one. */
  readonly places: number;
  readonly taken: number;
  readonly waiting: number;
  /** How many operations were refused because no place was free, and while the circuit was open. */
  readonly overloads: number;
  readonly circuitRefusals: number;
}

/** How many calls a vendor gets at a time. */
export interface GateSettings {
  /** Calls in flight. */
  readonly concurrency: number;
  /** Calls that wait. */
  readonly queueLength: number;
  /** Called when the circuit opens, with what makes a refusal for each call that waits elsewhere for this vendor. */
  readonly onOpen?: (refuse: () => CircuitOpen) => void;
}

const shortestRetrySeconds = 0.25;

/**
 * The circuit breaker and the bulkhead of one vendor, for whole operations: the repeats and the read-back of a
 * change use the place of the change that they settle.
 */
export class Gate {
  readonly #bulkhead: Bulkhead;
  readonly #circuit = new Circuit();
  readonly #onOpen: (refuse: () => CircuitOpen) => void;
  #overloads = 0;
  #circuitRefusals = 0;

  constructor({ concurrency, queueLength, onOpen = () => {} }: GateSettings) {
    this.#bulkhead = new Bulkhead(concurrency, queueLength);
    this.#onOpen = onOpen;
  }

  /** What it reports of itself. */
  get status(): GateStatus {
    return {
      circuit: this.#circuit.status,
      ...this.#bulkhead.use,
      overloads: this.#overloads,
      circuitRefusals: this.#circuitRefusals,
    };
  }

  /** Returns the refusal while the circuit is open, null if it is not. */
  closed(): CircuitOpen | null {
    return this.#circuit.closedForMs() > 0 ? this.#circuitOpen() : null;
  }

  /**
   * Takes a place for an operation, unless none may be made now.
   *
   * @param call whose turn it is, if operations have to wait
   * @param mostWaitMs how long it may wait
   * @param signal ends the wait early; null if nothing does
   */
  enter(
    call: Queued,
    mostWaitMs: number,
    signal: AbortSignal | null,
  ): Place | Refused | Promise<Place | Refused> {
    const closed = this.closed();
    if (closed !== null) return closed;
    const entry = this.#bulkhead.enter(call, mostWaitMs, signal);
    return entry instanceof Promise
      ? entry.then((one) => this.#begun(one, call))
      : this.#begun(entry, call);
  }

  /** @param isOutage whether the vendor gave no usable answer at all; null for a fault of the gateway, which shows nothing */
  leave(place: Place, isOutage: boolean | null): void {
    if (this.#circuit.end(place.trial, isOutage)) {
      this.#bulkhead.dismissWaiting();
      this.#onOpen(() => this.#circuitOpen());
    }
    this.#bulkhead.leave(place);
  }

  #begun(entry: Entry, { caller }: Queued): Place | Refused {
    if (entry.kind === 'dismissed') return this.#circuitOpen();
    if (entry.kind === 'full') {
      this.#overloads += 1;
      return { kind: 'overloaded' };
    }
    // It may have opened, or begun its probe, while this one waited for its place.
    const trial = this.#circuit.begin();
    if (trial !== null) return { kind: 'passed', trial, caller };
    this.#bulkhead.leave({ caller });
    return this.#circuitOpen();
  }

  #circuitOpen(): CircuitOpen {
    this.#circuitRefusals += 1;
    const seconds = this.#circuit.closedForMs() / 1000;
    return { kind: 'circuitOpen', retryAfterSeconds: Math.max(shortestRetrySeconds, seconds) };
  }
}
