import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A vendor in a thread of its own, so that a busy test does not delay the stamps of its calls. */
export interface StrictVendor extends AsyncDisposable {
  readonly url: string;
  /** When each head arrived, in ms. */
  arrivals(): Promise<readonly number[]>;
  /** The longest that its thread did not run, in ms: a head may have arrived so much earlier than its stamp says. */
  longestStallMs(): Promise<number>;
}

/**
 * Starts a vendor that answers every call with a status after so many ms, and stamps the arrival of each head.
 */
export async function startStrictVendor(status: number, answerMs = 0): Promise<StrictVendor> {
  const url = new URL('./strict-vendor-worker.ts', import.meta.url);
  const worker = new Worker(url, { workerData: { status, answerMs } });
  const [port] = await once(worker, 'message');
  const read = async () => {
    worker.postMessage('read');
    const [answer] = await once(worker, 'message');
    return answer as readonly [arrivals: readonly number[], stallMs: number];
  };
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals: async () => (await read())[0],
    longestStallMs: async () => (await read())[1],
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}

/** Returns the most of some moments that any trailing window of so many ms holds. */
export function countWorstWindow(moments: readonly number[], windowMs: number): number {
  const inWindow = (end: number) => moments.filter((at) => at > end - windowMs && at <= end).length;
  return Math.max(0, ...moments.map(inWindow));
}
