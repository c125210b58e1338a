/** Where the durable state is kept. */
export type DatabaseUrl =
  | { readonly kind: 'off' }
  /** `path` is relative to the folder that the process was started in. */
  | { readonly kind: 'file'; readonly path: string }
  /** `url` contains a password; `shown` does not. */
  | { readonly kind: 'postgres'; readonly url: string; readonly shown: string };

/** Settings of the durable state. */
export interface StateSettings {
  readonly database: DatabaseUrl;
  /** The variable by which the operator named the database, which then has to work; null for the default. */
  readonly databaseVariable: 'DATABASE_URL' | 'DATABASE_URL_FILE' | null;
  /** How long the end of a change with an idempotency key is kept, in hours. */
  readonly idempotencyHours: number;
  /** Whether the audit log is in the database. */
  readonly isAuditInDatabase: boolean;
  /** How long its events are kept, in days; null for ever. */
  readonly auditDays: number | null;
}
