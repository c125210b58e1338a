import { randomUUID } from 'node:crypto';
import { memberRow, organization, owner, seededMembers } from './aerospike/seed.ts';
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
  /** Whether the list of members tells how many there are: its `meta` may be null. */
  readonly total?: 'told' | 'missing';
}

const text = {
  unauthorized: ['auth:token-expired', 'invalid_token', 'The access token expired.'],
  forbidden: ['auth:unauthorized', 'forbidden', 'The token lacks the scope update:org.'],
  unreadable: ['auth:unauthorized', 'forbidden', 'The token lacks the scope read:org.'],
  ownerForbidden: [
    'auth:unauthorized',
    'forbidden',
    'The owner of an organization cannot be removed.',
  ],
  notFound: ['resource:not-found', 'not_found', 'No such member in this organization.'],
  invalid: ['validation:failed', 'invalid_input', 'userId must be a UUID.'],
  invalidPage: ['validation:failed', 'invalid_input', 'limit takes 1 to 100, offset 0 or more.'],
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

  const list = ({ query }: Call): Reply => {
    const [limit, offset] = [Number(query.get('limit') ?? 10), Number(query.get('offset') ?? 0)];
    const isLimit = Number.isInteger(limit) && limit >= 1 && limit <= 100;
    if (!isLimit || !Number.isInteger(offset) || offset < 0) return error(400, 'invalidPage');
    const rows = pageOf([...members], query, { size: 'limit', standard: 10 });
    const meta = options.total === 'missing' ? null : { total: members.size, limit, offset };
    return { status: 200, json: { count: rows.length, meta, members: rows.map(memberRow) } };
  };

  const read = (call: Call): Reply => {
    const isForbidden = call.behaviour === 'forbidden';
    switch (call.path) {
      case '/v2/organization':
        return isForbidden ? error(403, 'unreadable') : { status: 200, json: organization };
      case '/v2/organization/members':
        return isForbidden ? error(403, 'unreadable') : list(call);
      default:
        return { status: 404 };
    }
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
      if (call.method === 'GET') return identified(read(call));
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
