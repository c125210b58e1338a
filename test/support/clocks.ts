import { vi } from 'vitest';

/** The two clocks of this process while a test moves them. Timers keep running. */
export interface MovedClocks extends Disposable {
  /** Moves both clocks on, as time does. */
  pass(ms: number): void;
  /** Sets the wall clock only, as an operator or NTP does; a negative number sets it back. */
  stepWall(ms: number): void;
}

/** Takes the clocks over until disposed. The wall clock stands still in between; the monotonic one runs on. */
export function moveClocks(): MovedClocks {
  const real = performance.now.bind(performance);
  let passed = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const monotonic = vi.spyOn(performance, 'now').mockImplementation(() => real() + passed);
  const stepWall = (ms: number) => {
    vi.setSystemTime(Date.now() + ms);
  };
  return {
    pass: (ms) => {
      passed += ms;
      stepWall(ms);
    },
    stepWall,
    [Symbol.dispose]: () => {
      monotonic.mockRestore();
      vi.useRealTimers();
    },
  };
}

/** Waits until something holds, by turns of the event loop: Vitest's own ways to wait move faked timers. */
export async function turnUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
