import type { ChangeConfirmation, MembershipError } from '../errors.ts';
import { type OpenQuestion, type Repeatable, retry, type Time, type Unmade } from './retry.ts';

/** The result of reading back whether the requested state is in place. */
export type ReadBack<T> =
  | { readonly kind: 'inPlace'; readonly value: T }
  | { readonly kind: 'notInPlace' }
  | { readonly kind: 'unreadable' };

/** A change that can be sent and read back. */
export interface Change<T> extends Repeatable<T> {
  /** Reads back whether the requested state is in place. */
  readBack(): Promise<ReadBack<T>>;
  /** Returns the error for a vendor that reports "not found" for what its list shows. */
  contradict(error: MembershipError): MembershipError;
  /** Returns the error for an earlier attempt whose response nobody received, and whose effect no list shows. */
  createInterruptedError(): MembershipError;
}

/** The end of a change: it is in place, or an error with its outcome. */
export type Settled<T> =
  | {
      readonly kind: 'applied';
      readonly confirmedBy: ChangeConfirmation;
      readonly value: T;
      /** Whether this request sent nothing, and returns the end of another one. */
      readonly isReplay: boolean;
    }
  | { readonly kind: 'failed'; readonly error: MembershipError };

/**
 * Settles a change: sends it, sends it again if that cannot make it twice, and reads back what the responses leave open.
 * The outcome is decided here and nowhere else. Does no I/O of its own.
 */
export function settle<T>(change: Change<T>, time: Time): Promise<Settled<T>> {
  return sendAndSettle(change, time, 'nothing');
}

/**
 * Settles a change that may have been sent before, by a process that did not see its end: looks first.
 *
 * @param mayRepeat whether it may be sent again unless the look shows the requested state
 */
export async function settleAgain<T>(
  change: Change<T>,
  time: Time,
  mayRepeat: boolean,
): Promise<Settled<T>> {
  const readBack = await change.readBack();
  if (readBack.kind === 'inPlace') return createApplied('READ_BACK', readBack.value);
  if (!mayRepeat || !time.fits(0)) return createFailed(change.createInterruptedError());
  return sendAndSettle(change, time, 'underWay');
}

/** @param before the question that earlier attempts left open */
async function sendAndSettle<T>(
  change: Change<T>,
  time: Time,
  before: OpenQuestion,
): Promise<Settled<T>> {
  let open = before;
  let failure: MembershipError | null = null;
  const last = await retry(change, time, (unmade) => {
    if (unmade.kind === 'failed' || unmade.kind === 'doubtful') failure = unmade.error;
    open = addOpen(open, unmade);
  });
  if (last.kind === 'made') return createApplied('VENDOR_RESPONSE', last.value);
  return settleUnmade(change, last.error, last.kind === 'absent', open, failure ?? last.error);
}

async function settleUnmade<T>(
  change: Change<T>,
  error: MembershipError,
  isAbsent: boolean,
  open: OpenQuestion,
  failure: MembershipError,
): Promise<Settled<T>> {
  if (open === 'nothing') return createFailed(error.withOutcome('NOT_APPLIED'));
  const readBack = await change.readBack();
  // "Not found" on a repeat means that the membership is gone, or that the caller cannot see it. Only a readable list
  // shows which of the two.
  const confirmedBy = isAbsent ? 'REPEAT' : 'READ_BACK';
  if (readBack.kind === 'inPlace') return createApplied(confirmedBy, readBack.value);
  if (readBack.kind === 'unreadable') return createFailed(error.withOutcome('UNKNOWN'));
  if (isAbsent) return createFailed(change.contradict(error).withOutcome('UNKNOWN'));
  return createFailed(
    open === 'over' ? failure.withOutcome('NOT_APPLIED') : error.withOutcome('UNKNOWN'),
  );
}

/** Returns what is open after another attempt. */
function addOpen(open: OpenQuestion, unmade: Unmade): OpenQuestion {
  const isRefusal = unmade.kind === 'refused' || unmade.kind === 'doubtful';
  // A rejection shows nothing about the attempts before it, not even about one that has ended.
  if (isRefusal && open !== 'nothing') return 'underWay';
  const left = getLeftOpen(unmade);
  if (open === 'underWay' || left === 'underWay') return 'underWay';
  return open === 'over' || left === 'over' ? 'over' : 'nothing';
}

function getLeftOpen(unmade: Unmade): OpenQuestion {
  switch (unmade.kind) {
    case 'unsent':
    case 'held':
    case 'refused':
    case 'absent':
    case 'limited':
      return 'nothing';
    case 'doubtful':
      return 'over';
    case 'failed':
      return unmade.leaves;
    case 'lost':
    case 'unclear':
      return 'underWay';
  }
}

function createApplied<T>(confirmedBy: ChangeConfirmation, value: T): Settled<T> {
  return { kind: 'applied', confirmedBy, value, isReplay: false };
}

function createFailed(error: MembershipError): Settled<never> {
  return { kind: 'failed', error };
}
