import { resolve } from 'node:path';
import type { Log } from '../telemetry/log.ts';
import type { AuditEvents } from './audit-events.ts';
import { describeDatabaseProblem } from './describe-problem.ts';
import type { Ledger } from './ledger.ts';
import type { DatabaseUrl, StateSettings } from './settings.ts';
import type { SharedLimits } from './shared-limits.ts';

/** The ledger, the audit log in the same database, and the number of processes that use it. */
type AuditedLedger = Ledger & { readonly audit: AuditEvents; readonly replicas: number };

/** The open durable state. */
export interface State {
  readonly ledger: Ledger;
  readonly audit: AuditEvents;
  /** The secret of keyed hashes. */
  readonly secret: Uint8Array;
  /** The limits that replicas share; null if the database belongs to this process only. */
  readonly limits: SharedLimits | null;
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
  const { database, databaseVariable } = settings;
  if (database.kind === 'off') return null;
  try {
    const ledger = await openLedger(database, log);
    const state = await keepState(ledger, settings, log);
    if (database.kind !== 'postgres') return state;
    return await addLimits(state, database.url, () => ledger.replicas, log);
  } catch (error) {
    const problem = describeDatabaseProblem(settings, error as Error);
    if (databaseVariable !== null) throw new Error(problem);
    log.warn({ problem }, 'no database; idempotency keys are not available');
    return null;
  }
}

/** Opens the ledger. The modules of a database are loaded only for those who have it. */
async function openLedger(
  database: Exclude<DatabaseUrl, { kind: 'off' }>,
  log: Log,
): Promise<AuditedLedger> {
  if (database.kind === 'postgres') {
    const { openPostgresLedger } = await import('./postgres/open.ts');
    return openPostgresLedger(database.url, log);
  }
  const { SqliteLedger } = await import('./sqlite/ledger.ts');
  return SqliteLedger.open(resolve(database.path));
}

async function keepState(
  ledger: AuditedLedger,
  { idempotencyHours, isAuditInDatabase, auditDays }: StateSettings,
  log: Log,
): Promise<State> {
  const { audit } = ledger;
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
    limits: null,
    close: () => {
      clearInterval(timer);
      return ledger.close();
    },
  };
}

/** Adds the limits that replicas share. They have connections of their own, so that no change delays a call. */
async function addLimits(
  state: State,
  url: string,
  countReplicas: () => number,
  log: Log,
): Promise<State> {
  const { PostgresLimits } = await import('./postgres/limits.ts');
  const limits = new PostgresLimits(url, state.secret, countReplicas);
  const sweep = () => {
    limits.sweep().catch((error: unknown) => {
      log.error({ err: error }, 'failed to delete old rate limits');
    });
  };
  const timer = setInterval(sweep, sweepMs).unref();
  return {
    ...state,
    limits,
    close: async () => {
      clearInterval(timer);
      await Promise.all([limits.close(), state.close()]);
    },
  };
}
