import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { type ClientTimeouts, listen } from '../../src/server/listen.ts';
import { ids } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

const patient: ClientTimeouts = { head: 60_000, request: 60_000, idle: 60_000, check: 20 };

/** A gateway that listens, over a vendor whose answers the test sends. */
async function startListening(timeouts: Partial<ClientTimeouts> = {}) {
  const stack = new AsyncDisposableStack();
  const waiting: ServerResponse[] = [];
  const vendor = stack.use(await startVendor((response) => waiting.push(response)));
  const env = { AEROSPIKE_URL: vendor.url, PORT: '0' };
  const tested = stack.use(testGateway(env));
  const times = { ...patient, ...timeouts };
  const { origin, server } = await listen(tested.gateway, parseConfig(env), times);
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const refusals: string[] = [];
  server.on('clientError', ({ code }: NodeJS.ErrnoException) => refusals.push(code ?? ''));
  const open = async (): Promise<Socket> => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1').on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  };
  return {
    open,
    origin,
    vendor,
    /** Lets the vendor's answers go once so many calls have come. */
    answer: async (calls: number) => {
      await vi.waitUntil(() => waiting.length === calls);
      for (const response of waiting) response.writeHead(204).end();
    },
    /** Resolves once Node has given up on a connection. */
    broken: () => vi.waitUntil(() => refusals.length > 0),
    logged: tested.logged,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const head = (...headers: string[]) =>
  ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', ...headers, '', ''].join(
    '\r\n',
  );

/** A change, as it goes over the wire. */
function change(id: string): string {
  const query = `mutation { removeOrgMember(input: {userId: "${ids.memberId}"}) { ...on ChangeResult { outcome } } }`;
  const body = JSON.stringify({ query });
  const token = `aerospike-authorization: ${credentials['aerospike-authorization']}`;
  return `${head(`content-length: ${body.length}`, token, `x-request-id: ${id}`)}${body}`;
}

/** The answers on a connection, in order. */
function answersIn(received: string) {
  return received.split(/(?=HTTP\/1\.1 )/).map((answer) => {
    const [top = '', body = ''] = answer.split('\r\n\r\n');
    const [line = '', ...fields] = top.split('\r\n');
    const headers = new Headers(fields.map((field) => field.split(': ') as [string, string]));
    return { status: Number(line.slice(9, 12)), headers, body: JSON.parse(body || 'null') };
  });
}

const applied = { data: { removeOrgMember: { outcome: 'APPLIED' } } };

describe('sends the response of a completed change instead of a rejection of broken data', () => {
  test.each([
    ['a stray byte', '!'],
    ['a line that is no request', 'nonsense\r\n\r\n'],
    ['a head that is too large', `${head(`x: ${'x'.repeat(20_000)}`)}`],
    ['two lengths', head('content-length: 1', 'content-length: 2')],
  ])('before %s', async (_name, stray) => {
    await using gateway = await startListening();
    const socket = await gateway.open();
    socket.write(change('one') + stray);
    await gateway.broken();
    await gateway.answer(1);
    const [answer, ...more] = answersIn(await text(socket));
    expect(answer).toMatchObject({ status: 200, body: applied });
    expect(answer?.headers.get('connection')).toBe('close');
    expect(more).toEqual([]);
    expect(gateway.vendor.calls).toHaveLength(1);
  });

  test('before a head that is not completed in time, and runs no later request', async () => {
    await using gateway = await startListening({ head: 50, request: 50 });
    const socket = await gateway.open();
    const later = change('two');
    socket.write(change('one') + later.slice(0, 1));
    await gateway.broken();
    await new Promise((resolve) => socket.write(later.slice(1), resolve));
    // By then it would have been read.
    for (let turn = 0; turn < 3; turn += 1) await fetch(`${gateway.origin}/health`);
    await gateway.answer(1);
    const answers = answersIn(await text(socket));
    expect(answers.map(({ status }) => status)).toEqual([200]);
    expect(gateway.vendor.calls).toHaveLength(1);
  });

  test('before a body that breaks off: in order, followed by the rejection of that body', async () => {
    await using gateway = await startListening();
    const socket = await gateway.open();
    const broken = head('transfer-encoding: chunked', 'x-request-id: broken');
    socket.write(`${change('one')}${change('two')}${broken}zz\r\n`);
    await gateway.broken();
    await gateway.answer(2);
    const answers = answersIn(await text(socket));
    expect(answers.map(({ status, headers }) => [status, headers.get('x-request-id')])).toEqual([
      [200, 'one'],
      [200, 'two'],
      [400, 'broken'],
    ]);
    expect(answers.map(({ body }) => body.data)).toEqual([applied.data, applied.data, undefined]);
    expect(gateway.logged()).not.toContain('unexpected fault');
  });
});

test('sends all due responses before malformed bytes, even if the last of them is ready first', async () => {
  await using gateway = await startListening();
  const socket = await gateway.open();
  socket.write(`${change('one')}GET /health HTTP/1.1\r\nhost: x\r\nx-request-id: two\r\n\r\n`);
  await vi.waitUntil(() => gateway.vendor.calls.length === 1);
  // By then the second answer waits for the first.
  for (let turn = 0; turn < 3; turn += 1) await fetch(`${gateway.origin}/health`);
  socket.write('nonsense\r\n\r\n');
  await gateway.broken();
  await gateway.answer(1);
  const answers = answersIn(await text(socket));
  expect(answers.map(({ status, headers }) => [status, headers.get('x-request-id')])).toEqual([
    [200, 'one'],
    [200, 'two'],
  ]);
});

test('answers pipelined requests in order, whichever vendor call ends first', async () => {
  await using gateway = await startListening();
  const socket = await gateway.open();
  const last =
    'GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-request-id: three\r\n\r\n';
  socket.write(change('one') + change('two') + last);
  await gateway.answer(2);
  const received = answersIn(await text(socket));
  expect(received.map(({ headers }) => headers.get('x-request-id'))).toEqual([
    'one',
    'two',
    'three',
  ]);
});

describe('rejects invalid requests in JSON, and closes the connection', () => {
  const open = head('transfer-encoding: chunked');
  test.each<[name: string, sent: string, status: number, code: string]>([
    ['no HTTP', 'nonsense\r\n\r\n', 400, 'BAD_REQUEST'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400, 'BAD_REQUEST'],
    ['two lengths', head('content-length: 1', 'content-length: 2'), 400, 'BAD_REQUEST'],
    ['a chunk without a length', `${open}zz\r\n`, 400, 'BAD_REQUEST'],
    [
      'a head of more than 16 KiB',
      head(`x: ${'x'.repeat(16_384)}`),
      431,
      'REQUEST_HEADER_FIELDS_TOO_LARGE',
    ],
    [
      'chunk extensions of more than 16 KiB',
      `${open}1;${'x'.repeat(16_400)}`,
      413,
      'REQUEST_ENTITY_TOO_LARGE',
    ],
    ['a head that does not end', 'POST /graphql HTTP/1.1\r\nhost: x\r\n', 408, 'REQUEST_TIMEOUT'],
    ['a body that does not end', `${open}1\r\n{\r\n`, 408, 'REQUEST_TIMEOUT'],
  ])('%s', async (_name, sent, status, code) => {
    const times = status === 408 ? { head: 50, request: 60 } : {};
    await using gateway = await startListening(times);
    const socket = await gateway.open();
    socket.write(sent);
    const [answer, ...more] = answersIn(await text(socket));
    expect(more).toEqual([]);
    expect(answer?.status).toBe(status);
    const requestId = answer?.headers.get('x-request-id');
    expect(requestId).toMatch(/^[\w-]{36}$/);
    expect(answer?.body).toEqual({
      errors: [{ message: expect.stringContaining('expects'), extensions: { code, requestId } }],
    });
    expect(answer?.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer?.headers.get('connection')).toBe('close');
    expect(gateway.vendor.calls).toEqual([]);
    expect(gateway.logged()).not.toContain('unexpected fault');
  });

  test('after a response that was sent, whatever follows it', async () => {
    await using gateway = await startListening();
    const socket = await gateway.open();
    socket.write('GET /health HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('readable', resolve));
    socket.write('nonsense\r\n\r\n');
    expect(answersIn(await text(socket)).map(({ status }) => status)).toEqual([200, 400]);
  });
});

describe('rejects a request that servers could interpret differently, before any call', () => {
  const body = JSON.stringify({
    query: 'mutation { removeOrgMember(input: {userId: "1"}) { __typename } }',
  });
  const length = `content-length: ${body.length}`;
  const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const sent = (headers: readonly string[]) =>
    `POST /graphql HTTP/1.1\r\n${headers.join('\r\n')}\r\ncontent-type: application/json\r\n\r\n`;

  test.each<[name: string, sent: string, status: number, code: string]>([
    ['two Host headers', sent(['host: x', 'host: x', length]) + body, 400, 'BAD_REQUEST'],
    ['two different Host headers', sent(['Host: x', 'HOST: y', length]) + body, 400, 'BAD_REQUEST'],
    ['Host twice, without a value', sent(['host: ', 'host: ', length]) + body, 400, 'BAD_REQUEST'],
    [
      'gzip, chunked',
      sent(['host: x', 'transfer-encoding: gzip, chunked']) + chunks,
      501,
      'NOT_IMPLEMENTED',
    ],
    [
      'gzip and chunked',
      sent(['host: x', 'transfer-encoding: gzip', 'transfer-encoding: chunked']) + chunks,
      501,
      'NOT_IMPLEMENTED',
    ],
    [
      'identity, chunked',
      sent(['host: x', 'transfer-encoding: identity, chunked']) + chunks,
      501,
      'NOT_IMPLEMENTED',
    ],
    [
      'chunked twice',
      sent(['host: x', 'transfer-encoding: chunked, chunked']) + chunks,
      400,
      'BAD_REQUEST',
    ],
    ['gzip only', sent(['host: x', 'transfer-encoding: gzip']) + chunks, 501, 'NOT_IMPLEMENTED'],
    [
      'a body by GET in gzip, chunked',
      sent(['host: x', 'transfer-encoding: gzip, chunked']).replace('POST', 'GET') + chunks,
      501,
      'NOT_IMPLEMENTED',
    ],
  ])('%s', async (_name, request, status, code) => {
    await using gateway = await startListening();
    const socket = await gateway.open();
    socket.end(request);
    const [answer] = answersIn(await text(socket));
    expect(answer).toMatchObject({ status, body: { errors: [{ extensions: { code } }] } });
    expect(gateway.vendor.calls).toEqual([]);
  });

  test('but accepts one Host header, and the transfer coding chunked in any letter case', async () => {
    await using gateway = await startListening();
    const socket = await gateway.open();
    const query = JSON.stringify({ query: '{ __typename }' });
    const headers = ['Host: x', 'Transfer-Encoding: Chunked', 'connection: close'];
    socket.write(`${sent(headers)}${query.length.toString(16)}\r\n${query}\r\n0\r\n\r\n`);
    expect(answersIn(await text(socket))).toMatchObject([{ status: 200 }]);
  });
});
