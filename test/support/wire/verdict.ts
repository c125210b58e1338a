import type { Change, ChangeResult } from '../changes.ts';
import type { SeenWrite, WireCase } from './case.ts';
import type { Meaning } from './meaning.ts';

/** The oracle's verdict on one run. */
export interface Verdict {
  /** The rules that the gateway broke; empty for an honest answer. */
  readonly faults: readonly string[];
  /** Why `UNKNOWN` is the right answer; null if it is not, or if another was given. */
  readonly whyUnknown: string | null;
}

/** Answers that leave open whether the change is made. */
const openKinds: readonly Meaning['kind'][] = ['lost', 'unclear', 'over', 'hook', 'foreign'];
/** Answers after which the vendor may still be at it. */
const underWayKinds: readonly Meaning['kind'][] = ['lost', 'unclear'];
/** The longest wait after which a repeat always fits, in ms. */
const fittingMs = 1_000;

/**
 * Judges the gateway's answer by what really happened, and by what the answers that it got let it know.
 *
 * @param hadHeld whether the requested state had held by the time of the answer, since the change was sent
 */
export function judge(
  change: Change,
  seen: WireCase,
  result: ChangeResult,
  hadHeld: boolean,
): Verdict {
  const { outcome, __typename: type } = result;
  const why = outcome === 'UNKNOWN' ? explainUnknown(change, seen) : null;
  const faults = [
    outcome === 'APPLIED' && !hadHeld && 'APPLIED, and the requested state never held',
    outcome === 'APPLIED' && !isConfirmed(seen, result) && `${result['confirmedBy']} of nothing`,
    outcome === 'NOT_APPLIED' &&
      seen.writes.some(({ isMade }) => isMade) &&
      'NOT_APPLIED, but made',
    outcome === 'NOT_APPLIED' && isGuess(seen) && 'NOT_APPLIED is a guess',
    outcome === 'UNKNOWN' && why === null && `UNKNOWN, but ${explainKnown(seen)}`,
    outcome !== 'APPLIED' && !isToldBySome(seen, type) && `${type} that no answer gives cause for`,
    outcome === 'UNKNOWN' &&
      change.isPost &&
      result.retryable === true &&
      'a POST that is safe to retry',
    ...repeatFaults(change, seen.writes),
  ];
  return { faults: faults.filter((one) => one !== false), whyUnknown: why };
}

function repeatFaults({ isPost }: Change, writes: readonly SeenWrite[]) {
  const mayFollow = ({ kind, isRepeated, waitMs }: Meaning) =>
    // Any 429 may be obeyed, but only the vendor's own proves that a POST was not processed.
    isPost
      ? kind === 'limited' && isRepeated
      : isRepeated || (kind === 'foreign' && waitMs !== null);
  const areAllowed = writes
    .slice(0, -1)
    .every(({ arrived, sent }) => mayFollow(arrived) || mayFollow(sent));
  return [
    writes.length > 3 && `${writes.length} attempts`,
    !areAllowed && (isPost ? 'a POST sent twice' : 'sent again after an answer'),
  ];
}

/** Whether the vendor confirmed the change, or a read showed it. */
function isConfirmed({ writes, reads }: WireCase, { confirmedBy }: ChangeResult): boolean {
  const last = writes.at(-1);
  if (confirmedBy === 'VENDOR_RESPONSE') {
    return last !== undefined && [last.arrived, last.sent].some(({ kind }) => kind === 'made');
  }
  return reads.some(({ isTrue, isInPlace }) => isTrue && isInPlace);
}

/** Whether an attempt may have been made, and no read shows that it was not. */
function isGuess({ writes, reads }: WireCase): boolean {
  const open = writes.filter(({ arrived, sent }) =>
    [arrived, sent].every(({ kind, commits }) => openKinds.includes(kind) && commits.length > 1),
  );
  if (open.length === 0) return false;
  if (open.some(({ arrived }) => underWayKinds.includes(arrived.kind))) return true;
  return !reads.some(({ isTrue, isInPlace }) => isTrue && !isInPlace);
}

function isToldBySome({ writes }: WireCase, type: string): boolean {
  const errors = writes.flatMap(({ arrived, sent }) => [...arrived.errors, ...sent.errors]);
  // The vendor reports "not found" on a repeat, and its list shows the membership.
  const isContradicted = writes.at(-1)?.arrived.kind === 'absent' && writes.length > 1;
  if (isContradicted) errors.push('VendorContractError');
  return errors.includes(type);
}

/** Returns why the truth could not be known; null if it could. */
function explainUnknown({ isPost }: Change, { writes, reads }: WireCase): string | null {
  const last = writes.at(-1);
  const kinds = writes.map(({ arrived }) => arrived.kind);
  if (last === undefined || kinds.includes('made')) return null;
  if (!kinds.some((kind) => openKinds.includes(kind))) return null;
  const { isRepeated, waitMs } = last.arrived;
  const mayRepeat = isRepeated && (!isPost || last.arrived.kind === 'limited');
  if (mayRepeat && writes.length < 3 && (waitMs ?? 0) <= fittingMs) return null;
  const looks = reads.filter((read) => read.writes === writes.length);
  if (looks.length === 0) return null;
  if (looks.some(({ isReadable }) => !isReadable)) return 'the list could not be read';
  if (looks.every(({ isInPlace }) => isInPlace)) return null;
  if (kinds.some((kind) => underWayKinds.includes(kind))) return 'the vendor may still be at it';
  const answered = new Set(kinds.filter((kind) => kind !== 'limited'));
  return answered.size > 1 ? 'the attempts were answered differently' : null;
}

function explainKnown({ writes, reads }: WireCase): string {
  const looks = reads.filter((read) => read.writes === writes.length);
  const kinds = writes.map(({ arrived }) => arrived.kind);
  if (!kinds.some((kind) => openKinds.includes(kind))) return 'each answer settles it';
  if (looks.length === 0) return 'nothing was read back';
  return `it was seen ${looks.every(({ isInPlace }) => isInPlace) ? '' : 'not '}to be in place`;
}
