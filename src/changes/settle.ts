import type { ChangeConfirmation, MembershipError } from '../errors.ts';

/** What came of sending a change once. */
export type Step<T> =
  /** The vendor says that it is made. */
  | { readonly kind: 'made'; readonly value: T }
  /** Nothing was sent. */
  | { readonly kind: 'unsent'; readonly error: MembershipError }
  /** Held back by our own rules, and not to be tried again. */
  | { readonly kind: 'held'; readonly error: MembershipError }
  /** Answered, and no change was made. */
  | { readonly kind: 'refused'; readonly error: MembershipError }
  /** Refused, since the thing or the membership is not there. */
  | { readonly kind: 'absent'; readonly error: MembershipError }
  /** Refused for now; the wait in ms if the vendor names one that can be read. */
  | { readonly kind: 'limited'; readonly error: MembershipError; readonly waitMs: number | null }
  /** Refused by something that cannot know whether the change was made, and nothing is under way any more. */
  | { readonly kind: 'doubtful'; readonly error: MembershipError }
  /** A server error, and what it leaves open. */
  | {
      readonly kind: 'failed';
      readonly error: MembershipError;
      readonly leaves: Open;
      readonly waitMs: number | null;
    }
  /** It may have arrived, and no usable answer came. */
  | { readonly kind: 'lost'; readonly error: MembershipError }
  /** An answer came that says neither yes nor no. */
  | { readonly kind: 'unclear'; readonly error: MembershipError };

/** What a read shows of the requested state. */
export type Sight<T> =
  | { readonly kind: 'inPlace'; readonly value: T }
  | { readonly kind: 'notInPlace' }
  | { readonly kind: 'unreadable' };

/** One change: how to send it, how to read back whether it is in place, whether it may be repeated. */
export interface Change<T> {
  /** Whether sending it twice leaves the state that sending it once leaves. */
  readonly isRepeatable: boolean;
  send(): Promise<Step<T>>;
  readBack(): Promise<Sight<T>>;
  /** The error for a vendor that says "not found" of what its list shows. */
  contradicted(said: MembershipError): MembershipError;
}

/** The time that a change has. */
export interface Time {
  /** Whether a wait of so many ms, an attempt and a read-back still fit, and somebody still waits. */
  fits(waitMs: number): boolean;
  sleep(ms: number): Promise<void>;
  /** A number from 0 up to 1. */
  random(): number;
}

/** How a change ended: in place, or an error whose outcome says what is known. */
export type Settled<T> =
  | { readonly kind: 'applied'; readonly confirmedBy: ChangeConfirmation; readonly value: T }
  | { readonly kind: 'failed'; readonly error: MembershipError };

/**
 * What attempts leave open. `nothing`: none arrived without a usable answer. `over`: those that did were
 * answered by an end, such as a failure in the vendor's own words. `underWay`: the vendor may still be at one.
 */
export type Open = 'nothing' | 'over' | 'underWay';

const maxAttempts = 3;
const firstBackoffMs = 200;
const spreadMs = 100;

/**
 * Settles what became of a change that was sent once: sends it again where that cannot make it twice,
 * and reads back what the answers leave open. Does no I/O of its own.
 *
 * @param first what came of sending it
 */
export function settle<T>(
  change: Change<T>,
  first: Step<T>,
  time: Time,
): Settled<T> | Promise<Settled<T>> {
  // Nothing is waited for that is there: nearly every change is made at once.
  if (first.kind === 'made') return applied('VENDOR_RESPONSE', first.value);
  return settleAttempts(change, first, time);
}

