import { closeSync, constants, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { createGateway } from '../../src/gateway.ts';
import { allChanges, changes, ids } from '../support/changes.ts';
import { turnUntil } from '../support/clocks.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

/** This process's descriptors of a file. */
function openTo(file: string): string[] {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === file;
    } catch {
      return false;
    }
  });
}

/** A file of its own for a record of changes. */
async function startRecord() {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  const file = join(folder, 'audit.jsonl');
  return {
    file,
    lines: async (): Promise<Record<string, unknown>[]> => {
      const text = await readFile(file, 'utf8');
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    },
    /** Takes the open file away from under the gateway. */
    breakIt: () => closeSync(Number(openTo(file)[0])),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

afterEach(() => void vi.useRealTimers());

const events = (lines: readonly Record<string, unknown>[]) => lines.map(({ event }) => event);

test.each(allChanges)(
  'writes two audit lines for $name: one before the vendor is called, one before the response',
  async (change) => {
    await using record = await startRecord();
    let before: string[] = [];
    await using vendor = await startVendor((response) => {
      const written = readFileSync(record.file, 'utf8').trim().split('\n');
      before = written.map((line) => JSON.parse(line).event);
      const headers = { 'x-request-id': 'vendor-1' };
      response.writeHead(change.success.status, headers).end(change.success.body);
    });
    await using gateway = testGateway({
      [change.urlVariable]: vendor.url,
      AUDIT_LOG: record.file,
    });
    const headers = { ...credentials, 'x-request-id': 'request-1' };
    expect(await change.make(gateway, headers)).toMatchObject({ outcome: 'APPLIED' });
    expect(before).toEqual(['opened', 'started']);
    const [, started, finished, ...more] = await record.lines();
    const common = {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      requestId: 'request-1',
      vendor: change.vendor,
      mutation: change.name,
    };
    expect(started).toMatchObject({ ...common, event: 'started' });
    expect(finished).toMatchObject({
      ...common,
      event: 'finished',
      ids: started?.['ids'],
      outcome: 'APPLIED',
      confirmedBy: 'VENDOR_RESPONSE',
      error: null,
      vendorStatus: change.success.status,
      vendorRequestId: 'vendor-1',
      durationMs: expect.any(Number),
    });
    expect(Object.values(started?.['ids'] as object)).not.toHaveLength(0);
    expect(more).toEqual([]);
  },
);

test('records a failed change with its error, the vendor’s last status and its outcome', async () => {
  await using record = await startRecord();
  await using vendor = await startVendor({ status: 403 });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  await changes.removeGroupUser.make(gateway);
  expect((await record.lines())[2]).toMatchObject({
    event: 'finished',
    ids: { groupUid: ids.groupUid, userId: ids.kaitenUserId },
    outcome: 'NOT_APPLIED',
    confirmedBy: null,
    error: 'PermissionDeniedError',
    vendorStatus: 403,
    vendorRequestId: null,
  });
});

test('writes no credential to the audit log', async () => {
  await using record = await startRecord();
  await using vendor = await startVendor((response) => {
    response.writeHead(403, { 'x-request-id': 'kaiten-token-1' }).end();
  });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  await changes.removeGroupUser.make(gateway);
  expect(await readFile(record.file, 'utf8')).not.toContain('kaiten-token-1');
});

test('records neither reads nor changes that are rejected for their input or credentials', async () => {
  await using record = await startRecord();
  await using vendor = await startVendor({ status: 404 });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  await changes.removeGroupUser.make(gateway, {});
  await gateway.sendText(
    'mutation { removeGroupUser(input: {groupUid: "..", userId: 1}) { __typename } }',
  );
  await gateway.sendText('{ group(uid: "g") { name } }');
  expect(events(await record.lines())).toEqual(['opened']);
});

test('does not record a change that is rejected immediately: the circuit is open, or no slot is free in time', async () => {
  await using record = await startRecord();
  await using vendor = await startVendor({ status: 503 });
  const env = { KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: '1/3600', AUDIT_LOG: record.file };
  await using limited = testGateway(env);
  await limited.sendText('{ group(uid: "g") { name } }');
  expect(await changes.removeGroupUser.make(limited)).toMatchObject({
    __typename: 'RateLimitedError',
  });
  await using open = testGateway({ ...env, KAITEN_RATE_LIMIT: 'off' });
  for (let call = 0; call < 10; call += 1) await open.sendText('{ group(uid: "g") { name } }');
  expect(await changes.removeGroupUser.make(open)).toMatchObject({ reason: 'CIRCUIT_OPEN' });
  expect(events(await record.lines())).toEqual(['opened', 'opened']);
});

test('records NOT_APPLIED for a change that is rejected after its start', async () => {
  await using record = await startRecord();
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => arrive(() => response.writeHead(404).end()));
  await using gateway = testGateway({
    KAITEN_URL: vendor.url,
    AUDIT_LOG: record.file,
    VENDOR_CONCURRENCY: '1',
    VENDOR_TIMEOUT_MS: '500',
    FIELD_TIMEOUT_MS: '1000',
  });
  const first = gateway.sendText('{ group(uid: "g") { name } }');
  const answer = await arrived;
  // Its time leaves none to wait for a place.
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ reason: 'OVERLOADED' });
  answer();
  await first;
  expect(vendor.calls).toHaveLength(1);
  expect((await record.lines()).slice(1)).toMatchObject([
    { event: 'started' },
    {
      event: 'finished',
      outcome: 'NOT_APPLIED',
      error: 'VendorUnavailableError',
      vendorStatus: null,
    },
  ]);
});

