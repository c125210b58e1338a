import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createLog, maskLine } from '../../src/telemetry/log.ts';
import { ids } from '../support/changes.ts';
import { credentials } from '../support/gateway.ts';
import { makePipe, type StallingPipe } from '../support/pipe.ts';
import { startCommand, startProcess } from '../support/process.ts';
import { startVendor } from '../support/vendor.ts';

const secret = /(?<=Bearer )[A-Za-z0-9\-._~+/=]+/gi;
const secretHeader =
  /("(?:[a-z-]*authorization|cookie|set-cookie|[a-z-]*auth-token|[a-z-]*user-id)":\[?")(?:[^"\\]|\\.)*/gi;

test('masks a line the same with and without the quick test', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('Bearer ', 'bEARER x', '"', '":"', '":["', '\\"', 'cookie', 'Set-Cookie'),
    fc.constantFrom('authorization', 'Kaiten-Authorization', 'x-auth-token', 'rocketchat-user-id'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const line = pieces.join('');
      const full = line.replace(secret, '[masked]').replace(secretHeader, '$1[masked]');
      expect(maskLine(line)).toBe(full);
    }),
    { numRuns: 2_000 },
  );
});

/** A start of the gateway that logs so many lines, and then does something. */
function logging(lines: number, then: string, env: Record<string, string> = {}) {
  const script = `
    const { openLogDestination } = await import('./src/telemetry/log-destination.ts');
    const { exitOnUncaught } = await import('./src/cli/uncaught.ts');
    const output = await openLogDestination({ logLevel: 'info', logFormat: null, auditFile: null, ...JSON.parse(process.env.OPTIONS ?? '{}') });
    exitOnUncaught(output);
    for (let index = 0; index < ${lines}; index += 1) output.log.info({ index }, 'line');
    ${then}`;
  return startCommand(process.execPath, ['--input-type=module', '-e', script], env);
}

const whole = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test.each([
  ['an end of the process', 'process.exit(0)', 0],
  ['a fault that nobody caught', "setTimeout(() => { throw new Error('boom') }, 1)", 1],
  ['a fault at once', "throw new Error('boom')", 1],
  ['an end by itself', '', 0],
])('loses no line and cuts none on %s', async (_what, then, code) => {
  await using child = logging(2_000, then);
  expect(await child.exited).toBe(code);
  const lines = whole(child.output()).filter(({ msg }) => msg === 'line');
  expect(lines.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 2_000 }, (_, index) => index),
  );
});

test.each([
  ['an end of the process', 'process.exit(0)', 0],
  ['a fault', "throw new Error('boom')", 1],
])(
  'a disconnected reader does not keep the process from exiting on %s',
  async (_what, then, code) => {
    const noisily = `for (let index = 0; index < 2_000; index += 1) output.log.info({ index }, 'line'); ${then}`;
    await using child = logging(
      0,
      `process.on('SIGTERM', () => { ${noisily} }); console.error('ready'); setInterval(() => {}, 1000)`,
    );
    await child.printed(/ready/);
    child.child.stdout?.destroy();
    child.child.kill('SIGTERM');
    expect(await child.exited).toBe(code);
    expect(child.output()).toBe('ready\n');
  },
);

/** What a process is started with whose log nobody reads: a pipe, or a socket as the parent of a process has it. */
const unread = [
  ['pipe', (pipe: StallingPipe) => openSync(pipe.file, constants.O_WRONLY | constants.O_NONBLOCK)],
  ['socket', () => 'pipe' as const],
] as const;

