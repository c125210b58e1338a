import type { Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import { AttemptHandler } from '../../src/upstream/attempt.ts';
import type { Attempt } from '../../src/upstream/response.ts';
import { TimeoutQueue } from '../../src/upstream/timeout-queue.ts';

test('never writes a request whose time ended in the queue, since it was reported as not sent', async () => {
  let isWritten = false;
  const { promise, resolve, reject } = Promise.withResolvers<Attempt>();
  const listener = {
    handleWrite: () => {
      isWritten = true;
      return true;
    },
    handleEnd: () => {},
  };
  const handler = new AttemptHandler({
    timeoutMs: 1,
    timeouts: new TimeoutQueue(),
    listener,
    signal: null,
    settle: resolve,
    reject,
  });
  expect(await promise).toMatchObject({ kind: 'notSent', problem: 'TIMEOUT' });
  const aborted: unknown[] = [];
  const controller = { abort: (reason: unknown) => aborted.push(reason) };
  handler.onRequestStart(controller as unknown as Dispatcher.DispatchController);
  expect(aborted).toHaveLength(1);
  expect(isWritten).toBe(false);
});
