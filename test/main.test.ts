import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtempDisposable, readFile, rename } from 'node:fs/promises';
import { Agent, get, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { credentials, unpaced } from './support/gateway.ts';
import { makePipe } from './support/pipe.ts';
import { startCommand, startProcess, type TestProcess } from './support/process.ts';
import { type StubVendor, startVendor } from './support/vendor.ts';

const removal = JSON.stringify({
  query:
    'mutation { removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename ...on ChangeResult { outcome } } }',
});

async function start(vendor: StubVendor, env: Record<string, string> = {}) {
  const gateway = startProcess('main.ts', { AEROSPIKE_URL: vendor.url, PORT: '0', ...env });
  const [, origin = ''] = await gateway.printed(/"url":"(http:[^"]+)\/graphql"/);
  return { gateway, origin };
}

function remove(origin: string): Promise<Response> {
  const headers = { ...credentials, 'content-type': 'application/json' };
  return fetch(`${origin}/graphql`, { method: 'POST', headers, body: removal });
}

async function status(url: string): Promise<number | undefined> {
  const agent = new Agent({ keepAlive: false });
  const [response] = await once(get(url, { agent }), 'response');
  response.resume();
  return response.statusCode;
}

test('an invalid environment prevents startup with exit code 1 and one line per variable', async () => {
  await using gateway = startProcess('main.ts', { PORT: 'x', KAITEN_URL: 'https://u:s3cret@h' });
  expect(await gateway.exited).toBe(1);
  const lines = gateway.output().trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines.join()).toMatch(
    /PORT: expected .*; received "x".*KAITEN_URL: expected .*; received /,
  );
  expect(gateway.output()).not.toContain('s3cret');
});

test('a port in use prevents startup with one line', async () => {
  await using vendor = await startVendor();
  await using second = startProcess('main.ts', {
    AEROSPIKE_URL: vendor.url,
    PORT: new URL(vendor.url).port,
  });
  expect(await second.exited).toBe(1);
  expect(second.output().trim().split('\n')).toEqual([
    expect.stringMatching(/PORT: \d+ is already in use\. Choose another port/),
  ]);
});

test('npm start logs its free port; on SIGTERM /ready and new documents get 503, the change in flight is answered, then it exits with 0', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => {
    arrive(() => response.writeHead(204).end());
  });
  const { gateway, origin } = await start(vendor);
  await using _ = gateway;
  expect(await status(`${origin}/health`)).toBe(200);
  expect(await status(`${origin}/ready`)).toBe(200);
  const change = remove(origin);
  const answer = await arrived;
  gateway.child.kill('SIGTERM');
  await gateway.printed(/SIGTERM: shutting down/);
  expect(await status(`${origin}/ready`)).toBe(503);
  expect(await status(`${origin}/health`)).toBe(200);
  const refused = await remove(origin);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('connection')).toBe('close');
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'STOPPING' } }] });
  answer();
  const response = await change;
  expect(response.headers.get('connection')).toBe('close');
  expect(await response.json()).toEqual({
    data: { removeOrgMember: { __typename: 'RemoveOrgMemberSuccess', outcome: 'APPLIED' } },
  });
  expect(await gateway.exited).toBe(0);
  expect(vendor.calls).toHaveLength(1);
});

test('SIGTERM waits for a change whose client has disconnected', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => {
    arrive(() => response.writeHead(204).end());
  });
  const { gateway, origin } = await start(vendor);
  await using _ = gateway;
  const client = request(`${origin}/graphql`, {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
  });
  client.on('error', () => {});
  client.end(removal);
  const answer = await arrived;
  client.destroy();
  gateway.child.kill('SIGTERM');
  await gateway.printed(/"underWay":[12],"msg":"received SIGTERM: shutting down"/);
  expect(gateway.child.exitCode).toBe(null);
  answer();
  expect(await gateway.exited).toBe(0);
  expect(gateway.output()).toMatch(
    /"field":"removeOrgMember","vendor":"AEROSPIKE","outcome":"APPLIED","msg":"change completed after client disconnected"/,
  );
});

