import type { AuditEvents } from '../state/audit-events.ts';
import type { Log } from '../telemetry/log.ts';
import type { AuditLog } from './audit-log.ts';
import { DatabaseAuditLog } from './database-audit-log.ts';
import { FileAuditLog } from './file-audit-log.ts';

/** Where the audit log is. */
export interface AuditLogSettings {
  /** The file, `-` for standard output, null for none. */
  readonly auditFile: string | null;
  readonly isAuditInDatabase: boolean;
}

/**
 * Creates the audit log; null if there is none.
 *
 * @param events the events of the open database; null without one
 * @throws {Error} if it cannot be used, with a line that names the variable
 */
export function createAuditLog(
  { auditFile, isAuditInDatabase }: AuditLogSettings,
  events: AuditEvents | null,
  log: Log,
): AuditLog | null {
  if (auditFile !== null) return new FileAuditLog(auditFile, log);
  if (!isAuditInDatabase) return null;
  if (events === null) throw new Error('AUDIT_LOG: expected an open database for "database"');
  return new DatabaseAuditLog(events, log);
}
