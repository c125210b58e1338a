/** The longest time of a timer in ms: a longer one ends immediately (HTML standard, timers). */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs something that ends with the caller's signal, or after a time.
 *
 * @param ms the time in ms, or `Infinity`
 * @param run receives the signal, which aborts with a `TimeoutError` after the time
 */
export async function runWithin<T>(
  ms: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (ms > longestTimerMs) return run(signal);
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timeout = () => controller.abort(new DOMException('No response in time', 'TimeoutError'));
  const timer = setTimeout(timeout, ms);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** Waits for a time in ms, or until the signal aborts. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, longestTimerMs));
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
  });
}
