import type { Audit } from '../changes/audit-log.ts';
import { schema } from '../schema/index.ts';
import { makeOnce } from '../server/late-load.ts';
import type { Lifecycle } from '../server/lifecycle.ts';
import { gaugesOf } from '../telemetry/metrics/gauges.ts';
import type { Metrics } from '../telemetry/metrics/metrics.ts';
import { beginMutations } from '../telemetry/metrics/mutations.ts';
import { registryOf } from '../telemetry/metrics/registry.ts';
import type { Clients } from '../vendors/index.ts';
import { readinessOf } from './readiness.ts';
import type { Operated } from './server.ts';

/** What operators may ask of a gateway that is made from these. */
export function operatedOf(
  lifecycle: Lifecycle,
  audit: Audit | null,
  clients: Clients,
  metrics: Metrics,
): Operated {
  const registry = makeOnce(async () => {
    beginMutations(metrics, schema);
    return registryOf(metrics, gaugesOf(lifecycle, audit, clients));
  });
  return {
    readiness: () => readinessOf(lifecycle, audit, clients),
    metrics: async () => {
      const known = await registry();
      return { contentType: known.contentType, text: await known.metrics() };
    },
  };
}
