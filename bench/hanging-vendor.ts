/**
 * One of four vendors hangs under 500 calls: what that does to the latency of the other three. Prints
 * their median and p99 without and with it, in one run, and the ratios.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { parseConfig } from '../src/config.ts';
import { createGateway } from '../src/gateway.ts';

const isQuick = process.argv.includes('--quick');
const rounds = isQuick ? 3 : 7;
const callsPerRound = isQuick ? 300 : 1_500;
const concurrency = 8;
const hangingCalls = 500;
/** What the bulkhead lets in: places and queue. */
const held = 64 + 128;

async function listen(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const hanging = await listen((request) => request.resume());
const healthy = await listen((request, response) => {
  request.resume();
  const body = request.url?.startsWith('/groups') ? '{"id":1}' : '';
  const chat = request.url?.startsWith('/api/v1') ? '{"success":true}' : body;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(chat);
});
const off = {
  CALLER_REQUESTS: 'off',
  CALLER_CHANGES: 'off',
  WETHOD_PACE: 'off',
  KAITEN_PACE: 'off',
  ROCKETCHAT_PACE: 'off',
};
const urls = { WETHOD_URL: healthy.url, KAITEN_URL: healthy.url, ROCKETCHAT_URL: healthy.url };
const times = { VENDOR_TIMEOUT_MS: '30000', FIELD_TIMEOUT_MS: '60000', SHUTDOWN_GRACE_MS: '60001' };
const config = parseConfig({ ...off, ...urls, ...times, AEROSPIKE_URL: hanging.url });
const gateway = createGateway(config, { log: pino({ level: 'silent' }) });

const headers = {
  'content-type': 'application/json',
  'wethod-authorization': 'Bearer t',
  'wethod-company': 'acme',
  'kaiten-authorization': 'Bearer t',
  'aerospike-authorization': 'Bearer t',
  'rocketchat-auth-token': 't',
  'rocketchat-user-id': 'u',
};
const others = [
  'detachStreamLeader(input: {streamId: 1, leaderId: 2}) { ...on ChangeResult { outcome } }',
  'removeGroupUser(input: {groupUid: "g", userId: 1}) { ...on ChangeResult { outcome } }',
  'leaveGroup(input: {groupId: "r"}) { ...on ChangeResult { outcome } }',
];
const toHanging =
  'removeOrgMember(input: {userId: "1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01"}) { ...on ChangeResult { outcome } }';

async function call(field: string, signal?: AbortSignal): Promise<string> {
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: `mutation { ${field} }` }),
    ...(signal === undefined ? {} : { signal }),
  });
  return response.text();
}

async function measure(): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  const work = async () => {
    while (next < callsPerRound) {
      const field = others[next++ % others.length] ?? '';
      const began = performance.now();
      const answer = await call(field);
      latencies.push(performance.now() - began);
      if (!answer.includes('"APPLIED"')) throw new Error(`not a success: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return latencies.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? 0;

for (let warmUp = 0; warmUp < 5; warmUp += 1) await measure();
const rows: { calm: number[]; hung: number[] }[] = [];
for (let round = 0; round < rounds; round += 1) {
  const calm = await measure();
  const clients = new AbortController();
  let refused = 0;
  const stuck = Array.from({ length: hangingCalls }, async () => {
    const answer = await call(toHanging, clients.signal).catch(() => '');
    if (answer.includes('NOT_APPLIED')) refused += 1;
  });
  // Measured once those beyond the bulkhead have been refused: sending 500 calls from this very
  // process takes its time too, which is the load's and not the gateway's.
  while (refused < hangingCalls - held) await new Promise((resolve) => setTimeout(resolve, 5));
  const hung = await measure();
  // Ends what hangs, so that the next round begins without it.
  hanging.server.closeAllConnections();
  clients.abort();
  await Promise.all(stuck);
  await new Promise((resolve) => setTimeout(resolve, 200));
  rows.push({ calm, hung });
}

const median = (values: readonly number[]) =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );
const table = (
  [
    ['median', 0.5],
    ['p99', 0.99],
  ] as const
).map(([name, share]) => {
  const calm = median(rows.map((row) => at(row.calm, share)));
  const hung = median(rows.map((row) => at(row.hung, share)));
  const ratio = median(rows.map((row) => at(row.hung, share) / at(row.calm, share)));
  return `| ${name} | ${ratio.toFixed(2)} | ${calm.toFixed(2)} | ${hung.toFixed(2)} |`;
});
process.stdout.write(
  [
    `500 calls hang at one vendor; the other three, ${rounds} rounds of ${callsPerRound} calls each way:`,
    '',
    '| latency | with ÷ without | without, ms | with, ms |',
    '|---|---|---|---|',
    ...table,
    '',
  ].join('\n'),
);
process.exit(0);
