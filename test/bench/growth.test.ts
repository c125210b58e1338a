import { describe, expect, test } from 'vitest';
import { calculateExponent, describeGrowth, findSteepest } from '../../bench/lib/growth.ts';

const steps = (cost: (size: number) => number) =>
  [1, 10, 100].map((size) => ({ size, cpuUs: cost(size) }));

describe('how a cost grows', () => {
  test.each([
    [0, () => 7],
    [1, (size: number) => 3 * size],
    [2, (size: number) => size ** 2],
  ])('tells the power %d of what grows by it', (power, cost) => {
    expect(calculateExponent(steps(cost))).toBeCloseTo(power, 9);
    expect(findSteepest(steps(cost))).toBeCloseTo(power, 9);
  });

  test('finds one steep step among flat ones', () => {
    const uneven = steps((size) => (size === 100 ? 1_000 : 1));
    expect(findSteepest(uneven)).toBeCloseTo(3, 9);
  });

  test('calls faster than linear only what is', () => {
    expect(describeGrowth(1)).toBe('no faster than linear');
    expect(describeGrowth(1.5)).toBe('FASTER THAN LINEAR');
  });
});
