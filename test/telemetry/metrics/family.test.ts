import fc from 'fast-check';
import prom from 'prom-client';
import { expect, test } from 'vitest';
import { bounds, Metrics } from '../../../src/telemetry/metrics/metrics.ts';
import { createRegistry } from '../../../src/telemetry/metrics/registry.ts';
import { parseSamples } from '../../support/scrape.ts';

test('exports a histogram as prom-client does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.double({ min: 0, max: 30, noNaN: true }), fc.constantFrom(...bounds)), {
        maxLength: 40,
      }),
      async (seconds) => {
        const registry = new prom.Registry();
        const name = 'membership_gateway_vendor_call_duration_seconds';
        const theirs = new prom.Histogram({
          name,
          help: 'x',
          labelNames: ['vendor', 'endpoint'],
          buckets: bounds,
          registers: [registry],
        });
        const metrics = new Metrics();
        const ours = metrics.callSeconds.get('V', 'GET /x');
        for (const one of seconds) {
          theirs.labels('V', 'GET /x').observe(one);
          ours.add(one * 1_000);
        }
        const shown = await (await createRegistry(metrics, [])).getSingleMetricAsString(name);
        const wanted = await registry.metrics();
        const counted = (text: string) =>
          parseSamples(text).filter((one) => !one.name.endsWith('_sum'));
        const sum = (text: string) =>
          parseSamples(text).find((one) => one.name.endsWith('_sum'))?.value;
        if (seconds.length > 0) expect(counted(shown)).toEqual(counted(wanted));
        expect(sum(shown) ?? 0).toBeCloseTo(sum(wanted) ?? 0, 6);
      },
    ),
    { numRuns: 30 },
  );
});
