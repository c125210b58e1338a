import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { credentials, testGateway } from '../support/gateway.ts';
import { type Responder, type StubAnswer, startVendor } from '../support/vendor.ts';

/** One read of each vendor: its document, and an answer that it can use. */
const reads = [
  {
    vendor: 'WETHOD',
    variable: 'WETHOD_URL',
    query: '{ stream(id: 7) { name } }',
    field: 'stream',
    good: { id: 7, name: 'A' },
    permission: 'settings.company',
    wait: () => ({ 'x-ratelimit-retry-after': '1' }),
  },
  {
    vendor: 'KAITEN',
    variable: 'KAITEN_URL',
    query: '{ group(uid: "g") { name } }',
    field: 'group',
    good: { id: 1, uid: 'g', name: 'A' },
    permission: null,
    wait: () => ({ 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 1) }),
  },
  {
    vendor: 'AEROSPIKE',
    variable: 'AEROSPIKE_URL',
    query: '{ organization { name } }',
    field: 'organization',
    good: { id: 'o', name: 'A' },
    permission: 'read:org',
    wait: () => ({ 'retry-after': '1' }),
  },
  {
    vendor: 'ROCKETCHAT',
    variable: 'ROCKETCHAT_URL',
    query: '{ chatGroup(id: "r") { name } }',
    field: 'chatGroup',
    good: { group: { _id: 'r', name: 'A' }, success: true },
    permission: null,
    wait: () => ({ 'x-ratelimit-reset': String(Date.now() + 1_000) }),
  },
] as const;

const quick = { VENDOR_TIMEOUT_MS: '200', FIELD_TIMEOUT_MS: '3000' };

