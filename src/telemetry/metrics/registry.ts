import type { Registry } from 'prom-client';
import { loadLate } from '../../server/late-load.ts';
import type { Family, Histogram } from './family.ts';
import { bounds, type Metrics } from './metrics.ts';

/** What stands before the names of all that is the gateway's own. */
export const prefix = 'membership_gateway_';

/** A value that is read when somebody asks. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What there is at a moment, or was counted elsewhere. */
export interface Gauge {
  /** Without the product's prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly type: 'gauge' | 'counter';
  read(): readonly Sample[];
}

/**
 * Everything that is shown, in a registry of prom-client. That is loaded when somebody first asks: it takes
 * longer to load than the gateway takes to start.
 */
export function createRegistry(metrics: Metrics, gauges: readonly Gauge[]): Registry {
  const prom: typeof import('prom-client') = loadLate('prom-client');
  const registry = new prom.Registry();
  for (const { name, help, labels, type, read } of [...countsOf(metrics), ...gauges]) {
    const Kind = type === 'counter' ? prom.Counter : prom.Gauge;
    new Kind({
      name: prefix + name,
      help,
      labelNames: [...labels],
      registers: [registry],
      collect() {
        this.reset();
        for (const one of read()) this.inc(one.labels, one.value);
      },
    });
  }
  for (const family of metrics.durations()) registry.registerMetric(histogram(family));
  prom.collectDefaultMetrics({ register: registry });
  return registry;
}

function countsOf(metrics: Metrics): Gauge[] {
  return metrics.counts().map((family) => ({
    ...family.info,
    type: 'counter',
    read: () =>
      Array.from(family.all(), ({ labels, series }) => ({
        labels: named(family.info.labels, labels),
        value: series.value,
      })),
  }));
}

type Registered = Parameters<Registry['registerMetric']>[0];

/** A histogram as a registry asks for it: prom-client's own takes single observations only. */
function histogram(family: Family<Histogram>): Registered {
  const name = prefix + family.info.name;
  const values = ({ labels, series }: { labels: readonly string[]; series: Histogram }) => {
    const common = named(family.info.labels, labels);
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
    values: [...family.all()].flatMap(values),
  });
  return { name, get } as unknown as Registered;
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
