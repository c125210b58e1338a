import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raw } from 'jq-wasm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ids } from '../support/changes.ts';
import { credentials } from '../support/gateway.ts';
import { createKeyedRequest, keyedMutations } from '../support/keyed.ts';
import { type PostgresServer, runStatement, startPostgres } from '../support/postgres.ts';
import { startProcess, type TestProcess } from '../support/process.ts';
import { over, startWorld, type World } from '../support/world.ts';
import { readPage } from './page.ts';

// The commands and statements of docs/operations.md about the audit log in the database, as an operator runs them.
const page = readPage('docs/operations.md');

/** Returns the block of a language whose first line is that comment. */
function getBlock(language: string, comment: string): string {
  const marks = [`-- ${comment}`, `# ${comment}`];
  const block = page.blocks(language).find((one) => marks.some((mark) => one.startsWith(mark)));
  if (block === undefined) throw new Error(`docs/operations.md has no block "${comment}"`);
  return block;
}

let folder: string;
let server: PostgresServer;
let url: string;
let world: World;
let gateway: TestProcess;
let admin: string;

const withRole = (role: string) => url.replace('postgres@', `${role}@`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'operations-'));
  server = await startPostgres({ fsync: false });
  url = await server.createDatabase();
  world = await startWorld(true);
  await runStatement(url, getBlock('sql', 'roles'));
  const env = { ...over(world), AUDIT_LOG: 'database', PORT: '0' };
  const owner = { ...env, DATABASE_URL: withRole('gateway_owner') };
  const migration = startProcess('main.ts', owner, ['--migrate']);
  expect(await migration.exited, migration.output()).toBe(0);
  expect(migration.output()).toMatch(/: schema version \d+\n$/);
  await runStatement(withRole('gateway_owner'), getBlock('sql', 'retention'));
  await runStatement(
    url,
    `insert into membership_gateway.audit_event (epoch, event, replica, time)
    select 1, 'opened', 'old', now() - age
    from unnest(array['366 days', '364 days']::interval[]) as age`,
  );
  gateway = startProcess('main.ts', {
    ...env,
    AUDIT_DAYS: '365',
    DATABASE_URL: withRole('gateway_server'),
  });
  const [, api = '', adminUrl = ''] = await gateway.printed(
    /"url":"(http:[^"]+)","admin":"(http:[^"]+)"/,
  );
  admin = adminUrl;
  for (const mutation of keyedMutations) {
    for (const key of [null, 'k1']) {
      world.isMember = mutation.name !== 'attachStreamLeader';
      const response = await fetch(api, {
        method: 'POST',
        headers: { ...credentials, 'content-type': 'application/json', 'x-request-id': 'r' },
        body: JSON.stringify(createKeyedRequest(mutation, key)),
      });
      expect(await response.text()).toContain('APPLIED');
    }
  }
}, 60_000);

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs the export as a command of the documentation. */
function exportEvents(): void {
  const script = page.blocks('sh').find((block) => block.includes('/audit?after='));
  const command = script?.replaceAll('http://127.0.0.1:4001', admin) ?? '';
  execFileSync('sh', ['-e', '-c', command], { cwd: folder });
}

test('the export adds each event once, however often it runs', async () => {
  const file = join(folder, 'audit.jsonl');
  exportEvents();
  exportEvents();
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(2 + 4 * keyedMutations.length);
  expect(new Set(lines).size).toBe(lines.length);
  exportEvents();
  expect((await readFile(file, 'utf8')).trim().split('\n')).toEqual(lines);
});

const removed = {
  caller: null,
  vendor: 'AEROSPIKE',
  mutation: 'removeOrgMember',
  outcome: 'APPLIED',
};

test('the query finds who removed one person', async () => {
  const rows = await runStatement(
    withRole('gateway_server'),
    getBlock('sql', 'who removed one person'),
  );
  const row = { ...removed, ids: { userId: ids.memberId }, request_id: 'r' };
  expect(rows).toMatchObject([row, row]);
});

test('jq finds who removed one person in the export', async () => {
  exportEvents();
  const block = getBlock('sh', 'who removed one person');
  const [, flags = '', filter = ''] =
    /\njq ((?:-[a-zA-Z]+ |--arg \w+ \S+ )+)'([^']+)'/.exec(block) ?? [];
  const input = await readFile(join(folder, 'audit.jsonl'), 'utf8');
  const lines = (await raw(input, filter, flags.trim().split(' '))).trim().split('\n');
  const row = expect.stringMatching(/Z\t-\tAEROSPIKE\tremoveOrgMember\tAPPLIED\tr$/);
  expect(lines).toEqual([row, row]);
});

test('events older than AUDIT_DAYS are deleted when the gateway starts', async () => {
  const count = `select count(*)::int as count from membership_gateway.audit_event where replica = 'old'`;
  await vi.waitUntil(async () => (await runStatement(url, count))[0]?.['count'] !== 2);
  expect(await runStatement(url, count)).toEqual([{ count: 1 }]);
});

test('the query finds changes that never ended', async () => {
  const query = getBlock('sql', 'begun and never ended');
  expect(await runStatement(url, query)).toEqual([]);
  await runStatement(
    url,
    `insert into membership_gateway.audit_event
      (epoch, event, replica, request_id, vendor, mutation, ids, time)
    select 1, 'started', 'gone', 'lost', 'KAITEN', 'removeGroupUser', '{"userId":"501"}', now() - age
    from unnest(array['1 hour', '1 second']::interval[]) as age`,
  );
  expect(await runStatement(url, query)).toMatchObject([
    { request_id: 'lost', mutation: 'removeGroupUser', ids: { userId: '501' } },
  ]);
});
