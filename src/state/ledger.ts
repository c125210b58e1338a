import type { ChangeConfirmation, ChangeOutcome } from '../errors.ts';
import type { AuditEvent } from './audit-events.ts';

/** A change that was sent with an idempotency key. */
export interface KeyedChange {
  /** The mutation and the caller that the key belongs to: other callers, and other mutations, may use the same key. */
  readonly scope: string;
  readonly key: string;
  /** A hash of all that makes it the same change: its ids, and the place where it is made. */
  readonly fingerprint: string;
}

/** The end of a change, as it is stored. */
export interface StoredEnd {
  readonly outcome: ChangeOutcome;
  /** Null unless it is applied. */
  readonly confirmedBy: ChangeConfirmation | null;
  /** The success or the error as JSON; null after a fault of the gateway, which is not repeated to later requests. */
  readonly result: string | null;
}

/** The right to work on a change, which is exclusive until it ends or its process is dead. */
export interface Claimed {
  readonly change: KeyedChange;
  /** Differs for each claim of the key, so that the ledger knows a process that was taken for dead. */
  readonly fence: number;
}

/** The answer to a claim. */
export type Claim =
  /** Nothing was sent yet, or surely nothing was changed. */
  | { readonly kind: 'begin'; readonly claimed: Claimed }
  /** It may have been sent, and its outcome is not known. `ageMs` is how long ago it may first have been sent. */
  | { readonly kind: 'settleAgain'; readonly claimed: Claimed; readonly ageMs: number }
  /** It has ended. */
  | { readonly kind: 'ended'; readonly end: StoredEnd }
  /** Another request works on it, under that fence. */
  | { readonly kind: 'inProgress'; readonly fence: number }
  /** The key was used for another change. */
  | { readonly kind: 'otherInput' };

/**
 * The durable record of the changes that have an idempotency key. Each method resolves once its effect is on the disk, and
 * rejects if the database cannot be written: then nothing has changed, or it is unknown whether anything has.
 */
export interface Ledger {
  /**
   * Claims a change, or returns what is known of it.
   *
   * @param awaited the fence of the run whose end the caller has waited for; null if it has not waited
   */
  claim(change: KeyedChange, awaited: number | null): Promise<Claim>;
  /**
   * Records that a change may be sent from now on.
   *
   * @param started an event that is written in the same transaction, unless this returns false
   * @returns false if another request has claimed it since: then it must not be sent
   */
  recordIntent(claimed: Claimed, started?: AuditEvent | null): Promise<boolean>;
  /**
   * Records the end of a change.
   *
   * @param finished an event that is written in the same transaction, unless the end is stored already
   * @returns false if another request has claimed it since: then the end counts for nothing
   */
  recordEnd(claimed: Claimed, end: StoredEnd, finished?: AuditEvent | null): Promise<boolean>;
  /** Returns for how long the oldest change has been sending without an end, in ms; null if none is. */
  readOldestIntent(): Promise<number | null>;
  /** Returns a secret of 32 bytes, which is made once and kept, for keyed hashes. */
  readSecret(): Promise<Uint8Array>;
  /** Deletes the changes that ended longer ago than that, in ms. */
  deleteEnded(ageMs: number): Promise<void>;
  /** Closes the database once everything that was begun is written. */
  close(): Promise<void>;
}
