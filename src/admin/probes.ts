import type { AuditLog } from '../changes/audit-log.ts';
import { schema } from '../schema/index.ts';
import { createOnce } from '../server/late-load.ts';
import type { Lifecycle } from '../server/lifecycle.ts';
import type { AuditEvents } from '../state/audit-events.ts';
import type { MeasuredLedger } from '../telemetry/database-calls.ts';
import { createGauges } from '../telemetry/metrics/gauges.ts';
import type { Metrics } from '../telemetry/metrics/metrics.ts';
import { initializeMutationSeries } from '../telemetry/metrics/mutations.ts';
import { createRegistry } from '../telemetry/metrics/registry.ts';
import type { Clients } from '../vendors/index.ts';
import { checkReadiness, type Readiness } from './readiness.ts';

/** The state of a gateway, for operators. */
export interface AdminProbes {
  readiness(): Promise<Readiness>;
  /** Returns the metrics in the text format of Prometheus, with its content type. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** The audit log, if it is in the database; null otherwise. */
  readonly auditEvents: AuditEvents | null;
}

/** Creates the probes of a gateway. */
export function createProbes(
  lifecycle: Lifecycle,
  audit: AuditLog | null,
  database: MeasuredLedger | null,
  clients: Clients,
  metrics: Metrics,
): AdminProbes {
  const registry = createOnce(async () => {
    initializeMutationSeries(metrics, schema);
    return createRegistry(metrics, createGauges(lifecycle, audit, database, clients));
  });
  return {
    auditEvents: audit?.database?.events ?? null,
    readiness: () => checkReadiness(lifecycle, audit, clients),
    metrics: async () => {
      const known = await registry();
      return { contentType: known.contentType, text: await known.metrics() };
    },
  };
}
