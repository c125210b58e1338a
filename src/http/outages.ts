import type { IBreaker } from 'cockatiel';

const spanMs = 10_000;
const sliceMs = 1_000;
const leastOperations = 10;

interface Slice {
  readonly start: number;
  operations: number;
  outages: number;
}

/**
 * Decides when a vendor counts as down: when of at least ten operations that ended in the last ten
 * seconds half or more were outages.
 */
export class Outages implements IBreaker {
  #slices: Slice[] = [];

  /** For cockatiel's own serialization, which is not used. */
  state: unknown = null;

  success(): void {
    this.#count(false);
  }

  failure(): boolean {
    this.#count(true);
    const sum = (of: 'operations' | 'outages') =>
      this.#slices.reduce((total, slice) => total + slice[of], 0);
    const operations = sum('operations');
    const isDown = operations >= leastOperations && sum('outages') * 2 >= operations;
    // What opened the circuit must not open it again as soon as a probe has closed it.
    if (isDown) this.#slices = [];
    return isDown;
  }

  #count(isOutage: boolean): void {
    const now = Date.now();
    this.#slices = this.#slices.filter(({ start }) => start > now - spanMs);
    let slice = this.#slices.at(-1);
    if (slice === undefined || slice.start + sliceMs <= now) {
      slice = { start: now, operations: 0, outages: 0 };
      this.#slices.push(slice);
    }
    slice.operations += 1;
    if (isOutage) slice.outages += 1;
  }
}