/** The outcome is folded over all attempts here and nowhere else. */
async function settleAttempts<T>(
  change: Change<T>,
  first: Step<T>,
  time: Time,
): Promise<Settled<T>> {
  let step = first;
  let open: Open = 'nothing';
  let failure: MembershipError | null = null;
  for (let attempt = 1; ; attempt += 1) {
    if (step.kind === 'made') return applied('VENDOR_RESPONSE', step.value);
    const { error } = step;
    if (step.kind === 'absent' && open !== 'nothing') return settleAbsence(change, error);
    if (step.kind === 'failed' || step.kind === 'doubtful') failure = error;
    open = openAfter(open, step);
    const waitMs = repeatAfter(step, change.isRepeatable, attempt, time);
    if (waitMs !== null && attempt < maxAttempts && time.fits(waitMs)) {
      await time.sleep(waitMs);
      // Looked at again: its client may have gone, and the clock may have been slow.
      if (time.fits(0)) {
        step = await change.send();
        continue;
      }
    }
    if (open === 'nothing') return failed(error.as('NOT_APPLIED'));
    const sight = await change.readBack();
    if (sight.kind === 'inPlace') return applied('READ_BACK', sight.value);
    if (sight.kind === 'notInPlace' && open === 'over') {
      return failed((failure ?? error).as('NOT_APPLIED'));
    }
    return failed(error.as('UNKNOWN'));
  }
}

/**
 * "Not found" on a repeat proves that it is gone, or that the caller cannot see it: only a list that
 * can be read tells which.
 */
async function settleAbsence<T>(change: Change<T>, error: MembershipError): Promise<Settled<T>> {
  const sight = await change.readBack();
  if (sight.kind === 'inPlace') return applied('REPEAT', sight.value);
  const known = sight.kind === 'notInPlace' ? change.contradicted(error) : error;
  return failed(known.as('UNKNOWN'));
}

type Unmade = Exclude<Step<unknown>, { kind: 'made' }>;

/** What is open after one attempt more. */
function openAfter(open: Open, step: Unmade): Open {
  const isRefusal = step.kind === 'refused' || step.kind === 'doubtful';
  // A refusal says nothing of the attempts before it, not even of one that has ended.
  if (isRefusal && open !== 'nothing') return 'underWay';
  const left = leftOpenBy(step);
  if (open === 'underWay' || left === 'underWay') return 'underWay';
  return open === 'over' || left === 'over' ? 'over' : 'nothing';
}

function leftOpenBy(step: Unmade): Open {
  switch (step.kind) {
    case 'unsent':
    case 'held':
    case 'refused':
    case 'absent':
    case 'limited':
      return 'nothing';
    case 'doubtful':
      return 'over';
    case 'failed':
      return step.leaves;
    case 'lost':
    case 'unclear':
      return 'underWay';
  }
}

/** Returns the ms to wait before the change may be sent again; null if it may not. */
function repeatAfter(
  step: Unmade,
  isRepeatable: boolean,
  attempt: number,
  time: Time,
): number | null {
  switch (step.kind) {
    case 'unsent':
      return backoff(firstBackoffMs, attempt, time);
    case 'limited':
      // Without a wait it would be a guess, and each call more may prolong the vendor's refusal.
      return own(step.waitMs, time);
    case 'failed':
      if (!isRepeatable) return null;
      return own(step.waitMs, time) ?? backoff(firstBackoffMs, attempt, time);
    case 'lost':
      return isRepeatable ? backoff(firstBackoffMs, attempt, time) : null;
    case 'held':
    case 'refused':
    case 'absent':
    case 'doubtful':
    case 'unclear':
      return null;
  }
}

/** The vendor's own wait, never shortened; a little longer, so that callers spread. */
function own(waitMs: number | null, time: Time): number | null {
  return waitMs === null ? null : waitMs + time.random() * spreadMs;
}

/** Twice as long each time, and of that between the half and the whole, so that callers spread. */
function backoff(firstMs: number, attempt: number, time: Time): number {
  return firstMs * 2 ** (attempt - 1) * (0.5 + time.random() / 2);
}

function applied<T>(confirmedBy: ChangeConfirmation, value: T): Settled<T> {
  return { kind: 'applied', confirmedBy, value };
}

function failed(error: MembershipError): Settled<never> {
  return { kind: 'failed', error };
}
