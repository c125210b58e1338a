/**
 * Runs many changes and reads with mixed faults and clients that go away, and shows whether the heap stays flat
 * after garbage collection. `npm run soak -- 20000` runs as many; exits with 1 where it grows, where Node
 * warns of leaking listeners, or where too few operations reached the vendor to show anything.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { parseConfig } from '../src/config/index.ts';
import { createGateway } from '../src/gateway.ts';

const operations = Number(process.argv[2] ?? 200_000);
const samples = 20;
const concurrency = 32;
/** The tolerance between the medians of the third and the fourth quarter. */
const noise = { share: 0.03, bytes: 1_500_000 };

const warnings: string[] = [];
process.on('warning', (warning) => warnings.push(`${warning.name}: ${warning.message}`));

let served = 0;
const runUser = (id: number) => ({ id, full_name: `User ${id}` });
const page = JSON.stringify(Array.from({ length: 100 }, (_, id) => runUser(id + 1)));

const vendor = createServer((request, response) => {
  request.resume();
  served += 1;
  // Few enough outages that no circuit opens, which would keep all else from being shown.
  const turn = served % 40;
  if (turn === 1) return void request.socket.resetAndDestroy();
  if (turn === 2) return void response.writeHead(503).end('{"message":"down"}');
  if (turn === 3) return void response.writeHead(200).end('<html>');
  if (turn === 4) return void response.writeHead(404).end('{"key":"not_found","message":"No."}');
  if (turn === 5) {
    response.writeHead(200, { 'content-length': 100 });
    return void response.write('{', () => request.socket.destroy());
  }
  if (turn === 6) return void setTimeout(() => response.writeHead(204).end(), 20);
  if (turn === 7) return void response.writeHead(401).end('"Invalid token"');
  if (request.url?.endsWith('/users/1'))
    return void response.writeHead(200).end(JSON.stringify(runUser(1)));
  if (request.url?.includes('/users?')) return void response.writeHead(200).end(page);
  response.writeHead(204).end();
});
await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;

const env = {
  WETHOD_URL: url,
  KAITEN_URL: url,
  AEROSPIKE_URL: url,
  ROCKETCHAT_URL: url,
  VENDOR_TIMEOUT_MS: '1000',
  FIELD_TIMEOUT_MS: '4000',
  CALLER_REQUESTS: 'off',
  CALLER_CHANGES: 'off',
  WETHOD_RATE_LIMIT: '1000000/1',
  KAITEN_RATE_LIMIT: '1000000/1',
  ROCKETCHAT_RATE_LIMIT: '1000000/1',
};
const gateway = createGateway(parseConfig(env), { log: pino({ level: 'silent' }) });

const fields = [
  'attachStreamLeader(input: {streamId: 1, leaderId: 2}) { ...on ChangeResult { outcome } }',
  'detachStreamLeader(input: {streamId: 1, leaderId: 2}) { ...on ChangeResult { outcome } }',
  'removeGroupUser(input: {groupUid: "g", userId: 1}) { ...on ChangeResult { outcome } }',
  'removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { ...on ChangeResult { outcome } }',
  'leaveGroup(input: {groupId: "r"}) { ...on ChangeResult { outcome } }',
  'removeGroupUser(input: {groupUid: "g", userId: 1}) { ...on RemoveGroupUserSuccess { outcome group { users { nodes { id } } } } }',
];

const ids = Array.from(
  { length: 20 },
  (_, id) => `u${id + 1}: groupUser(id: ${id + 1}) { fullName }`,
);
const query = `{ group(uid: "g") { users(first: 100) { nodes { id } pageInfo { hasNextPage } } } ${ids.join(' ')} }`;

const outcomes = new Map<string, number>();

async function runOperation(index: number): Promise<void> {
  const token = `token-${index}`;
  const client = new AbortController();
  const headers = {
    'content-type': 'application/json',
    'wethod-authorization': `Bearer ${token}`,
    'wethod-company': 'acme',
    'kaiten-authorization': `Bearer ${token}`,
    'aerospike-authorization': `Bearer ${token}`,
    'rocketchat-auth-token': token,
    'rocketchat-user-id': 'someone',
  };
  const field = fields[index % (fields.length + 1)];
  const body = JSON.stringify({ query: field === undefined ? query : `mutation { ${field} }` });
  const request = gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers,
    body,
    signal: client.signal,
  });
  if (index % 10 === 0) setImmediate(() => client.abort());
  try {
    const text = await (await request).text();
    const [outcome = 'none'] = /"(APPLIED|NOT_APPLIED|UNKNOWN|User 7)"/.exec(text)?.slice(1) ?? [];
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  } catch {
    outcomes.set('client gone', (outcomes.get('client gone') ?? 0) + 1);
  }
}

function readHeapAfterCollection(): number {
  if (globalThis.gc === undefined) throw new Error('run it by: npm run soak');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function getMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const formatMegabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(2)} MB`;
const heap: number[] = [];
let next = 0;
for (let sample = 1; sample <= samples; sample += 1) {
  const until = Math.floor((operations * sample) / samples);
  const work = async () => {
    while (next < until) await runOperation(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  heap.push(readHeapAfterCollection());
  process.stdout.write(`${next} operations: heap ${formatMegabytes(heap.at(-1) ?? 0)}\n`);
}

const third = getMedian(heap.slice(samples / 2, (samples * 3) / 4));
const fourth = getMedian(heap.slice((samples * 3) / 4));
const grown = fourth - third;
const isFlat = grown <= Math.max(noise.bytes, third * noise.share);
const isReached = served >= 0.8 * operations;
process.stdout.write(
  `the vendor saw ${served} calls${isReached ? '' : ', TOO FEW'}; ${JSON.stringify(Object.fromEntries(outcomes))}\n` +
    `last half: ${formatMegabytes(third)} to ${formatMegabytes(fourth)}, ${isFlat ? 'flat' : 'GROWING'}; ` +
    `warnings: ${warnings.length === 0 ? 'none' : warnings.join('; ')}\n`,
);
await gateway.close();
vendor.closeAllConnections();
vendor.close();
process.exit(isFlat && isReached && warnings.length === 0 ? 0 : 1);
