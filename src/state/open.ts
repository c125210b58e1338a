import { resolve } from 'node:path';
import type { Log } from '../telemetry/log.ts';
import type { AuditEvents } from './audit-events.ts';
import type { Ledger } from './ledger.ts';

/** Where the durable state is kept. */
export type DatabaseUrl =
  | { readonly kind: 'off' }
  /** `path` is relative to the folder that the process was started in. */
  | { readonly kind: 'file'; readonly path: string };

/** Settings of the durable state. */
export interface StateSettings {
  readonly database: DatabaseUrl;
  /** Whether the operator named the database: then it has to work. */
  readonly isDatabaseExplicit: boolean;
  /** How long the end of a change with an idempotency key is kept, in hours. */
  readonly idempotencyHours: number;
  /** Whether the audit log is in the database. */
  readonly isAuditInDatabase: boolean;
  /** How long its events are kept, in days; null for ever. */
  readonly auditDays: number | null;
}

/** The open durable state. */
export interface State {
  readonly ledger: Ledger;
  readonly audit: AuditEvents;
  /** The secret of keyed hashes. */
  readonly secret: Uint8Array;
  /** Closes the database once everything that was begun is written. */
  close(): Promise<void>;
}

/** How often what is no longer needed is deleted, in ms. */
const sweepMs = 600_000;

const hourMs = 3_600_000;

/**
 * Opens the durable state.
 *
 * @returns null without a database: if it is off, or if the default one cannot be used, which is a warning
 * @throws {Error} if the database that the operator named cannot be used, with a line that names the variable
 */
export async function openState(settings: StateSettings, log: Log): Promise<State | null> {
  const { database, isDatabaseExplicit } = settings;
  if (database.kind === 'off') return null;
  try {
    // Loaded only for those who have a database.
    const { SqliteLedger } = await import('./sqlite/ledger.ts');
    const ledger = await SqliteLedger.open(resolve(database.path));
    return await keepState(ledger, ledger.audit, settings, log);
  } catch (error) {
    const { message } = error as Error;
    const problem = `DATABASE_URL: file:${database.path} cannot be used: ${message}.`;
    if (isDatabaseExplicit) {
      throw new Error(`${problem} Set it to a file of this process alone, or to off.`);
    }
    log.warn({ problem }, 'no database; idempotency keys are not available');
    return null;
  }
}

async function keepState(
  ledger: Ledger,
  audit: AuditEvents,
  { idempotencyHours, isAuditInDatabase, auditDays }: StateSettings,
  log: Log,
): Promise<State> {
  const open = async () => {
    if (isAuditInDatabase) await audit.open();
    return ledger.readSecret();
  };
  const secret = await open().catch(async (error: unknown) => {
    await ledger.close();
    throw error;
  });
  const sweep = () => {
    ledger.deleteEnded(idempotencyHours * hourMs).catch((error: unknown) => {
      log.error({ err: error }, 'failed to delete old idempotency keys');
    });
    if (auditDays === null) return;
    audit.deleteOld(auditDays).catch((error: unknown) => {
      log.error({ err: error }, 'failed to delete old events of the audit log');
    });
  };
  sweep();
  const timer = setInterval(sweep, sweepMs).unref();
  return {
    ledger,
    audit,
    secret,
    close: () => {
      clearInterval(timer);
      return ledger.close();
    },
  };
}
