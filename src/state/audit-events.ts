import type { ChangeConfirmation, ChangeOutcome, MembershipVendor } from '../errors.ts';

/** A change that is about to be sent. */
export interface AuditedChange {
  readonly requestId: string;
  /** The name of the caller; null if the caller has none. */
  readonly caller: string | null;
  readonly vendor: MembershipVendor;
  readonly mutation: string;
  /** The ids of its input in their normal form. */
  readonly ids: Readonly<Record<string, string>>;
}

/** The end of a change. */
export interface AuditedEnd {
  readonly outcome: ChangeOutcome;
  readonly confirmedBy: ChangeConfirmation | null;
  /** The name of the error's type; null for a success. */
  readonly error: string | null;
  /** The status of the vendor's last response to the change; null if there was none. */
  readonly vendorStatus: number | null;
  readonly vendorRequestId: string | null;
}

/** An event of the audit log, without the time, which is added when it is written. */
export type AuditEvent =
  | { readonly event: 'opened' | 'recovered' | 'reopened' }
  | (AuditedChange & { readonly event: 'started' })
  | (AuditedChange & AuditedEnd & { readonly event: 'finished'; readonly durationMs: number });

/** An event in the database. */
export type StoredAuditEvent = AuditEvent & {
  /** When it was written (ISO 8601), by the database's clock. */
  readonly time: string;
  /** The host name of the process that wrote it. */
  readonly replica: string;
  /** Its position in the order in which events are read. */
  readonly cursor: string;
};

/** The cursor is none of this database. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';

  constructor() {
    super('expected a cursor of this audit log');
  }
}

/** The audit log in the database: events are added and read, and never changed. */
export interface AuditEvents {
  /** Whether other processes write to the same database. */
  readonly isShared: boolean;
  /** Begins the log of this process, with the event `opened`. */
  open(): Promise<void>;
  /**
   * Appends an event. Resolves once it is on the disk.
   *
   * @throws {DatabaseUnavailableError} if it could not be written, or if it is unknown whether it was
   */
  append(event: AuditEvent): Promise<void>;
  /**
   * Returns the events after a cursor, in an order in which no event is ever added before one that was read.
   *
   * @param after null for the first events
   * @throws {InvalidCursorError} if it is no cursor of this database
   */
  read(after: string | null, limit: number): Promise<readonly StoredAuditEvent[]>;
  /** Deletes the events that are older than that many days. */
  deleteOld(days: number): Promise<void>;
}
