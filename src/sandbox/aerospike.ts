import { randomUUID } from 'node:crypto';
import {
  createSeedTable,
  organization,
  owner,
  seededMembers,
  toMemberRow,
} from './aerospike/seed.ts';
import { slicePage } from './page.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';
import { type Call, type Reply, readBearerToken, type SimulatedVendor } from './simulator.ts';

/** Options for behavior that the vendor's documentation leaves open. */
export interface AerospikeOptions {
  /** The response to the removal of a person who is not a member. */
  readonly unknownMember?: 'problem-400' | 'not-found' | 'no-content';
  /** The response to the removal of the organization's owner. */
  readonly ownerRemoval?: 'forbidden' | 'invalid';
  /** One of the two documented error forms. */
  readonly errorForm?: 'problem' | 'message';
  /** `on` if the list of members respects `limit` and `offset`. The vendor has switched paging off. */
  readonly paging?: 'off' | 'on';
  /** `missing` if the list of members has no total: its `meta` may be null. */
  readonly total?: 'told' | 'missing';
  /** `sent` if a 429 names a wait. The vendor documents no header for it. */
  readonly retryAfter?: 'missing' | 'sent';
}

/** A problem of the vendor: its type, title and detail, and the code of the older error form. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
}

const invalid: Problem = {
  type: 'validation:failed',
  title: 'Validation Error',
  detail: 'The provided information is not in the correct format.',
  code: 'invalid_input',
};

// The vendor's OpenAPI, `components.responses`. It does not describe the removal of an owner.
const problems = {
  unauthorized: {
    type: 'auth:token-expired',
    title: 'Token Expired',
    detail: 'Your session has expired. Please log in again.',
    code: 'invalid_token',
  },
  forbidden: {
    type: 'auth:unauthorized',
    title: 'Unauthorized',
    detail: "You don't have permission to access this resource.",
    code: 'forbidden',
  },
  owner: { ...invalid, detail: 'The owner of an organization cannot be removed.' },
  notFound: {
    type: 'resource:not-found',
    title: 'Resource Not Found',
    detail: 'The requested resource could not be found.',
    code: 'not_found',
  },
  invalid,
  throttled: {
    type: 'ratelimit:exceeded',
    title: 'Rate Limit Exceeded',
    detail: 'Too many requests. Please wait a moment before trying again.',
    code: 'too_many_requests',
  },
  // The spec has a 500 and a 501 only; `system:unavailable` is one of its types.
  down: {
    type: 'system:unavailable',
    title: 'Service Unavailable',
    detail: 'The service is temporarily unavailable. Please try again later.',
    code: 'unavailable',
  },
} satisfies Record<string, Problem>;

/** Creates a simulator of an Aerospike Cloud organization, as the vendor's OpenAPI and its pages describe it. */
export function createAerospikeSimulator(options: AerospikeOptions = {}): SimulatedVendor {
  let members = new Set(seededMembers);

  const error = (status: number, which: keyof typeof problems, context?: object): Reply => {
    const { type, title, detail, code } = problems[which];
    if (options.errorForm === 'message') return { status, json: { code, message: detail } };
    return {
      status,
      headers: { 'content-type': 'application/problem+json' },
      json: {
        type: `urn:aerospike:errors:${type}`,
        title,
        status,
        detail,
        message: detail,
        ...(context && { context }),
      },
    };
  };

  /** A 400 for one field, named by a JSON Pointer. */
  const invalidField = (name: string): Reply =>
    error(400, 'invalid', {
      invalid: [{ field: `/${name}`, type: 'urn:aerospike:errors:validation:failed' }],
    });

  const unknownMember = (id: string): Reply => {
    if (options.unknownMember === 'no-content') return { status: 204 };
    const status = options.unknownMember === 'not-found' ? 404 : 400;
    return error(status, 'notFound', { resource: 'user', id });
  };

  const remove = (userId: string): Reply => {
    if (!/^[0-9a-f-]{36}$/i.test(userId)) return invalidField('userId');
    const id = userId.toLowerCase();
    if (id === owner) {
      return options.ownerRemoval === 'invalid' ? error(400, 'owner') : error(403, 'forbidden');
    }
    return members.delete(id) ? { status: 204 } : unknownMember(id);
  };

  const list = ({ query }: Call): Reply => {
    const [limit, offset] = [Number(query.get('limit') ?? 10), Number(query.get('offset') ?? 0)];
    let rows = [...members];
    if (options.paging === 'on') {
      if (!Number.isInteger(limit) || limit < 1 || limit > 100) return invalidField('limit');
      if (!Number.isInteger(offset) || offset < 0) return invalidField('offset');
      rows = slicePage(rows, query, { size: 'limit', standard: 10 });
    }
    const meta = options.total === 'missing' ? null : { total: members.size, limit, offset };
    return { status: 200, json: { count: rows.length, meta, members: rows.map(toMemberRow) } };
  };

  const read = (call: Call): Reply => {
    const isForbidden = call.behaviour === 'forbidden';
    switch (call.path) {
      case '/v2/organization':
        return isForbidden ? error(403, 'forbidden') : { status: 200, json: organization };
      case '/v2/organization/members':
        return isForbidden ? error(403, 'forbidden') : list(call);
      default:
        return { status: 404 };
    }
  };

  const identified = (reply: Reply): Reply => ({
    ...reply,
    headers: { 'x-request-id': randomUUID(), ...reply.headers },
  });

  return {
    readToken: readBearerToken,
    unauthorized: () => identified(error(401, 'unauthorized')),
    throttled: (seconds) => {
      const reply = error(429, 'throttled');
      const wait = options.retryAfter === 'sent' ? { 'retry-after': String(seconds) } : {};
      return identified({ ...reply, headers: { ...reply.headers, ...wait } });
    },
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

/** Aerospike Cloud in the sandbox. */
export const aerospikeSandbox: SandboxVendor<'removeOrgMember'> = {
  createSimulator: createAerospikeSimulator,
  examples: {
    removeOrgMember: {
      input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' },
      fields: 'userId',
    },
  },
  createSeedTable,
};
