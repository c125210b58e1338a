import type { Registry } from 'prom-client';
import { loadLate } from '../../server/late-load.ts';
import type { Family, Histogram } from './family.ts';
import type { Gauge } from './gauge.ts';
import { bounds, type Metrics } from './metrics.ts';

/** The prefix of the gateway's own metrics. */
export const prefix = 'membership_gateway_';

/**
 * Creates a registry of all metrics. prom-client is loaded by the first call: that takes longer than the gateway
 * takes to start.
 */
export function createRegistry(metrics: Metrics, gauges: readonly Gauge[]): Registry {
  const prom: typeof import('prom-client') = loadLate('prom-client');
  const registry = new prom.Registry();
  for (const { name, help, labels, type, read } of [...toGauges(metrics), ...gauges]) {
    const Metric = type === 'counter' ? prom.Counter : prom.Gauge;
    new Metric({
      name: prefix + name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        for (const sample of read()) this.inc(sample.labels, sample.value);
      },
    });
  }
  for (const family of metrics.listHistograms())
    registry.registerMetric(toRegisteredMetric(family));
  prom.collectDefaultMetrics({ register: registry });
  return registry;
}

function toGauges(metrics: Metrics): Gauge[] {
  return metrics.listCounters().map((family) => ({
    ...family.info,
    type: 'counter',
    read: () =>
      Array.from(family.list(), ({ labels, series }) => ({
        labels: toLabels(family.info.labels, labels),
        value: series.value,
      })),
  }));
}

type Registered = Parameters<Registry['registerMetric']>[0];

/** Converts a histogram to a metric of the registry: prom-client's own class accepts single observations only. */
function toRegisteredMetric(family: Family<Histogram>): Registered {
  const name = prefix + family.info.name;
  const values = ({ labels, series }: { labels: readonly string[]; series: Histogram }) => {
    const common = toLabels(family.info.labels, labels);
    let sum = 0;
    const buckets = series.counts.map((count, index) => {
      sum += count;
      const le = String(bounds[index] ?? '+Inf');
      return { metricName: `${name}_bucket`, labels: { ...common, le }, value: sum };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: common, value: series.sum },
      { metricName: `${name}_count`, labels: common, value: sum },
    ];
  };
  const get = async () => ({
    name,
    help: family.info.help,
    type: 'histogram',
    aggregator: 'sum',
    values: [...family.list()].flatMap(values),
  });
  return { name, get } as unknown as Registered;
}

function toLabels(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
