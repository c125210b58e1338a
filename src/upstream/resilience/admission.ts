import { Bulkhead, type BulkheadEntry } from './bulkhead.ts';
import {
  CircuitBreaker,
  type CircuitBreakerPass,
  type CircuitBreakerStatus,
  regularPass,
} from './circuit-breaker.ts';
import type { QueuedCall } from './fair-queue.ts';

/** The rejection of a vendor that failed too often recently. */
export interface CircuitOpen {
  readonly kind: 'circuitOpen';
  readonly retryAfterSeconds: number;
}

/** The reason why a change or read is not admitted. */
export type Rejection =
  | CircuitOpen
  /** Too many are in flight at this vendor. */
  | { readonly kind: 'overloaded' };

/** A place at a vendor. Disposing of it frees the place. */
export interface Admission extends Disposable {
  readonly kind: 'admitted';
  /**
   * Whether the vendor sent no usable response; set at the end of the change or read. Null if it shows nothing about the
   * vendor: nothing was sent, or the gateway itself failed.
   */
  isOutage: boolean | null;
}

/** The status of one vendor's admission control. */
export interface AdmissionStatus {
  readonly circuit: CircuitBreakerStatus;
  /** All places, the taken ones, and the calls that wait for one. */
  readonly places: number;
  readonly taken: number;
  readonly waiting: number;
  /** The rejections because no place was free, and because the circuit was open. */
  readonly overloads: number;
  readonly circuitRefusals: number;
}

/** Limits of the changes and reads at one vendor. */
export interface AdmissionSettings {
  /** The most in flight. */
  readonly concurrency: number;
  /** The most that wait. */
  readonly queueLength: number;
  /** Called when the circuit opens, with a function that creates the rejection of each call that waits elsewhere. */
  readonly onOpen?: (refuse: () => CircuitOpen) => void;
}

const shortestRetrySeconds = 0.25;

/**
 * The circuit breaker and the bulkhead of one vendor, for whole changes and reads: the repeats and the read-back of a change
 * use the place of the change that they settle.
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

  get status(): AdmissionStatus {
    return {
      circuit: this.#circuit.status,
      ...this.#bulkhead.status,
      overloads: this.#overloads,
      circuitRefusals: this.#circuitRefusals,
    };
  }

  /** Returns the rejection while the circuit is open; null if it is not. */
  check(): CircuitOpen | null {
    return this.#circuit.isClosed || this.#circuit.getOpenMs() === 0 ? null : this.#reject();
  }

  /**
   * Takes a place for a change or read.
   *
   * @param call decides the order if calls have to wait
   * @param maxWaitMs the longest wait, in ms
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
    if (entry.kind === 'dismissed') return this.#reject();
    if (entry.kind === 'full') {
      this.#overloads += 1;
      return { kind: 'overloaded' };
    }
    // The circuit may have opened, or begun its probe, while this call waited for its place.
    const pass = this.#circuit.isClosed ? regularPass : this.#circuit.begin();
    if (pass !== null) return new Place(caller, pass, this.#end);
    this.#bulkhead.leave({ caller });
    return this.#reject();
  }

  readonly #end = ({ caller, pass, isOutage }: Place): void => {
    if (this.#circuit.end(pass, isOutage)) {
      this.#bulkhead.dismissWaiting();
      this.#onOpen(() => this.#reject());
    }
    this.#bulkhead.leave({ caller });
  };

  #reject(): CircuitOpen {
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
  isOutage: boolean | null = null;

  constructor(caller: string, pass: CircuitBreakerPass, end: (place: Place) => void) {
    this.caller = caller;
    this.pass = pass;
    this.#end = end;
  }

  [Symbol.dispose](): void {
    this.#end(this);
  }
}