const json = (status: number, body: unknown, headers = {}): StubAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Answers with one after the other, with the last one again and again. */
function inTurn(...answers: readonly (StubAnswer | 'reset' | 'hang')[]): Responder {
  let turn = 0;
  return (response) => {
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    if (answer === 'reset') return void response.destroy();
    if (answer === 'hang' || answer === undefined) return;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
}

describe.each(reads)('a read of $vendor', (read) => {
  const ok = json(200, read.good);
  const run = async (responder: Responder, env = {}, headers = credentials) => {
    const vendor = await startVendor(responder);
    const gateway = testGateway({ [read.variable]: vendor.url, ...quick, ...env });
    const { data, errors, headers: sent } = await gateway.sendText(read.query, headers);
    await gateway[Symbol.asyncDispose]();
    await vendor[Symbol.asyncDispose]();
    const requestId = sent.get('x-request-id');
    return { value: data[read.field], errors, calls: vendor.calls, requestId };
  };

  const failures: readonly [name: string, first: StubAnswer | 'reset' | 'hang'][] = [
    ['a lost connection', 'reset'],
    ['a timeout', 'hang'],
    ['500', json(500, { key: 'x', message: 'x', success: false })],
    ['502 with a page', { status: 502, body: '<html>' }],
    ['503', json(503, { key: 'x', message: 'x', success: false })],
    ['a short 429', json(429, { message: 'slow down' }, { 'retry-after': '0.25' })],
  ];

  // No vendor’s code sees how an attempt failed, but each has its own form of an error.
  const isOwn = ([name]: (typeof failures)[number]) => name === '500' || name === '503';
  const some = read === reads[0] ? failures : failures.filter(isOwn);
  test.each(some)('is sent again after %s', async (_name, first) => {
    const { value, errors, calls } = await run(inTurn(first, ok));
    expect({ value, errors }).toEqual({ value: { name: 'A' }, errors: [] });
    expect(calls).toHaveLength(2);
  });

  test('is sent again after a 429 with a short wait in the vendor’s own form', async () => {
    const { value, calls } = await run(inTurn(json(429, {}, read.wait()), ok));
    expect(value).toEqual({ name: 'A' });
    expect(calls).toHaveLength(2);
  });

  test('is sent again if one more call still fits, since there is nothing to read back', async () => {
    const { value, calls } = await run(inTurn('reset', ok), {
      VENDOR_TIMEOUT_MS: '400',
      FIELD_TIMEOUT_MS: '900',
    });
    expect(value).toEqual({ name: 'A' });
    expect(calls).toHaveLength(2);
  });

  test('is sent at most three times, and then fails with a code', async () => {
    const { value, errors, calls, requestId } = await run(json(503, { message: 'x' }));
    expect(value).toBe(null);
    expect(errors).toMatchObject([
      {
        path: [read.field],
        extensions: {
          code: 'VENDOR_UNAVAILABLE_ERROR',
          vendor: read.vendor,
          reason: 'SERVER_ERROR',
          retryable: true,
          retryAfterSeconds: null,
          requestId,
          vendorStatus: 503,
        },
      },
    ]);
    expect(errors[0]?.message).not.toMatch(/may or may not/);
    expect(calls).toHaveLength(3);
  });

  const refusals: readonly [status: number, code: string, extensions: object][] = [
    [401, 'AUTHENTICATION_ERROR', { problem: 'REJECTED', retryable: false }],
    [403, 'PERMISSION_DENIED_ERROR', { requiredPermission: read.permission, retryable: false }],
    [418, 'VENDOR_CONTRACT_ERROR', { retryable: false }],
    [302, 'VENDOR_CONTRACT_ERROR', { retryable: false }],
    [200, 'VENDOR_CONTRACT_ERROR', { retryable: false }],
    [204, 'VENDOR_CONTRACT_ERROR', { retryable: false }],
  ];

  test.each(refusals)(
    'that gets %i in the vendor’s own form is %s, sent once',
    async (status, code, more) => {
      const hasBody = status > 400 && !(read.vendor === 'KAITEN' && status === 403);
      const body = { key: 'x', message: 'x', success: false };
      const own = hasBody ? json(status, body, { 'x-request-id': 'r-1' }) : { status };
      const { value, errors, calls } = await run(own);
      expect(value).toBe(null);
      expect(errors).toMatchObject([{ extensions: { code, vendor: read.vendor, ...more } }]);
      expect(calls).toHaveLength(1);
    },
  );

  test('that gets a 429 with a long wait is RATE_LIMITED_ERROR, sent once, with the wait', async () => {
    const { errors, calls } = await run(json(429, {}, { 'retry-after': '60' }));
    expect(errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED_ERROR', retryable: true, retryAfterSeconds: 60 } },
    ]);
    expect(calls).toHaveLength(1);
  });

  test.each(['<!doctype html><p>Hello', '', '[1', 'null', '"Invalid token"', '[]', '{}', '17'])(
    'that gets the body %j is VENDOR_CONTRACT_ERROR, sent once',
    async (body) => {
      const { value, errors, calls } = await run({ status: 200, body });
      expect(value).toBe(null);
      expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
      expect(calls).toHaveLength(1);
    },
  );

  test('without credentials is AUTHENTICATION_ERROR MISSING, without a call', async () => {
    const { errors, calls } = await run(ok, {}, {});
    expect(errors).toMatchObject([
      { path: [read.field], extensions: { code: 'AUTHENTICATION_ERROR', problem: 'MISSING' } },
    ]);
    expect(calls).toHaveLength(0);
  });

  test('of a vendor that is not configured is NOT_CONFIGURED', async () => {
    const other = read.variable === 'KAITEN_URL' ? 'WETHOD_URL' : 'KAITEN_URL';
    await using gateway = testGateway({ [other]: 'http://127.0.0.1:9' });
    const { errors } = await gateway.sendText(read.query);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(read.variable),
        extensions: {
          code: 'VENDOR_UNAVAILABLE_ERROR',
          reason: 'NOT_CONFIGURED',
          retryable: false,
        },
      },
    ]);
  });

  test('sends this vendor’s credentials and no other’s, and its error repeats none', async () => {
    const secret = 'rocketchat-token-1 wethod-token-1 kaiten-token-1 aerospike-token-1';
    const { errors, calls } = await run(
      json(403, { key: 'x', message: secret, error: secret }),
      {},
      {
        ...credentials,
        authorization: 'Bearer gateway-caller',
        cookie: 'a=b',
      },
    );
    const sent = JSON.stringify(calls[0]?.headers);
    const own = `${read.vendor.toLowerCase()}-token-1`;
    expect(sent).toContain(own);
    for (const name of ['wethod', 'kaiten', 'aerospike', 'rocketchat', 'gateway-caller', 'a=b']) {
      if (!own.startsWith(name)) expect(sent).not.toContain(name);
    }
    expect(JSON.stringify(errors)).not.toContain(own);
  });

  test('is aborted at the vendor when its client disconnects, is not sent again, and opens no circuit', async () => {
    const [arrived, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let open = 0;
    await using vendor = await startVendor((response) => {
      open += 1;
      if (open === 20) arrived.resolve();
      response.on('close', () => {
        open -= 1;
        if (open === 0) closed.resolve();
      });
    });
    // Longer than the test may take: only the abort can end the calls.
    const slow = {
      VENDOR_TIMEOUT_MS: '30000',
      FIELD_TIMEOUT_MS: '60000',
      SHUTDOWN_GRACE_MS: '61000',
    };
    await using gateway = testGateway({ [read.variable]: vendor.url, ...slow });
    const gone = new AbortController();
    const clients = Array.from({ length: 20 }, () =>
      gateway.sendText(read.query, credentials, { signal: gone.signal }).catch(() => 'gone'),
    );
    await arrived.promise;
    gone.abort();
    await Promise.all(clients);
    await closed.promise;
    expect(vendor.calls).toHaveLength(20);
    vendor.answer = ok;
    const { data, errors } = await gateway.sendText(read.query);
    expect({ data, errors }).toEqual({ data: { [read.field]: { name: 'A' } }, errors: [] });
    expect(gateway.logged()).not.toContain('attempt failed');
  });
});