test('SIGTERM under load loses none of 500 changes: each is answered once or was never sent', async () => {
  const started = new Set<string>();
  let arrived = 0;
  const { promise: halfWay, resolve: setHalfWay } = Promise.withResolvers<void>();
  await using vendor = await startVendor((response, { url }) => {
    arrived += 1;
    started.add(url);
    if (arrived === 100) setHalfWay();
    setTimeout(() => response.writeHead(204).end(), 50);
  });
  const { gateway, origin } = await start(vendor, unpaced);
  await using _ = gateway;
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const send = async (index: number) => {
    const userId = `1f7e2d5c-6a80-4f32-9d4a-${String(index).padStart(12, '0')}`;
    const query = `mutation { removeOrgMember(input: {userId: "${userId}"}) { ...on ChangeResult { outcome } } }`;
    const client = request(`${origin}/graphql`, {
      method: 'POST',
      agent,
      headers: { ...credentials, 'content-type': 'application/json' },
    });
    client.end(JSON.stringify({ query }));
    try {
      const [response] = await once(client, 'response');
      let text = '';
      for await (const chunk of response) text += chunk;
      const outcome = /"outcome":"([A-Z_]+)"/.exec(text)?.[1] ?? `${response.statusCode}`;
      return { userId, outcome };
    } catch {
      return { userId, outcome: 'refused' };
    }
  };
  const results = Promise.all(Array.from({ length: 500 }, (_, index) => send(index)));
  await halfWay;
  gateway.child.kill('SIGTERM');
  const ended = await results;
  expect(await gateway.exited).toBe(0);
  agent.destroy();
  const of = (outcome: string) => ended.filter((result) => result.outcome === outcome);
  expect(of('APPLIED').length).toBeGreaterThanOrEqual(100);
  for (const { userId } of of('APPLIED'))
    expect(started).toContain(`/organization/members/${userId}`);
  for (const { userId, outcome } of ended) {
    expect(['APPLIED', 'NOT_APPLIED', '503', 'refused']).toContain(outcome);
    if (outcome !== 'APPLIED') expect(started).not.toContain(`/organization/members/${userId}`);
  }
  expect(vendor.calls).toHaveLength(of('APPLIED').length);
});

