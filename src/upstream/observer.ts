import type { Log } from '../telemetry/log.ts';
import type { VendorRequest } from './request.ts';
import type { Attempt } from './response.ts';

/** One attempt that is observed. */
export interface ObservedAttempt {
  /** The headers of the trace: names and values in turn. */
  readonly headers: readonly string[];
  /** @param isAbandoned whether it was ended because its client disconnected */
  end(attempt: Attempt, isAbandoned: boolean): void;
}

/** Receives the events of the calls to one vendor, for metrics, logs and traces. Decides nothing. */
export interface CallObserver {
  /**
   * Observes the beginning of an attempt.
   *
   * @param number the number of the attempt within its call, starting at 1
   * @param logged returns the log of the request
   */
  begin(request: VendorRequest, number: number, logged: { log(): Log }): ObservedAttempt;
  /** Counts a wait for the rate limit. */
  noteWait(ms: number): void;
  /** Counts a call that the rate limit rejected. */
  noteRefusal(): void;
  /** Counts a read-back. */
  noteReadBack(result: 'inPlace' | 'notInPlace' | 'unreadable'): void;
}

const silentAttempt: ObservedAttempt = { headers: [], end: () => {} };

/** Ignores all events. */
export const silentObserver: CallObserver = {
  begin: () => silentAttempt,
  noteWait: () => {},
  noteRefusal: () => {},
  noteReadBack: () => {},
};
