import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Random } from './random.ts';
import { type Fates, type SeenCall, type SeenWrite, Vendors } from './vendors.ts';

/*
 * The vendors of a chaos run, in a thread of their own, so that a busy run does not delay their clock. They delay and lose
 * answers at random.
 */

/** All that the vendors of a run saw. */
export interface VendorRecord {
  readonly writes: readonly SeenWrite[];
  readonly calls: readonly SeenCall[];
  /** The longest time that the thread did not run, in ms: a call may have arrived so much earlier than it was seen. */
  readonly stallMs: number;
}

const random = new Random((workerData as { readonly seed: number }).seed);

/** Longer than a call may take, in ms: the gateway has given up when the change is made. */
const lateMs = 1_500;

const wait = () => sleep(random.between(0, 150));

const fates: Fates = {
  decideWrite: () =>
    random.pick([
      [76, { before: wait(), isMade: true, answer: 'confirm' }],
      [8, { before: wait(), isMade: true, after: wait(), answer: 'drop' }],
      [3, { before: wait(), isMade: false, answer: 'drop' }],
      [4, { before: wait(), isMade: false, answer: 'refuse' }],
      [3, { before: wait(), isMade: false, answer: 'fail' }],
      [2, { before: wait(), isMade: true, answer: 'fail' }],
      [2, { before: sleep(lateMs), isMade: true, answer: 'confirm' }],
      [2, { before: wait(), isMade: true, after: sleep(lateMs), answer: 'confirm' }],
    ]),
  decideRead: () =>
    random.pick([
      [90, { before: wait(), answer: 'confirm' }],
      [5, { before: wait(), answer: 'drop' }],
      [5, { before: wait(), answer: 'fail' }],
    ]),
};

const port = parentPort as MessagePort;
const vendors = await Vendors.start(fates);
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
port.postMessage(vendors.url);
port.on('message', (message: 'begin' | 'record') => {
  // The calls come later: the start of this thread is no stall.
  if (message === 'begin') delay.reset();
  else {
    const { writes, calls } = vendors;
    port.postMessage({ writes, calls, stallMs: delay.max / 1e6 } satisfies VendorRecord);
  }
});