test.each(
  unread.flatMap(([kind, open]) => [
    [kind, 'an end of the process', 'process.exit(0)', 0, open] as const,
    [kind, 'a fault', "throw new Error('boom')", 1, open] as const,
  ]),
)(
  'an unread %s does not keep the process from exiting on %s',
  async (_kind, _what, then, code, open) => {
    await using pipe = makePipe();
    const stdout = open(pipe);
    const script = `
    const { openLogDestination } = await import('./src/telemetry/log-destination.ts');
    const { exitOnUncaught } = await import('./src/cli/uncaught.ts');
    const output = await openLogDestination({ logLevel: 'info', logFormat: null, auditFile: null });
    exitOnUncaught(output);
    process.on('SIGTERM', () => { output.flush(); ${then}; });
    for (let index = 0; index < 50_000; index += 1) output.log.info({ index }, 'line');
    // Behind the first writes, in the background.
    setInterval(() => process.stderr.write('logged'), 200);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', stdout, 'pipe'],
    });
    if (stdout !== 'pipe') closeSync(stdout);
    try {
      await once(child.stderr as Readable, 'data');
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([code, null]);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('loses no line while the reader is slow', async () => {
  await using pipe = makePipe();
  const script = `
    const { openLogDestination } = await import('./src/telemetry/log-destination.ts');
    const output = await openLogDestination({ logLevel: 'info', logFormat: null, auditFile: null });
    for (let index = 0; index < 5_000; index += 1) output.log.info({ index }, 'line');
    process.stderr.write('logged');
    setInterval(() => {}, 1_000);`;
  const stdout = openSync(pipe.file, constants.O_WRONLY | constants.O_NONBLOCK);
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', stdout, 'pipe'],
  });
  closeSync(stdout);
  try {
    await once(child.stderr as Readable, 'data');
    const lines: Record<string, unknown>[] = [];
    await vi.waitUntil(() => lines.push(...pipe.drain()) === 5_000, 10_000);
    expect(lines.map(({ index }) => index)).toEqual(
      Array.from({ length: 5_000 }, (_, index) => index),
    );
  } finally {
    child.kill('SIGKILL');
  }
});

test('buffers up to 16 MiB of the log for a stalled reader, then drops lines and continues', async () => {
  await using pipe = makePipe();
  const script = `
    const { openLogDestination } = await import('./src/telemetry/log-destination.ts');
    const output = await openLogDestination({ logLevel: 'info', logFormat: null, auditFile: null });
    process.on('SIGUSR2', () => output.log.info('read again'));
    const text = 'x'.repeat(65_536);
    for (let index = 0; index < 400; index += 1) output.log.info({ index, text }, 'line');
    // Behind what is gathered for a moment.
    setInterval(() => process.stderr.write('logged'), 200);`;
  const stdout = openSync(pipe.file, constants.O_WRONLY | constants.O_NONBLOCK);
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', stdout, 'pipe'],
  });
  closeSync(stdout);
  try {
    await once(child.stderr as Readable, 'data');
    const lines: Record<string, unknown>[] = [];
    const read = () => lines.push(...pipe.drain());
    // 256 lines of 64 KiB wait; a few more are in the pipe, or were on their way.
    await vi.waitUntil(() => read() >= 256, { timeout: 10_000, interval: 1 });
    child.kill('SIGUSR2');
    await vi.waitUntil(() => read() > 0 && lines.at(-1)?.['msg'] === 'read again', 10_000);
    const kept = lines.slice(0, -1);
    expect(kept.map(({ index }) => index)).toEqual(kept.map((_line, index) => index));
    expect(kept.length).toBeLessThan(262);
  } finally {
    child.kill('SIGKILL');
  }
});

test('writes a single line without waiting for more', async () => {
  await using child = logging(1, 'setInterval(() => {}, 1000)');
  await child.printed(/"index":0/);
});

test('LOG_FORMAT=pretty writes a time, a level and a message, and no JSON', async () => {
  await using child = logging(1, '', { OPTIONS: '{"logFormat":"pretty"}' });
  expect(await child.exited).toBe(0);
  expect(child.output()).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: line \{"index":0\}\n$/);
});

test('masks credentials in pretty lines', async () => {
  const then = "output.log.info({ text: 'Bearer c4n4ry', cookie: 'c4n4ry' }, 'x')";
  await using child = logging(0, then, { OPTIONS: '{"logFormat":"pretty"}' });
  expect(await child.exited).toBe(0);
  expect(child.output()).toContain('[masked]');
  expect(child.output()).not.toContain('c4n4ry');
});

test('LOG_LEVEL=debug logs each call to a vendor, and no credential', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = startProcess('main.ts', {
    AEROSPIKE_URL: vendor.url,
    PORT: '0',
    ADMIN_PORT: 'off',
    LOG_LEVEL: 'debug',
  });
  const [, url = ''] = await gateway.printed(/"url":"([^"]+)"/);
  const query = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { __typename } }`;
  const headers = { ...credentials, 'content-type': 'application/json' };
  await (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
  gateway.child.kill('SIGTERM');
  expect(await gateway.exited).toBe(0);
  for (const msg of ['vendor call', 'operation']) {
    expect(whole(gateway.output()).filter((line) => line.msg === msg)).toHaveLength(1);
  }
  for (const value of Object.values(credentials)) expect(gateway.output()).not.toContain(value);
});

test('LOG_LEVEL hides lines below the level', () => {
  for (const [level, count] of [
    ['trace', 3],
    ['info', 2],
    ['warn', 1],
    ['silent', 0],
  ] as const) {
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line) }, level);
    log.debug('a');
    log.info('b');
    log.error('c');
    expect(lines, level).toHaveLength(count);
  }
});

test('with AUDIT_LOG=- the audit log and the log share standard output, each line whole', async () => {
  await using vendor = await startVendor({ status: 204 });
  await using gateway = startProcess('main.ts', {
    AEROSPIKE_URL: vendor.url,
    PORT: '0',
    AUDIT_LOG: '-',
    LOG_LEVEL: 'debug',
    AEROSPIKE_RATE_LIMIT: 'off',
    CALLER_CHANGES: 'off',
    CALLER_REQUESTS: 'off',
  });
  const [, url = ''] = await gateway.printed(/"url":"([^"]+)"/);
  const query = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { __typename } }`;
  const headers = { ...credentials, 'content-type': 'application/json' };
  const send = async () =>
    (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })).text();
  await Promise.all(Array.from({ length: 60 }, send));
  gateway.child.kill('SIGTERM');
  expect(await gateway.exited).toBe(0);
  const lines = whole(gateway.output());
  expect(lines.filter(({ event }) => event === 'finished')).toHaveLength(60);
  expect(lines.filter(({ msg }) => msg === 'operation')).toHaveLength(60);
});
