import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all that nobody reaches. */
export const collect = runInNewContext('gc') as () => void;

/** What the heap holds once all is collected that nobody reaches, in MiB. */
export function measureHeapMiB(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1_048_576;
}

/** More than any noise of a few hundred requests; a few KiB kept of each would pass it. */
export const noiseMiB = 12;
