/** The label values of one series, in the order of its family's names. */
export type Labels = readonly string[];

/** What all series of a name share. */
export interface FamilyInfo {
  /** Without the product's prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** One count, which only grows. */
export class Counter {
  value = 0;
}

/** How long things took: Prometheus' histogram, in seconds. */
export class Histogram {
  readonly #bounds: readonly number[];
  /** For each bound how many were not longer, and longer than the one before; behind them all others. */
  readonly counts: number[];
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  /** @param ms how long something took */
  add(ms: number): void {
    const seconds = ms / 1_000;
    this.sum += seconds;
    let index = 0;
    while (index < this.#bounds.length && seconds > (this.#bounds[index] as number)) index += 1;
    this.counts[index] = (this.counts[index] as number) + 1;
  }
}

/**
 * The series of one name, by their labels. Who counts keeps the series that it needs, since to look one up
 * costs more than to count; label values must come from the code or from a bounded set.
 */
export class Family<Series> {
  readonly info: FamilyInfo;
  readonly #make: () => Series;
  readonly #series = new Map<string, { readonly labels: Labels; readonly series: Series }>();

  constructor(info: FamilyInfo, make: () => Series) {
    this.info = info;
    this.#make = make;
  }

  /** The series of some labels, made where it is new. */
  of(...labels: Labels): Series {
    const key = labels.join('\n');
    let known = this.#series.get(key);
    if (known === undefined) {
      known = { labels, series: this.#make() };
      this.#series.set(key, known);
    }
    return known.series;
  }

  /** All series, with their labels. */
  all(): Iterable<{ readonly labels: Labels; readonly series: Series }> {
    return this.#series.values();
  }
}
