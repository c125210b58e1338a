import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { migrate } from '../../src/state/postgres/migrate.ts';
import { migrations } from '../../src/state/postgres/migrations.ts';
import { credentials } from '../support/gateway.ts';
import { startProcess, type TestProcess } from '../support/process.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { startVendor } from '../support/vendor.ts';

interface Replica {
  readonly process: TestProcess;
  readonly port: number;
  /** The requests that it has not answered. */
  inFlight: number;
}

/** A reverse proxy with connections that it keeps, as in front of a service: each request goes to the next replica. */
async function startReverseProxy(replicas: Replica[]) {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const server = createServer((incoming, response) => {
    turn += 1;
    const replica = replicas[turn % replicas.length] as Replica;
    const { url: path, method, headers } = incoming;
    const target = { host: '127.0.0.1', port: replica.port, path, method, headers, agent };
    replica.inFlight += 1;
    response.on('close', () => {
      replica.inFlight -= 1;
    });
    const outgoing = request(target, (reply) => {
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.pipe(response);
    });
    outgoing.on('error', () => response.writeHead(502).end());
    incoming.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

test('replacing all replicas under load, while the next version migrates the database, fails no request', async () => {
  const url = await createTestDatabase();
  await using vendor = await startVendor((response) => {
    setTimeout(() => response.writeHead(204).end(), 20);
  });
  const env = {
    AEROSPIKE_URL: vendor.url,
    AEROSPIKE_RATE_LIMIT: '100000/1',
    CALLER_REQUESTS: 'off',
    CALLER_CHANGES: 'off',
    DATABASE_URL: url,
    PORT: '0',
  };
  await using processes = new AsyncDisposableStack();
  const start = async (): Promise<Replica> => {
    const started = processes.use(startProcess('main.ts', env));
    const [, port] = await started.printed(/"url":"http:[^"]+:(\d+)\/graphql"/);
    return { process: started, port: Number(port), inFlight: 0 };
  };
  const replicas = await Promise.all([start(), start()]);
  await using proxy = await startReverseProxy(replicas);

  let isRolling = true;
  const users: string[] = [];
  const wrong: string[] = [];
  const send = async () => {
    const userId = randomUUID();
    users.push(userId);
    const query = `mutation { removeOrgMember(input: {userId: "${userId}", idempotencyKey: "${userId}"}) {
      ... on ChangeResult { outcome isReplay } } }`;
    const response = await fetch(proxy.url, {
      method: 'POST',
      headers: { ...credentials, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    const isMade = text.includes('"outcome":"APPLIED","isReplay":false');
    if (response.status !== 200 || !isMade) wrong.push(`${response.status} ${text}`);
  };
  const load = Array.from({ length: 16 }, async () => {
    while (isRolling) await send();
  });

  // The next version adds to the schema when its first replica starts.
  const sql = 'alter table membership_gateway.change add column added_by_next_version text';
  await migrate(url, [...migrations, { oldestCompatible: 1, sql }]);
  for (const old of [...replicas]) {
    const before = users.length;
    replicas.push(await start());
    // The service forgets a pod some seconds before it is stopped (preStop).
    replicas.splice(replicas.indexOf(old), 1);
    await expect.poll(() => old.inFlight).toBe(0);
    old.process.child.kill('SIGTERM');
    expect(await old.process.exited).toBe(0);
    await expect.poll(() => users.length).toBeGreaterThan(before + 32);
  }
  isRolling = false;
  await Promise.all(load);

  expect(wrong).toEqual([]);
  const removed = vendor.calls.map((call) => call.url.split('/').at(-1));
  expect(removed.toSorted()).toEqual(users.toSorted());
});
