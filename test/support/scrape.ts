import type { TestGateway } from './gateway.ts';

/** One value of the text format of Prometheus. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The metrics of a gateway as text. */
export async function scrape({ gateway }: Pick<TestGateway, 'gateway'>): Promise<string> {
  return (await gateway.probes.metrics()).text;
}

/** Reads the text format of Prometheus; throws where a line is none of it. */
export function parseSamples(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', , labels = '', value] =
        /^([a-z_][a-z0-9_]*)(\{(.*)\})? (\S+)$/i.exec(line) ?? [];
      if (name === '') throw new Error(`no sample: ${line}`);
      const pairs = labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/gi);
      return {
        name,
        labels: Object.fromEntries(Array.from(pairs, ([, key, text]) => [key, text])),
        value: Number(value),
      };
    });
}

/** The value of one series of the gateway's own, undefined where there is none. */
export async function readMetric(
  gateway: Pick<TestGateway, 'gateway'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const found = parseSamples(await scrape(gateway)).find(
    (one) =>
      one.name === `membership_gateway_${name}` &&
      Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  );
  return found?.value;
}
