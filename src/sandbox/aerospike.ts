import { randomUUID } from 'node:crypto';
import { pageOf } from './page.ts';
import { bearerToken, type Call, type Reply, type SimulatedVendor } from './simulator.ts';

/** What the vendor's documentation leaves open. */
export interface AerospikeOptions {
  /** What the removal of somebody who is no member gets. */
  readonly unknownMember?: 'problem-400' | 'not-found' | 'no-content';
  /** What the removal of the organisation's owner gets. */
  readonly ownerRemoval?: 'forbidden' | 'invalid';
  /** Which of the two documented error forms is sent. */
  readonly errorForm?: 'problem' | 'message';
}

const owner = '0a6d1c4e-5b7f-4e21-8c39-6f2d1b8a7e00';

/** One owner and four administrators. */
const seededMembers: readonly string[] = [
  owner,
  '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
  '2b8f3e6d-7c91-4a43-ae5b-8c4d3fa09b02',
  '3c904f7e-8da2-4b54-bf6c-9d5e40b1ac03',
  '4da1508f-9eb3-4c65-8a7d-ae6f51c2bd04',
];

function member(id: string) {
  const role = id === owner ? 'OrgOwner' : 'OrgAdmin';
  const name = `Member ${id.slice(-2)}`;
  const email = `member.${id.slice(-2)}@example.com`;
  return { id, firstName: name, lastName: 'Doe', email, createdAt: '2025-06-01T12:00:00Z', role };
}

const text = {
  unauthorized: ['auth:token-expired', 'invalid_token', 'The access token expired.'],
  forbidden: ['auth:unauthorized', 'forbidden', 'The token lacks the scope update:org.'],
  ownerForbidden: [
    'auth:unauthorized',
    'forbidden',
    'The owner of an organization cannot be removed.',
  ],
  notFound: ['resource:not-found', 'not_found', 'No such member in this organization.'],
  invalid: ['validation:failed', 'invalid_input', 'userId must be a UUID.'],
  throttled: ['ratelimit:exceeded', 'too_many_requests', 'Too many requests.'],
  down: ['system:unavailable', 'unavailable', 'The service is unavailable.'],
} as const;

/** The members of an Aerospike Cloud organisation, as the vendor's OpenAPI and newer pages describe them. */
export function aerospikeSimulator(options: AerospikeOptions = {}): SimulatedVendor {
  let members = new Set(seededMembers);

  const error = (
    status: number,
    which: keyof typeof text,
    headers: Record<string, string> = {},
  ): Reply => {
    const [type, code, detail] = text[which];
    if (options.errorForm === 'message')
      return { status, headers, json: { code, message: detail } };
    const problem = {
      type: `urn:aerospike:errors:${type}`,
      title: code,
      status,
      detail,
      message: detail,
    };
    return {
      status,
      headers: { 'content-type': 'application/problem+json', ...headers },
      json: problem,
    };
  };

  const unknownMember = (): Reply => {
    if (options.unknownMember === 'no-content') return { status: 204 };
    return error(options.unknownMember === 'not-found' ? 404 : 400, 'notFound');
  };

  const remove = (userId: string): Reply => {
    if (!/^[0-9a-f-]{36}$/i.test(userId)) return error(400, 'invalid');
    const id = userId.toLowerCase();
    if (id === owner)
      return error(options.ownerRemoval === 'invalid' ? 400 : 403, 'ownerForbidden');
    return members.delete(id) ? { status: 204 } : unknownMember();
  };

  const list = (call: Call): Reply => {
    const rows = pageOf([...members], call.query, { size: 'limit', standard: 10 });
    const [limit, offset] = [
      Number(call.query.get('limit') ?? 10),
      Number(call.query.get('offset') ?? 0),
    ];
    const meta = { total: members.size, limit, offset };
    return { status: 200, json: { count: rows.length, meta, members: rows.map(member) } };
  };

  const identified = (reply: Reply): Reply => ({
    ...reply,
    headers: { 'x-request-id': randomUUID(), ...reply.headers },
  });

  return {
    tokenOf: bearerToken,
    unauthorized: () => identified(error(401, 'unauthorized')),
    throttled: (seconds) => identified(error(429, 'throttled', { 'retry-after': String(seconds) })),
    down: () => identified(error(503, 'down')),
    // The vendor enforces a limit and publishes no number.
    limit: () => ({ headers: {} }),
    handle: (call) => {
      if (call.path === '/v2/organization/members' && call.method === 'GET')
        return identified(list(call));
      const match = /^\/v2\/organization\/members\/([^/]+)$/.exec(call.path);
      if (match === null || call.method !== 'DELETE') return identified({ status: 404 });
      if (call.behaviour === 'forbidden') return identified(error(403, 'forbidden'));
      return identified(remove(decodeURIComponent(match[1] ?? '')));
    },
    reset: () => {
      members = new Set(seededMembers);
    },
  };
}
