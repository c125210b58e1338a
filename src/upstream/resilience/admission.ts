import { Bulkhead, type BulkheadEntry } from './bulkhead.ts';
import {
  CircuitBreaker,
  type CircuitBreakerPass,
  type CircuitBreakerStatus,
} from './circuit-breaker.ts';
import type { QueuedCall } from './fair-queue.ts';

/** The vendor failed too often recently. */
export interface CircuitOpen {
  readonly kind: 'circuitOpen';
  readonly retryAfterSeconds: number;
}

/** The reason why an operation gets no place at a vendor. */
export type Rejection =
  | CircuitOpen
  /** Too many calls are in flight at this vendor. */
  | { readonly kind: 'overloaded' };

/** A place at a vendor. Disposing of it gives the place back. */
export interface Admission extends Disposable {
  readonly kind: 'admitted';
  /**
   * Reports the end of the operation. Without a report it shows nothing about the vendor: nothing was sent, or the gateway
   * itself failed.
   *
   * @param isOutage whether the vendor gave no usable response at all
   */
  report(isOutage: boolean): void;
}

/** The state of one vendor's admission control. */
export interface AdmissionStatus {
  readonly circuit: CircuitBreakerStatus;
  /** The places, those that are taken, and the calls that wait for one. */
  readonly places: number;
  readonly taken: number;
  readonly waiting: number;
  /** The operations that were refused because no place was free, and because the circuit was open. */
  readonly overloads: number;
  readonly circuitRefusals: number;
}

/** Bounds of the calls to one vendor. */
export interface AdmissionSettings {
  /** Calls in flight. */
  readonly concurrency: number;
  /** Calls that wait. */
  readonly queueLength: number;
  /** Called when the circuit opens, with a function that creates the refusal for each call that waits elsewhere. */
  readonly onOpen?: (refuse: () => CircuitOpen) => void;
}

const shortestRetrySeconds = 0.25;

/**
 * The circuit breaker and the bulkhead of one vendor, for whole operations: the repeats and the read-back of a
 * change use the place of the change that they settle.
 */
export class AdmissionControl {
  readonly #bulkhead: Bulkhead;
  readonly #circuit = new CircuitBreaker();
  readonly #onOpen: (refuse: () => CircuitOpen) => void;
  #overloads = 0;
  #circuitRefusals = 0;

  constructor({ concurrency, queueLength, onOpen = () => {} }: AdmissionSettings) {
    this.#bulkhead = new Bulkhead(concurrency, queueLength);
    this.#onOpen = onOpen;
  }

  /** Its state. */
  get status(): AdmissionStatus {
    return {
      circuit: this.#circuit.status,
      ...this.#bulkhead.status,
      overloads: this.#overloads,
      circuitRefusals: this.#circuitRefusals,
    };
  }

  /** Returns the refusal while the circuit is open; null if it is not. */
  check(): CircuitOpen | null {
    return this.#circuit.getOpenMs() > 0 ? this.#refuse() : null;
  }

  /**
   * Takes a place for an operation.
   *
   * @param call decides whose turn it is if operations have to wait
   * @param maxWaitMs how long it may wait, in ms
   * @param signal ends the wait early; null if nothing does
   */
  admit(
    call: QueuedCall,
    maxWaitMs: number,
    signal: AbortSignal | null,
  ): Admission | Rejection | Promise<Admission | Rejection> {
    const closed = this.check();
    if (closed !== null) return closed;
    const entry = this.#bulkhead.enter(call, maxWaitMs, signal);
    return entry instanceof Promise
      ? entry.then((one) => this.#begin(one, call))
      : this.#begin(entry, call);
  }

  #begin(entry: BulkheadEntry, { caller }: QueuedCall): Admission | Rejection {
    if (entry.kind === 'dismissed') return this.#refuse();
    if (entry.kind === 'full') {
      this.#overloads += 1;
      return { kind: 'overloaded' };
    }
    // The circuit may have opened, or begun its probe, while this call waited for its place.
    const pass = this.#circuit.begin();
    if (pass !== null) return new Place(caller, pass, this.#end);
    this.#bulkhead.leave({ caller });
    return this.#refuse();
  }

  readonly #end = ({ caller, pass, isOutage }: Place): void => {
    if (this.#circuit.end(pass, isOutage)) {
      this.#bulkhead.dismissWaiting();
      this.#onOpen(() => this.#refuse());
    }
    this.#bulkhead.leave({ caller });
  };

  #refuse(): CircuitOpen {
    this.#circuitRefusals += 1;
    const seconds = this.#circuit.getOpenMs() / 1000;
    return { kind: 'circuitOpen', retryAfterSeconds: Math.max(shortestRetrySeconds, seconds) };
  }
}

class Place implements Admission {
  readonly kind = 'admitted';
  readonly caller: string;
  readonly pass: CircuitBreakerPass;
  readonly #end: (place: Place) => void;
  /** Null until it is reported. */
  isOutage: boolean | null = null;

  constructor(caller: string, pass: CircuitBreakerPass, end: (place: Place) => void) {
    this.caller = caller;
    this.pass = pass;
    this.#end = end;
  }

  report(isOutage: boolean): void {
    this.isOutage = isOutage;
  }

  [Symbol.dispose](): void {
    this.#end(this);
  }
}
