import type { Operated } from './admin.ts';
import type { Audit } from './audit.ts';
import { makeOnce } from './late-load.ts';
import type { Lifecycle } from './lifecycle.ts';
import { registryOf } from './metrics/exposition.ts';
import { gaugesOf } from './metrics/gauges.ts';
import type { Metrics } from './metrics/metrics.ts';
import { beginMutations } from './metrics/mutations.ts';
import { readinessOf } from './readiness.ts';
import { schema } from './schema/index.ts';
import type { Clients } from './vendors/index.ts';

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