const strangers: readonly [name: string, query: string, answers: Record<string, unknown>][] = [
  ['stream', '{ stream(id: 7) { name } }', { '/api/streams/7': { id: 8, name: 'B' } }],
  [
    'stream’s leaders',
    '{ stream(id: 7) { leaders { leaderId } } }',
    { '/api/streams/7/leaders': [{ id: 1, stream_id: 8, leader_id: 2 }] },
  ],
  [
    'stream’s members',
    '{ stream(id: 7) { members { memberId } } }',
    { '/api/streams/7/members': [{ id: 1, stream_id: 8, member_id: 2 }] },
  ],
  [
    'included leaders',
    '{ streams { nodes { leaders { leaderId } } } }',
    { '/api/streams': [{ id: 7, stream_leaders: [{ id: 1, stream_id: 8, leader_id: 2 }] }] },
  ],
  ['group', '{ group(uid: "g") { name } }', { '/company/groups/g': { id: 1, uid: 'h' } }],
  [
    'room',
    '{ chatGroup(id: "r") { name } }',
    { '/api/v1/groups.info': { group: { _id: 's', name: 'B' }, success: true } },
  ],
  [
    'room’s owner',
    '{ chatGroup(id: "r") { owner { name } } }',
    {
      '/api/v1/groups.info': { group: { _id: 'r', u: { _id: 'a' } }, success: true },
      '/api/v1/users.info': { user: { _id: 'b', name: 'B' }, success: true },
    },
  ],
];

test.each(strangers)('rejects a response about another %s', async (_name, query, answers) => {
  await using vendor = await startVendor((response, { url }) => {
    const body = answers[new URL(url, 'http://vendor').pathname];
    response.writeHead(200).end(JSON.stringify(body));
  });
  const { url } = vendor;
  await using gateway = testGateway({ WETHOD_URL: url, KAITEN_URL: url, ROCKETCHAT_URL: url });
  const { errors } = await gateway.sendText(query);
  expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
});

const lists = [
  'streams { nodes { name } }',
  'memberships(email: "ada@example.com") { streamsLed { name } }',
  'groups { nodes { name } }',
  'groupUser(id: 1) { email }',
  'organization { members { nodes { email } } }',
  'orgMember(id: "0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30") { email }',
  'chatGroups { nodes { name } }',
];

