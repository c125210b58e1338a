import { setTimeout as sleep } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Random } from './random.ts';
import { type Fates, Vendors } from './vendors.ts';

/*
 * The vendors of a chaos run, in a thread of their own, so that a busy run does not delay their clock. They delay and lose
 * answers at random.
 */

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
port.postMessage(vendors.url);
port.on('message', () => port.postMessage(vendors.writes));
