import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { credentials } from '../support/gateway.ts';
import { createKeyedRequest, keyedMutations } from '../support/keyed.ts';
import { startCommand, startProcess, type TestProcess } from '../support/process.ts';
import { startVendor } from '../support/vendor.ts';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const removal = keyedMutations.find(({ name }) => name === 'removeOrgMember');
const warning = /no database; idempotency keys are not available/;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-open-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts the gateway in the folder, without a `DATABASE_URL`. */
function startInFolder(url: string): TestProcess {
  const env = { AEROSPIKE_URL: url, PORT: '0', ADMIN_PORT: '0' };
  return startCommand(process.execPath, [program], env, folder);
}

async function removeMember(gateway: TestProcess): Promise<Record<string, unknown>> {
  const [, url = ''] = await gateway.printed(/"url":"(http:[^"]+)"/);
  if (removal === undefined) throw new Error('expected a removal');
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
    body: JSON.stringify(createKeyedRequest(removal, 'k1')),
  });
  const { data } = (await response.json()) as { data: Record<string, Record<string, unknown>> };
  return data['removeOrgMember'] ?? {};
}

test('keys are kept in ./data/gateway.db by default', async () => {
  await using vendor = await startVendor();
  {
    await using gateway = startInFolder(vendor.url);
    expect(await removeMember(gateway)).toMatchObject({ outcome: 'APPLIED', isReplay: false });
    expect(gateway.output()).not.toMatch(warning);
  }
  await using gateway = startInFolder(vendor.url);
  expect(await removeMember(gateway)).toMatchObject({ outcome: 'APPLIED', isReplay: true });
  expect(vendor.calls).toHaveLength(1);
});

test('without a folder for the default file the gateway starts with a warning and without keys', async () => {
  await using vendor = await startVendor();
  await writeFile(join(folder, 'data'), '');
  await using gateway = startInFolder(vendor.url);
  expect(await removeMember(gateway)).toMatchObject({ problem: 'NOT_AVAILABLE' });
  expect(gateway.output()).toMatch(warning);
  expect(vendor.calls).toEqual([]);
});

test('a second process beside the default file starts with a warning and without keys', async () => {
  await using vendor = await startVendor();
  await using first = startInFolder(vendor.url);
  await first.printed(/"url":/);
  await using second = startInFolder(vendor.url);
  expect(await removeMember(second)).toMatchObject({ problem: 'NOT_AVAILABLE' });
  expect(second.output()).toMatch(/another process has opened it/);
  expect(await removeMember(first)).toMatchObject({ outcome: 'APPLIED' });
});

test.each([
  ['cannot be written', async () => writeFile(join(folder, 'data'), '')],
  ['is no database', async () => writeFile(join(folder, 'gateway.db'), 'x'.repeat(4_096))],
])('a file that was named and %s prevents the start', async (_name, prepare) => {
  await prepare();
  const path = _name === 'cannot be written' ? 'data/gateway.db' : 'gateway.db';
  await using gateway = startProcess('main.ts', {
    AEROSPIKE_URL: 'https://vendor.invalid',
    DATABASE_URL: `file:${join(folder, path)}`,
  });
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toMatch(/^membership-gateway: DATABASE_URL: file:.* cannot be used: /m);
});