test.each([
  ['deleted', 'deleted', (file: string) => rm(file)],
  ['moved', 'moved', (file: string) => rename(file, `${file}.1`)],
  [
    'replaced',
    'deleted',
    async (file: string) => {
      await writeFile(`${file}.new`, '');
      await rename(`${file}.new`, file);
    },
  ],
])('reopens an audit log that was %s within a second, and logs that', async (_how, place, lose) => {
  await using record = await startRecord();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  await lose(record.file);
  vi.advanceTimersByTime(1_000);
  await turnUntil(() => gateway.lines('audit log reopened').length === 1);
  expect(gateway.lines('audit log file moved or deleted; reopening')).toMatchObject([{ place }]);
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(events(await record.lines())).toEqual(['reopened', 'started', 'finished']);
});

test('/ready fails while a moved audit log cannot be reopened', async () => {
  await using record = await startRecord();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  const ready = async () => (await gateway.gateway.fetch('http://gateway/ready')).status;
  await rename(dirname(record.file), `${dirname(record.file)}.moved`);
  await vi.waitUntil(async () => (await ready()) === 503, 5_000);
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ reason: 'NOT_STARTED' });
  await rename(`${dirname(record.file)}.moved`, dirname(record.file));
  expect(await ready()).toBe(200);
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(vendor.calls).toHaveLength(1);
});

test('sends nothing while the audit log cannot be written, and /ready fails', async () => {
  await using record = await startRecord();
  await using vendor = await startVendor({ status: 200, body: '{"id":501}' });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  const ready = async () => (await gateway.gateway.fetch('http://gateway/ready')).status;
  expect(await ready()).toBe(200);
  record.breakIt();
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({
    __typename: 'VendorUnavailableError',
    reason: 'NOT_STARTED',
    outcome: 'NOT_APPLIED',
    retryable: true,
    message:
      'Kaiten was not called: the audit log cannot be written. Ask the operator of the gateway to check it.',
  });
  expect(vendor.calls).toHaveLength(0);
  await rm(dirname(record.file), { recursive: true });
  expect(await ready()).toBe(503);
  await mkdir(dirname(record.file));
  // The file is opened anew, so that a full disk or a moved file needs no restart.
  expect(await ready()).toBe(200);
  expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
  expect(events(await record.lines())).toEqual(['recovered', 'started', 'finished']);
});

