const spanMs = 10_000;
const sliceMs = 1_000;
const leastOperations = 10;

interface Slice {
  /** In ms as `performance.now()` reports them. */
  readonly start: number;
  operations: number;
  outages: number;
}

/**
 * Decides when a vendor counts as down: when of at least ten operations that ended in the last ten
 * seconds half or more were outages.
 */
export class SamplingWindow {
  #slices: Slice[] = [];

  /** Counts an operation that has ended. @returns whether the vendor counts as down by it */
  count(isOutage: boolean): boolean {
    const slice = this.#slice();
    slice.operations += 1;
    if (!isOutage) return false;
    slice.outages += 1;
    let [operations, outages] = [0, 0];
    for (const one of this.#slices) {
      operations += one.operations;
      outages += one.outages;
    }
    const isDown = operations >= leastOperations && outages * 2 >= operations;
    // What opened the circuit must not open it again as soon as a probe has closed it.
    if (isDown) this.#slices = [];
    return isDown;
  }

  /** The slice of now; those that are over are let go. */
  #slice(): Slice {
    const now = performance.now();
    const last = this.#slices.at(-1);
    if (last !== undefined && now < last.start + sliceMs) return last;
    const slice = { start: now, operations: 0, outages: 0 };
    this.#slices = [...this.#slices.filter(({ start }) => start > now - spanMs), slice];
    return slice;
  }
}
