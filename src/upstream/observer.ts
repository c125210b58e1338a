import type { Log } from '../telemetry/log.ts';
import type { VendorRequest } from './client.ts';
import type { Attempt } from './response.ts';

/** One attempt that is watched. */
export interface ObservedAttempt {
  /** What the attempt bears for the sake of a trace: names and values in turn. */
  readonly headers: readonly string[];
  /** @param isAbandoned whether it was ended since nobody waits for it any more */
  end(attempt: Attempt, isAbandoned: boolean): void;
}

/** Sees what happens at one vendor: for those who operate the gateway. Decides nothing. */
export interface CallObserver {
  /**
   * An attempt begins.
   *
   * @param number from 1 on, for each call anew
   * @param logged where the request's log is had from
   */
  begin(request: VendorRequest, number: number, logged: { log(): Log }): ObservedAttempt;
  /** A call waited for its turn within the rate limit. */
  paced(ms: number): void;
  /** A call is not made, since its turn would come too late. */
  refused(): void;
  /** A look at what a change left open. */
  readBack(sight: 'inPlace' | 'notInPlace' | 'unreadable'): void;
}

const nothing: ObservedAttempt = { headers: [], end: () => {} };

/** Sees nothing. */
export const silentObserver: CallObserver = {
  begin: () => nothing,
  paced: () => {},
  refused: () => {},
  readBack: () => {},
};
