/** A value of one series. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that is read from the state of the process, or that is counted elsewhere. */
export interface Gauge {
  /** The name without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly type: 'gauge' | 'counter';
  read(): readonly Sample[];
}

/** Creates a value that goes up and down. */
export function createGauge(
  name: string,
  help: string,
  labels: readonly string[],
  read: () => readonly Sample[],
): Gauge {
  return { name, help, labels, type: 'gauge', read };
}

/** Creates a count that is kept elsewhere. */
export function createCounter(
  name: string,
  help: string,
  labels: readonly string[],
  read: () => readonly Sample[],
): Gauge {
  return { name, help, labels, type: 'counter', read };
}

/** Returns the sample of a metric without labels. */
export function toSamples(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}