test('an audit log that cannot be opened or written prevents startup with one line', () => {
  for (const file of ['/nonexistent/audit.jsonl', '/dev/full']) {
    const config = parseConfig({ KAITEN_URL: 'https://kaiten.invalid', AUDIT_LOG: file });
    expect(() => createGateway(config)).toThrow(
      /^AUDIT_LOG: .*\. Set it to a file that can be written, or to - for standard output\.$/,
    );
  }
});

test('opens the audit log with O_SYNC, so that a written line survives a power failure', async () => {
  await using record = await startRecord();
  await using _ = testGateway({ KAITEN_URL: 'https://kaiten.invalid', AUDIT_LOG: record.file });
  const [fd = ''] = openTo(record.file);
  const [, flags = ''] =
    /flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')) ?? [];
  const isSet = (flag: number) => (Number.parseInt(flags, 8) & flag) === flag;
  expect([isSet(constants.O_SYNC), isSet(constants.O_APPEND)]).toEqual([true, true]);
});

test('leaves no descriptor open while the audit log cannot be written, however often /ready is called', async () => {
  await using record = await startRecord();
  await using gateway = testGateway({
    KAITEN_URL: 'https://kaiten.invalid',
    AUDIT_LOG: record.file,
  });
  record.breakIt();
  await rm(record.file);
  // It can be opened, and takes nothing: a full disk.
  await symlink('/dev/full', record.file);
  await changes.removeGroupUser.make(gateway);
  const ready = () => gateway.gateway.fetch('http://gateway/ready');
  const answers = await Promise.all(Array.from({ length: 20 }, ready));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  for (let call = 0; call < 20; call += 1) await ready();
  expect(openTo('/dev/full')).toEqual([]);
});

test('begins a new line after one that a crash or a full disk cut', async () => {
  await using record = await startRecord();
  await writeFile(record.file, '{"event":"finished"}\n{"event":"star');
  await using _ = testGateway({ KAITEN_URL: 'https://kaiten.invalid', AUDIT_LOG: record.file });
  const [, cut, opened] = (await readFile(record.file, 'utf8')).split('\n');
  expect(cut).toBe('{"event":"star');
  expect(JSON.parse(opened ?? '')).toMatchObject({ event: 'opened' });
});

test('writes whole lines for concurrent changes, each before its own call', async () => {
  await using record = await startRecord();
  const started: (boolean | undefined)[] = [];
  await using vendor = await startVendor((response, { url }) => {
    // The last line may be one that is being written.
    const lines = readFileSync(record.file, 'utf8').split('\n').slice(0, -1);
    const ids = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'started');
    started.push(ids.some((line) => url.endsWith(`/${line.ids.userId}`)));
    response.writeHead(200).end(JSON.stringify({ id: Number(url.split('/').at(-1)) }));
  });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  const one = (userId: number) =>
    gateway.sendText(
      `mutation { removeGroupUser(input: {groupUid: "g", userId: ${userId}}) { __typename } }`,
    );
  await Promise.all(Array.from({ length: 40 }, (_, index) => one(index + 1)));
  expect(started).toEqual(Array.from({ length: 40 }, () => true));
  const lines = await record.lines();
  for (const event of ['started', 'finished']) {
    const users = lines.filter((line) => line['event'] === event).map((line) => line['ids']);
    expect(new Set(users.map((line) => JSON.stringify(line))).size).toBe(40);
  }
});

test('records the end of a change whose client disconnected', async () => {
  await using record = await startRecord();
  const gone = new AbortController();
  await using vendor = await startVendor((response) => {
    gone.abort();
    response.writeHead(200).end('{"id":501}');
  });
  const gateway = testGateway({ KAITEN_URL: vendor.url, AUDIT_LOG: record.file });
  const query = 'mutation { removeGroupUser(input: {groupUid: "g", userId: 501}) { __typename } }';
  await expect(gateway.sendText(query, credentials, { signal: gone.signal })).rejects.toThrow();
  await gateway.gateway.lifecycle.stop();
  await gateway.gateway.close();
  const [, , finished] = await record.lines();
  expect(finished).toMatchObject({ event: 'finished', outcome: 'APPLIED' });
});
