import type { Dispatcher } from 'undici';
import { afterEach, expect, test, vi } from 'vitest';
import { AttemptHandler } from '../../src/upstream/attempt.ts';
import type { Attempt } from '../../src/upstream/response.ts';

afterEach(() => void vi.useRealTimers());

/** An attempt whose request was sent, and the result that it settled with. */
function startAttempt(timeoutMs: number) {
  const settled: Attempt[] = [];
  const handler = new AttemptHandler({
    timeoutMs,
    listener: { handleWrite: () => true, handleEnd: () => {} },
    signal: null,
    settle: (attempt) => settled.push(attempt),
    reject: () => {},
  });
  const controller = { abort: () => {} } as unknown as Dispatcher.DispatchController;
  handler.onRequestStart(controller);
  return { handler, controller, settled };
}

test('an attempt without a response ends after its timeout, to the ms', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { settled } = startAttempt(49.5);
  vi.advanceTimersByTime(49);
  expect(settled).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(settled).toMatchObject([{ kind: 'lost', problem: 'TIMEOUT', status: null }]);
});

test('an attempt that has ended leaves no timer, which would keep it in memory', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { handler, controller, settled } = startAttempt(50);
  handler.onResponseStart(controller, 204, {});
  handler.onResponseEnd();
  expect(settled).toMatchObject([{ kind: 'answered' }]);
  expect(vi.getTimerCount()).toBe(0);
});

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
