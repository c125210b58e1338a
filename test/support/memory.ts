import { collect } from './heap.ts';

/** What the process holds once all is collected that nobody reaches, in bytes: objects and buffers. */
export function heldBytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
