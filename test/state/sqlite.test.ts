import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { SqliteLedger } from '../../src/state/sqlite/ledger.ts';
import { describeLedger } from './conformance.ts';

async function openFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  return {
    path: join(folder, 'data', 'gateway.db'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

describeLedger('the embedded database', async () => {
  const folder = await openFolder();
  let ledger = await SqliteLedger.open(folder.path);
  return {
    get ledgers() {
      return [ledger];
    },
    replace: async () => {
      await ledger.close();
      ledger = await SqliteLedger.open(folder.path);
      return ledger;
    },
    [Symbol.asyncDispose]: async () => {
      await ledger.close();
      await folder[Symbol.asyncDispose]();
    },
  };
});

test('a file that is open already is refused', async () => {
  await using folder = await openFolder();
  const first = await SqliteLedger.open(folder.path);
  await expect(SqliteLedger.open(folder.path)).rejects.toThrow('another process has opened it');
  await first.close();
  const second = await SqliteLedger.open(folder.path);
  await second.close();
});

test('deletes any number of old changes in batches, and no other', async () => {
  await using folder = await openFolder();
  const ledger = await SqliteLedger.open(folder.path);
  await Promise.all(
    Array.from({ length: 1_200 }, async (_, index) => {
      const change = { scope: 's', key: `k${index}`, fingerprint: 'f' };
      const claim = await ledger.claim(change, null);
      if (!('claimed' in claim)) throw new Error(claim.kind);
      const end = { outcome: 'APPLIED', confirmedBy: 'READ_BACK', result: '{}' } as const;
      if (index > 0) await ledger.recordEnd(claim.claimed, end);
    }),
  );
  await ledger.deleteEnded(-60_000);
  const kinds = await Promise.all(
    [0, 1, 600, 1_199].map((index) =>
      ledger.claim({ scope: 's', key: `k${index}`, fingerprint: 'f' }, null),
    ),
  );
  expect(kinds.map(({ kind }) => kind)).toEqual(['inProgress', 'begin', 'begin', 'begin']);
  await ledger.close();
});

test('a thread that ended is started again, and what the process works on stays in progress', async () => {
  await using folder = await openFolder();
  const ledger = await SqliteLedger.open(folder.path);
  const change = { scope: 's', key: 'k', fingerprint: 'f' };
  const post = vi.spyOn(Worker.prototype, 'postMessage');
  const claim = await ledger.claim(change, null);
  const worker = post.mock.contexts[0] as Worker;
  post.mockRestore();
  await worker.terminate();
  await vi.waitUntil(
    () =>
      ledger.readSecret().then(
        () => true,
        () => false,
      ),
    { timeout: 10_000 },
  );
  expect(await ledger.claim(change, null)).toMatchObject({ kind: 'inProgress' });
  if (!('claimed' in claim)) throw new Error(claim.kind);
  expect(await ledger.recordIntent(claim.claimed)).toBe(true);
  await ledger.close();
});

test('calls after the end of the thread are rejected, and none hangs', async () => {
  await using folder = await openFolder();
  const ledger = await SqliteLedger.open(folder.path);
  const pending = ledger.readSecret();
  await ledger.close();
  expect(await pending).toHaveLength(32);
  await expect(ledger.readSecret()).rejects.toThrow('has ended');
});
