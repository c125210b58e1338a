import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../../src/state/postgres/migrate.ts';
import { migrations } from '../../../src/state/postgres/migrations.ts';
import { type PostgresServer, runStatement, startPostgres } from '../../support/postgres.ts';
import { startProcess } from '../../support/process.ts';

const password = 'Secret#Word/1';
const gateway = { AEROSPIKE_URL: 'https://vendor.invalid/v2', PORT: '0', ADMIN_PORT: 'off' };

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres({ fsync: false, password });
});
afterAll(() => server[Symbol.asyncDispose]());

async function createUrl(change: (url: URL) => unknown = () => {}): Promise<string> {
  const url = new URL(await server.createDatabase());
  await change(url);
  return url.href;
}

async function run(env: Record<string, string>, ...args: readonly string[]) {
  await using process = startProcess('main.ts', { ...gateway, ...env }, args);
  const code = await process.exited;
  return { code, output: process.output() };
}

describe.each([
  [
    'cannot be reached',
    () => createUrl((url) => Object.assign(url, { port: '1' })),
    /connect ECONNREFUSED 127\.0\.0\.1:1\. Check host, port and TLS/,
  ],
  [
    'has another password',
    () => createUrl((url) => Object.assign(url, { password: `${encodeURIComponent(password)}x` })),
    /password authentication failed for user "postgres"\. Check user and password/,
  ],
  [
    'does not exist',
    () => createUrl((url) => Object.assign(url, { pathname: '/missing' })),
    /database "missing" does not exist\. Create the database/,
  ],
  [
    'does not let the role create the schema',
    () =>
      createUrl(async (url) => {
        const role = `role_${url.pathname.slice(1)}`;
        await runStatement(url.href, `create role ${role} login password '${password}'`);
        url.username = role;
      }),
    /permission denied .*\. Let an administrator run CREATE SCHEMA membership_gateway/,
  ],
  [
    'is too new',
    () =>
      createUrl(async (url) => {
        const next = { oldestCompatible: migrations.length + 1, sql: 'select 1' };
        await migrate(url.href, [...migrations, next]);
      }),
    /schema version \d+ or newer, and this gateway has \d+\. Start a newer gateway/,
  ],
  [
    'offers no TLS',
    () => createUrl((url) => url.searchParams.set('sslmode', 'require')),
    /The server does not support SSL connections\. Check host, port and TLS/,
  ],
])('a database that %s', (_what, create, reason) => {
  test.each([
    ['prevents the start', []],
    ['is a problem for --check', ['--check']],
  ])('%s, in a line without its password', async (_name, args) => {
    const { code, output } = await run({ DATABASE_URL: await create() }, ...args);
    expect(code).toBe(1);
    const lines = output.trim().split('\n');
    const line = lines.at(-1);
    expect(lines).toHaveLength(args.length + 1);
    expect(line).toMatch(reason);
    expect(line).toMatch(/^membership-gateway: DATABASE_URL: postgres:\/\/127\.0\.0\.1:\d+\/\w+ /);
    expect(output).not.toMatch(/secret|word\/1/i);
  });
});

test('deploy/postgres.sql is enough for a role of its own', async () => {
  const url = await createUrl(async (admin) => {
    await runStatement(admin.href, await readFile('deploy/postgres.sql', 'utf8'));
    admin.username = 'membership_gateway';
    admin.password = 'change-me';
  });
  await using process = startProcess('main.ts', { ...gateway, DATABASE_URL: url });
  await process.printed(/"msg":"listening"/);
});

test('--check reports the schema version, and does not change the database', async () => {
  const url = await createUrl();
  const check = () => run({ DATABASE_URL: url }, '--check');
  const first = await check();
  expect(first).toMatchObject({ code: 0 });
  expect(first.output).toMatch(/schema version 0; the gateway brings it to \d+ when it starts$/m);
  expect((await check()).output).toBe(first.output);
  await migrate(url);
  expect((await check()).output).toMatch(/: schema version \d+$/m);
});

test('the URL may be in a file, and the gateway starts and stops with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'url-'));
  const file = join(folder, 'url');
  await writeFile(file, `${await createUrl()}\n`);
  await using process = startProcess('main.ts', { ...gateway, ...from(file) });
  await process.printed(/"msg":"listening"/);
  process.child.kill('SIGTERM');
  expect(await process.exited).toBe(0);
  expect(process.output()).toMatch(/"msg":"stopped"/);
  expect(process.output()).not.toMatch(/secret|word\/1/i);
  await rm(folder, { recursive: true });
});

test('a database that cannot be used is reported under the name of the variable with the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'url-'));
  const file = join(folder, 'url');
  await writeFile(file, await createUrl((url) => Object.assign(url, { port: '1' })));
  const { code, output } = await run(from(file));
  expect(code).toBe(1);
  expect(output).toMatch(/^membership-gateway: DATABASE_URL_FILE: postgres:/);
  await rm(folder, { recursive: true });
});

/** Names the file. Processes of tests have `DATABASE_URL=off` unless it is set, and an empty value is none. */
function from(file: string): Record<string, string> {
  return { DATABASE_URL: '', DATABASE_URL_FILE: file };
}