test('does not send fields that have not begun at the shutdown: NOT_STARTED', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
  await using vendor = await startVendor((response) => {
    arrive(() => response.writeHead(204).end());
  });
  const { gateway, origin } = await start(vendor);
  await using _ = gateway;
  const field = (name: string) =>
    `${name}: removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { ...on ChangeResult { outcome } ...on VendorUnavailableError { reason } }`;
  const change = fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { ${field('a')} ${field('b')} }` }),
  });
  const answer = await arrived;
  gateway.child.kill('SIGTERM');
  await gateway.printed(/SIGTERM: shutting down/);
  answer();
  expect(await (await change).json()).toEqual({
    data: {
      a: { outcome: 'APPLIED' },
      b: { outcome: 'NOT_APPLIED', reason: 'NOT_STARTED' },
    },
  });
  expect(await gateway.exited).toBe(0);
  expect(vendor.calls).toHaveLength(1);
});

test.each(['start', 'sandbox'])(
  'SIGTERM to "npm run %s" reaches the gateway, and no process outlives it',
  async (script) => {
    await using vendor = await startVendor();
    const env = { ...process.env, AEROSPIKE_URL: vendor.url, PORT: '0', ADMIN_PORT: '0' } as Record<
      string,
      string
    >;
    await using npm = startCommand('npm', ['run', script], env);
    await npm.printed(/http:\/\/127\.0\.0\.1:\d+\/graphql/);
    npm.child.kill('SIGTERM');
    await npm.printed(/"msg":"stopped"/);
    // Its output ends once no process holds it. The port tells nothing: another test may have it by now.
    await npm.exited;
  },
);

test.each(['SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const)(
  '%s shuts down like SIGTERM: the change in flight is answered, then it exits with 0',
  async (signal) => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<() => void>();
    await using vendor = await startVendor((response) => {
      arrive(() => response.writeHead(204).end());
    });
    const { gateway, origin } = await start(vendor);
    await using _ = gateway;
    const change = remove(origin);
    const answer = await arrived;
    gateway.child.kill(signal);
    await gateway.printed(new RegExp(`${signal}: shutting down`));
    answer();
    expect(await (await change).json()).toMatchObject({
      data: { removeOrgMember: { outcome: 'APPLIED' } },
    });
    expect(await gateway.exited).toBe(0);
  },
);

test('SIGHUP opens the audit log again, without a shutdown', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'audit-'));
  const file = join(folder.path, 'audit.jsonl');
  await using vendor = await startVendor({ status: 204 });
  const { gateway, origin } = await start(vendor, { AUDIT_LOG: file });
  await using _ = gateway;
  await rename(file, `${file}.1`);
  gateway.child.kill('SIGHUP');
  await gateway.printed(/"msg":"audit log reopened"/);
  expect(await (await remove(origin)).json()).toMatchObject({
    data: { removeOrgMember: { outcome: 'APPLIED' } },
  });
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['reopened', 'started', 'finished']);
  gateway.child.kill('SIGTERM');
  expect(await gateway.exited).toBe(0);
});

test('SIGHUP shuts down with AUDIT_LOG=-, since there is no file to open again', async () => {
  await using vendor = await startVendor({ status: 204 });
  const { gateway } = await start(vendor, { AUDIT_LOG: '-' });
  await using _ = gateway;
  gateway.child.kill('SIGHUP');
  expect(await gateway.exited).toBe(0);
  expect(gateway.output()).toContain('SIGHUP: shutting down');
});

test.each([[[]], [['--disable-sigusr1']]])(
  'SIGUSR1 opens no debugger and stops nothing, with the flags %j',
  async (flags) => {
    await using vendor = await startVendor({ status: 204 });
    const args = [...flags, '--import=./src/preload.js', 'src/main.ts'];
    const env = { AEROSPIKE_URL: vendor.url, PORT: '0', ADMIN_PORT: 'off' };
    await using gateway = startCommand(process.execPath, args, env);
    const [, origin = ''] = await gateway.printed(/"url":"(http:[^"]+)\/graphql"/);
    gateway.child.kill('SIGUSR1');
    expect(await (await remove(origin)).json()).toMatchObject({
      data: { removeOrgMember: { outcome: 'APPLIED' } },
    });
    gateway.child.kill('SIGTERM');
    expect(await gateway.exited).toBe(0);
    expect(gateway.output()).not.toMatch(/debugger/i);
  },
);

test.each([
  ['SIGTERM', ['SIGTERM'], 0],
  ['a second signal', ['SIGTERM', 'SIGINT'], 1],
] as const)(
  '%s exits while the log is unread and the audit log stalls',
  async (_name, signals, code) => {
    await using log = makePipe();
    await using audit = makePipe();
    await using vendor = await startVendor({ status: 204 });
    const stdout = openSync(log.file, constants.O_WRONLY | constants.O_NONBLOCK);
    const env = {
      AEROSPIKE_URL: vendor.url,
      PORT: '0',
      ADMIN_PORT: '0',
      AUDIT_LOG: audit.file,
      VENDOR_TIMEOUT_MS: '500',
      FIELD_TIMEOUT_MS: '1000',
      DATABASE_URL: 'off',
      SHUTDOWN_GRACE_MS: '2000',
    };
    const child = spawn(process.execPath, ['--import=./src/preload.js', 'src/main.ts'], {
      env,
      stdio: ['ignore', stdout, 'inherit'],
    });
    closeSync(stdout);
    try {
      const lines: Record<string, unknown>[] = [];
      await vi.waitUntil(() => lines.push(...log.drain()) > 0, 10_000);
      log.fill();
      audit.fill();
      const change = remove(new URL(String(lines[0]?.['url'])).origin).catch(() => null);
      const readiness = async () => (await fetch(`${lines[0]?.['admin']}/ready`)).json();
      await vi.waitUntil(async () => Object(await readiness()).underWay > 0);
      for (const signal of signals) child.kill(signal);
      const [ended] = await once(child, 'exit');
      expect(ended).toBe(code);
      await change;
      expect(vendor.calls).toHaveLength(0);
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test('an unresponsive collector of traces does not delay the exit', async () => {
  await using collector = await startVendor(() => {});
  await using vendor = await startVendor({ status: 204 });
  const { gateway, origin } = await start(vendor, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
  });
  await using _ = gateway;
  expect((await remove(origin)).status).toBe(200);
  gateway.child.kill('SIGTERM');
  expect(await gateway.exited).toBe(0);
  expect(collector.calls).toHaveLength(1);
});

test('a second signal exits immediately with code 1', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  await using vendor = await startVendor(() => arrive());
  const { gateway, origin } = await start(vendor);
  await using _: TestProcess = gateway;
  const change = remove(origin).catch(() => {});
  await arrived;
  gateway.child.kill('SIGTERM');
  await gateway.printed(/SIGTERM: shutting down/);
  gateway.child.kill('SIGINT');
  expect(await gateway.exited).toBe(1);
  expect(gateway.output()).toMatch(
    /"unfinished":\[\{"requestId":"[^"]+","field":"removeOrgMember","vendor":"AEROSPIKE","outcome":"UNKNOWN"\}\]/,
  );
  await change;
});

test('abandons and logs work that outlasts SHUTDOWN_GRACE_MS', async () => {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  await using vendor = await startVendor(() => arrive());
  const { gateway, origin } = await start(vendor, {
    VENDOR_TIMEOUT_MS: '400',
    FIELD_TIMEOUT_MS: '800',
    SHUTDOWN_GRACE_MS: '801',
  });
  await using _ = gateway;
  // A client that never ends its request holds its answer open for longer than the grace.
  const client = request(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  client.on('error', () => {});
  client.write('{');
  const change = remove(origin).catch(() => {});
  await arrived;
  gateway.child.kill('SIGINT');
  expect(await gateway.exited).toBe(0);
  expect(gateway.output()).toContain('grace period over');
  client.destroy();
  await change;
});
