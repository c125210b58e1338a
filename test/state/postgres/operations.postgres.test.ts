import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openPostgresLedger } from '../../../src/state/postgres/open.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { readPage } from '../../docs/page.ts';
import { findPrograms, runStatement } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';

const run = promisify(execFile);
const page = readPage('docs/operations.md');
const change = { scope: 'leaveGroup service:hr', key: 'k1', fingerprint: 'f1' };
const applied = { outcome: 'APPLIED', confirmedBy: 'READ_BACK', result: '{"id":"7"}' } as const;

/** Returns a block of the runbook by its first line, without it. */
function readBlock(language: string, comment: string): string {
  const block = page.blocks(language).find((text) => text.startsWith(comment));
  if (block === undefined) throw new Error(`the runbook has no block that begins with ${comment}`);
  return block.slice(comment.length);
}

const openLedger = (url: string) => openPostgresLedger(url, createLog({ write: () => {} }));

test('a restored backup knows the keys that it was made with, by the commands of the runbook', async () => {
  const url = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'backup-'));
  const env = {
    ...process.env,
    PATH: `${findPrograms()}:${process.env['PATH']}`,
    DATABASE_URL: url,
  };
  const runBlock = (comment: string) =>
    run('bash', ['-euc', readBlock('sh', comment)], { cwd: folder, env });
  try {
    const before = await openLedger(url);
    const claim = await before.claim(change, null);
    if (claim.kind !== 'begin') throw new Error(claim.kind);
    await before.recordIntent(claim.claimed);
    await before.recordEnd(claim.claimed, applied);
    const secret = await before.readSecret();
    await runBlock('# back up');
    expect(await before.claim({ ...change, key: 'later' }, null)).toMatchObject({ kind: 'begin' });
    await before.close();
    await runBlock('# restore');
    const after = await openLedger(url);
    expect(await after.claim(change, null)).toEqual({ kind: 'ended', end: applied });
    expect(Buffer.from(await after.readSecret())).toEqual(Buffer.from(secret));
    expect(await after.claim({ ...change, key: 'later' }, null)).toMatchObject({ kind: 'begin' });
    await after.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a change without an end is listed, and ends as unknown, by the statements of the runbook', async () => {
  const url = await createTestDatabase();
  const dead = await openLedger(url);
  const claim = await dead.claim(change, null);
  if (claim.kind !== 'begin') throw new Error(claim.kind);
  await dead.recordIntent(claim.claimed);
  await dead.close();
  await runStatement(
    url,
    `update membership_gateway.change set sent_at = sent_at - interval '1 hour'`,
  );
  const list = readBlock('sql', '-- sent, and no end is stored');
  expect(await runStatement(url, list)).toMatchObject([{ scope: change.scope, key: change.key }]);
  const declare = readBlock('sql', '-- nobody will send this request again');
  const names = [`--set=scope=${change.scope}`, `--set=key=${change.key}`];
  // Variables are replaced in what psql reads, and not in what it gets as an argument.
  execFileSync(join(findPrograms(), 'psql'), ['--quiet', '--set=ON_ERROR_STOP=1', ...names, url], {
    input: declare,
  });
  expect(await runStatement(url, list)).toEqual([]);
  const next = await openLedger(url);
  // Only a look may follow: it may have been made.
  expect(await next.claim(change, null)).toMatchObject({ kind: 'settleAgain' });
  await next.close();
});