test.each(lists)(
  'reports a 404 for a list that always exists as an error, not as an empty list: %s',
  async (query) => {
    await using vendor = await startVendor({ status: 404 });
    const { url } = vendor;
    const env = { WETHOD_URL: url, KAITEN_URL: url, AEROSPIKE_URL: url, ROCKETCHAT_URL: url };
    await using gateway = testGateway({ ...env, ...quick });
    const { errors } = await gateway.sendText(`{ ${query} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_CONTRACT_ERROR' } }]);
  },
);

const ownForms: readonly [name: string, query: string, answer: StubAnswer, code: string][] = [
  [
    'Kaiten’s 402',
    '{ group(uid: "g") { name } }',
    json(402, { message: 'Feature is not supported by tariff' }),
    'PLAN_REQUIRED_ERROR',
  ],
  [
    'Wethod’s 412',
    '{ stream(id: 1) { name } }',
    json(412, { key: 'precondition_failure', message: 'Streams are off.' }),
    'PRECONDITION_FAILED_ERROR',
  ],
  [
    'Rocket.Chat’s error-not-allowed',
    '{ chatGroup(id: "r") { name } }',
    json(400, { success: false, errorType: 'error-not-allowed', error: 'Not allowed' }),
    'PERMISSION_DENIED_ERROR',
  ],
];

test.each(ownForms)(
  'reports %s as a failed read with its own code',
  async (_name, query, answer, code) => {
    await using vendor = await startVendor(answer);
    const { url } = vendor;
    const env = { WETHOD_URL: url, KAITEN_URL: url, ROCKETCHAT_URL: url };
    await using gateway = testGateway({ ...env, ...quick });
    const { errors } = await gateway.sendText(query);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  },
);

test('reports a vendor’s 400 with the path of the query’s argument, without an input object', async () => {
  const failures = [{ field: 'limit', message: 'Too much.' }];
  await using vendor = await startVendor(json(400, { key: 'invalid_data', failures }));
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ...quick });
  const { errors } = await gateway.sendText('{ streams { nodes { name } } }');
  expect(errors).toMatchObject([
    {
      extensions: {
        code: 'INVALID_INPUT_ERROR',
        issues: [{ path: ['limit'], message: 'Too much.' }],
      },
    },
  ]);
});

test('returns null and the error for a page whose hasNextPage cannot be read', async () => {
  await using vendor = await startVendor((response, { url }) => {
    const isProbe = url.includes('limit=1&');
    if (isProbe) response.writeHead(403).end();
    else response.writeHead(200).end(JSON.stringify([{ id: 1 }, { id: 2 }]));
  });
  await using gateway = testGateway({ KAITEN_URL: vendor.url, ...quick });
  const { data, errors } = await gateway.sendText(
    '{ group(uid: "g") { users(first: 2) { nodes { userId } pageInfo { hasNextPage } } } }',
  );
  expect(data).toEqual({ group: { users: null } });
  expect(errors).toMatchObject([
    {
      path: ['group', 'users', 'pageInfo', 'hasNextPage'],
      extensions: { code: 'PERMISSION_DENIED_ERROR' },
    },
  ]);
});

test('does not log the e-mail address that is searched for', async () => {
  await using vendor = await startVendor({ status: 500 });
  const { url } = vendor;
  const env = { WETHOD_URL: url, KAITEN_URL: url, AEROSPIKE_URL: url, ROCKETCHAT_URL: url };
  await using gateway = testGateway({ ...env, ...quick });
  const { errors } = await gateway.sendText(
    '{ memberships(email: "canary@example.com") { groups { name } chatGroups { name } } }',
  );
  expect(errors).toHaveLength(2);
  expect(gateway.logged()).toContain('/company/users');
  expect(gateway.logged()).not.toContain('canary');
});

test('returns the other vendors’ parts of a document if one vendor is down', async () => {
  await using down = await startVendor({ status: 503 });
  await using up = await startVendor((response, { url }) => {
    const read = reads.find(({ vendor }) => {
      if (url.startsWith('/company')) return vendor === 'KAITEN';
      return url.startsWith('/organization') ? vendor === 'AEROSPIKE' : vendor === 'ROCKETCHAT';
    });
    response.writeHead(200).end(JSON.stringify(read?.good));
  });
  const env = { KAITEN_URL: up.url, AEROSPIKE_URL: up.url, ROCKETCHAT_URL: up.url };
  await using gateway = testGateway({ ...env, WETHOD_URL: down.url, ...quick });
  const query = reads.map((read) => read.query.slice(1, -1)).join(' ');
  const { data, errors } = await gateway.sendText(`{ ${query} }`);
  const name = { name: 'A' };
  expect(data).toEqual({ stream: null, group: name, organization: name, chatGroup: name });
  expect(errors).toMatchObject([{ path: ['stream'], extensions: { vendor: 'WETHOD' } }]);
});

test('opens the circuit after outages of reads, for changes too', async () => {
  await using vendor = await startVendor({ status: 503 });
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ...quick, FIELD_TIMEOUT_MS: '400' });
  const query = Array.from({ length: 12 }, (_, id) => `s${id}: stream(id: ${id + 1}) { name }`);
  await gateway.sendText(`{ ${query.join(' ')} }`);
  const before = vendor.calls.length;
  const { errors } = await gateway.sendText('{ stream(id: 99) { name } }');
  expect(errors).toMatchObject([{ extensions: { reason: 'CIRCUIT_OPEN', retryable: true } }]);
  const { data } = await gateway.sendText(
    'mutation { detachStreamLeader(input: {streamId: 1, leaderId: 1}) { ... on VendorUnavailableError { reason } } }',
  );
  expect(data['detachStreamLeader']).toEqual({ reason: 'CIRCUIT_OPEN' });
  expect(vendor.calls).toHaveLength(before);
});

test('sends at most eight concurrent calls to a vendor per document', async () => {
  let open = 0;
  let most = 0;
  await using vendor = await startVendor((response, { url }) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.writeHead(200).end(JSON.stringify({ id: Number(url.split('/').at(-1)) }));
    }, 5);
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const query = Array.from({ length: 60 }, (_, id) => `s${id}: stream(id: ${id + 1}) { streamId }`);
  const { errors } = await gateway.sendText(`{ ${query.join(' ')} }`);
  expect(errors).toEqual([]);
  expect(vendor.calls).toHaveLength(60);
  expect(most).toBe(8);
});

test.each([
  ['the field failed with one of its calls', 403, {}],
  ['the document has no calls left', 404, { MAX_VENDOR_CALLS: '60' }],
])('sends no queued read once the document is answered: %s', async (_name, status, env) => {
  const held: (() => void)[] = [];
  let isReleased = false;
  const rows = Array.from({ length: 100 }, (_, index) => ({ id: index + 1, name: 'S' }));
  await using vendor = await startVendor((response, { url }) => {
    const answer = (code: number, body: unknown) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.startsWith('/api/persons')) return answer(200, [{ id: 3, email: 'ann@example.com' }]);
    // Without their leaders, which are then read one stream at a time.
    if (url.startsWith('/api/streams?')) return answer(200, rows);
    if (url === '/api/streams/7') return answer(200, { id: 7, name: 'S' });
    if (url.startsWith('/api/streams/1/')) return answer(status, { message: 'No.' });
    if (isReleased) return answer(200, []);
    return void held.push(() => answer(200, []));
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ...env });
  const { data } = await gateway.sendText(
    '{ memberships(email: "ann@example.com") { streamsLed { ...L } } } fragment L on Membership { name vendor }',
  );
  expect(data).toEqual({ memberships: { streamsLed: null } });
  isReleased = true;
  for (const answer of held) answer();
  for (let count = 0; count < 5; count += 1) await gateway.sendText('{ stream(id: 7) { name } }');
  const leaders = vendor.calls.filter(({ url }) => url.includes('/leaders'));
  // The one that ended the field, and those that were on their way.
  expect(leaders.length).toBeLessThanOrEqual(16);
});

test('applies the rate limit to reads: RATE_LIMITED_ERROR without a call if the wait does not fit', async () => {
  await using vendor = await startVendor((response, { url }) => {
    response.writeHead(200).end(JSON.stringify({ id: 1, uid: url.split('/').at(-1) }));
  });
  await using gateway = testGateway({
    KAITEN_URL: vendor.url,
    KAITEN_RATE_LIMIT: '2/60',
    ...quick,
  });
  const query = ['a', 'b', 'c'].map((uid) => `${uid}: group(uid: "${uid}") { uid name }`);
  const { errors } = await gateway.sendText(`{ ${query.join(' ')} }`);
  expect(errors).toMatchObject([
    { extensions: { code: 'RATE_LIMITED_ERROR', vendorStatus: null, retryable: true } },
  ]);
  expect(vendor.calls).toHaveLength(2);
});

test('aborts the reads of an aborted request and no others', async () => {
  const arrived = Promise.withResolvers<void>();
  const held: (() => void)[] = [];
  await using vendor = await startVendor((response) => {
    if (held.length === 1) arrived.resolve();
    held.push(() => response.writeHead(200).end('{"id":7,"name":"A"}'));
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const gone = new AbortController();
  const query = '{ stream(id: 7) { name } }';
  const leaves = gateway.sendText(query, credentials, { signal: gone.signal }).catch(() => null);
  const stays = gateway.sendText(query);
  await arrived.promise;
  gone.abort();
  await leaves;
  for (const answer of held) answer();
  expect((await stays).data).toEqual({ stream: { name: 'A' } });
});

test('shares no read between two requests: each uses its own credentials', async () => {
  await using vendor = await startVendor((response, { headers }) => {
    const name = String(headers['wethod-company']);
    response.writeHead(200).end(JSON.stringify({ id: 7, name }));
  });
  await using gateway = testGateway({ WETHOD_URL: vendor.url });
  const ask = (company: string) =>
    gateway.sendText('{ stream(id: 7) { name } }', { ...credentials, 'wethod-company': company });
  const answers = await Promise.all(['one', 'two', 'one'].map(ask));
  expect(answers.map(({ data }) => data['stream'])).toEqual(
    ['one', 'two', 'one'].map((name) => ({ name })),
  );
  expect(vendor.calls).toHaveLength(3);
});

test('starts no read after a change that left no time for it', async () => {
  await using vendor = await startVendor((response, { method }) => {
    if (method === 'DELETE') setTimeout(() => response.writeHead(200).end(), 350);
  });
  // Of 1,100 ms the change takes 350 and a read 400; a second read would take until 1,250.
  const times = { VENDOR_TIMEOUT_MS: '400', FIELD_TIMEOUT_MS: '1100' };
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ...times });
  const { data, errors } = await gateway.sendText(
    `mutation { detachStreamLeader(input: {streamId: 1, leaderId: 1}) {
      ... on DetachStreamLeaderSuccess { outcome stream { name } } } }`,
  );
  expect(data['detachStreamLeader']).toEqual({ outcome: 'APPLIED', stream: null });
  expect(errors).toMatchObject([{ extensions: { reason: 'TIMEOUT' } }]);
  expect(vendor.calls.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
});

test('aborts a read at the vendor when its client closes the HTTP connection', async () => {
  const [arrived, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await using vendor = await startVendor((response) => {
    response.on('close', () => closed.resolve());
    arrived.resolve();
  });
  const slow = {
    VENDOR_TIMEOUT_MS: '30000',
    FIELD_TIMEOUT_MS: '60000',
    SHUTDOWN_GRACE_MS: '61000',
  };
  await using gateway = testGateway({ WETHOD_URL: vendor.url, ...slow });
  const server = createServer(gateway.gateway.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gone = new AbortController();
  const { port } = server.address() as AddressInfo;
  const answer = fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { ...credentials, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ stream(id: 7) { name } }' }),
    signal: gone.signal,
  }).catch(() => null);
  await arrived.promise;
  gone.abort();
  await answer;
  await closed.promise;
  expect(vendor.calls).toHaveLength(1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
