import type { MembershipError } from '../errors.ts';

/** The outcome of sending a change, or a read, once. */
export type AttemptOutcome<T> =
  /** The vendor confirms it. */
  | { readonly kind: 'made'; readonly value: T }
  /** Nothing was sent. */
  | { readonly kind: 'unsent'; readonly error: MembershipError }
  /** Refused by the gateway itself, and not to be tried again. */
  | { readonly kind: 'held'; readonly error: MembershipError }
  /** The vendor answered and made no change. */
  | { readonly kind: 'refused'; readonly error: MembershipError }
  /** The vendor refused it because the object or the membership does not exist. */
  | { readonly kind: 'absent'; readonly error: MembershipError }
  /** The vendor refused it for now. `waitMs` is null unless the vendor names a readable wait. */
  | { readonly kind: 'limited'; readonly error: MembershipError; readonly waitMs: number | null }
  /** An intermediary refused it, which cannot know whether the change was made. Nothing is under way any more. */
  | { readonly kind: 'doubtful'; readonly error: MembershipError }
  /** A server error. */
  | {
      readonly kind: 'failed';
      readonly error: MembershipError;
      readonly leaves: OpenQuestion;
      readonly waitMs: number | null;
    }
  /** It may have arrived, but no usable response came. */
  | { readonly kind: 'lost'; readonly error: MembershipError }
  /** A response came that neither confirms nor denies it. */
  | { readonly kind: 'unclear'; readonly error: MembershipError };

/** The outcome of an attempt that did not make the change. */
export type Unmade = Exclude<AttemptOutcome<unknown>, { kind: 'made' }>;

/**
 * The question that attempts leave open. `nothing`: every attempt that arrived was answered. `over`: the change may have
 * been made, and nothing is under way any more, as after a failure that the vendor itself reports. `underWay`: the vendor
 * may still be working on an attempt.
 */
export type OpenQuestion = 'nothing' | 'over' | 'underWay';

/** The time that a call has. */
export interface Time {
  /** Returns whether a wait in ms, an attempt and a read-back still fit, and the client still waits. */
  fits(waitMs: number): boolean;
  sleep(ms: number): Promise<void>;
  /** Returns a number from 0 up to 1. */
  random(): number;
}

/** A call that may have to be sent several times. */
export interface Repeatable<T> {
  /** Whether sending it twice leaves the state that sending it once leaves (RFC 9110, section 9.2.2). */
  readonly isRepeatable: boolean;
  send(): Promise<AttemptOutcome<T>>;
}

/** The most times that a call is sent. */
export const maxAttempts = 3;
const firstBackoffMs = 200;
const spreadMs = 100;

/**
 * Sends a call until it is made, no repeat is allowed or useful, or no time is left.
 *
 * @param note called with each attempt that did not make it
 * @returns the outcome of the last attempt
 */
export async function retry<T>(
  call: Repeatable<T>,
  time: Time,
  note?: (unmade: Unmade) => void,
): Promise<AttemptOutcome<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await call.send();
    if (outcome.kind === 'made') return outcome;
    note?.(outcome);
    const waitMs = getRepeatWait(outcome, call.isRepeatable, attempt, time);
    if (waitMs === null || attempt >= maxAttempts || !time.fits(waitMs)) return outcome;
    await time.sleep(waitMs);
    // Checked again: the client may have gone, and the timer may have been late.
    if (!time.fits(0)) return outcome;
  }
}

/** Returns the ms to wait before the call may be sent again; null if it may not. */
function getRepeatWait(
  unmade: Unmade,
  isRepeatable: boolean,
  attempt: number,
  time: Time,
): number | null {
  switch (unmade.kind) {
    case 'unsent':
      return getBackoff(firstBackoffMs, attempt, time);
    case 'limited':
      // Without a wait from the vendor it would be a guess, and each further call may prolong the refusal.
      return addSpread(unmade.waitMs, time);
    case 'failed':
      if (!isRepeatable) return null;
      return addSpread(unmade.waitMs, time) ?? getBackoff(firstBackoffMs, attempt, time);
    case 'lost':
      return isRepeatable ? getBackoff(firstBackoffMs, attempt, time) : null;
    case 'held':
    case 'refused':
    case 'absent':
    case 'doubtful':
    case 'unclear':
      return null;
  }
}

/** Returns the vendor's wait, a little longer so that callers spread out. It is never shortened. */
function addSpread(waitMs: number | null, time: Time): number | null {
  return waitMs === null ? null : waitMs + time.random() * spreadMs;
}

/** Returns a wait that doubles each time, with jitter from half of it to all of it. */
function getBackoff(firstMs: number, attempt: number, time: Time): number {
  return firstMs * 2 ** (attempt - 1) * (0.5 + time.random() / 2);
}
