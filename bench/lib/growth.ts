/** A size in a series, with its cost. */
export interface GrowthStep {
  readonly size: number;
  /** The CPU per operation, in µs. */
  readonly cpuUs: number;
}

/** The tolerance of an exponent. Beyond 1 by more than this, growth counts as faster than linear. */
const tolerance = 0.1;

/**
 * The power of the size by which the cost grows: the slope through the steps in logarithms, by least squares.
 * 0 where it does not grow, 1 where it grows in proportion.
 */
export function calculateExponent(steps: readonly GrowthStep[]): number {
  const points = steps.map(({ size, cpuUs }) => ({ x: Math.log(size), y: Math.log(cpuUs) }));
  const mean = (key: 'x' | 'y') => points.reduce((sum, one) => sum + one[key], 0) / points.length;
  const [x, y] = [mean('x'), mean('y')];
  const above = points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0);
  return above / points.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
}

/** Returns the exponent of the steepest step between two sizes. */
export function findSteepest(steps: readonly GrowthStep[]): number {
  const pairs = steps
    .slice(1)
    .map((step, index) => calculateExponent([steps[index] ?? step, step]));
  return Math.max(...pairs);
}

/** Describes an exponent in words. */
export function describeGrowth(exponent: number): string {
  return exponent <= 1 + tolerance ? 'no faster than linear' : 'FASTER THAN LINEAR';
}

/** Describes the growth of memory in a sentence. */
export function describeMemory(
  steps: readonly { readonly size: number; readonly mib: number }[],
): string {
  const [least, most] = [steps[0], steps.at(-1)];
  const of = (key: 'size' | 'mib') => (most?.[key] ?? Number.NaN) / (least?.[key] ?? Number.NaN);
  return `Memory at the end is ${of('mib').toFixed(2)} times that of the least, for ${of('size').toFixed(0)} times as many.`;
}
