/** The label values of one series, in the order of its family's names. */
export type Labels = readonly string[];

/** The name of a metric, its HELP text and its labels. */
export interface FamilyInfo {
  /** The name without the prefix. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** A counter, which only grows. */
export class Counter {
  value = 0;
}

/** A histogram of durations in seconds, as in Prometheus. */
export class Histogram {
  readonly #bounds: readonly number[];
  /** The observations in each bucket (not cumulative), and beyond the last bound. */
  readonly counts: number[];
  sum = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  /** @param ms a duration */
  add(ms: number): void {
    const seconds = ms / 1_000;
    this.sum += seconds;
    let index = 0;
    while (index < this.#bounds.length && seconds > (this.#bounds[index] as number)) index += 1;
    this.counts[index] = (this.counts[index] as number) + 1;
  }
}

/**
 * The series of one metric, by their labels. Callers keep the series that they update: a look-up joins the labels to a
 * string (optimisations.md, group). Label values must come from the code or from a bounded set.
 */
export class Family<Series> {
  readonly info: FamilyInfo;
  readonly #create: () => Series;
  readonly #series = new Map<string, { readonly labels: Labels; readonly series: Series }>();

  constructor(info: FamilyInfo, create: () => Series) {
    this.info = info;
    this.#create = create;
  }

  /** Returns the series with the labels, and creates it if it is new. */
  get(...labels: Labels): Series {
    const key = labels.join('\n');
    let known = this.#series.get(key);
    if (known === undefined) {
      known = { labels, series: this.#create() };
      this.#series.set(key, known);
    }
    return known.series;
  }

  /** Returns all series with their labels. */
  list(): Iterable<{ readonly labels: Labels; readonly series: Series }> {
    return this.#series.values();
  }
}
