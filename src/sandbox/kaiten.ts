import {
  createSeedTable,
  deactivated,
  type Group,
  seedGroups,
  suspended,
  toGroupRow,
  toMembershipRow,
  toUserRow,
  userIds,
} from './kaiten/seed.ts';
import { Limiter } from './limiter.ts';
import { slicePage } from './page.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';
import { type Call, type Reply, readBearerToken, type SimulatedVendor } from './simulator.ts';

/** Options for behavior that the vendor's documentation leaves open. */
export interface KaitenOptions {
  /** The form of the bare string in the body of a 401. */
  readonly unauthorizedBody?: 'quoted' | 'plain';
  /** The form of a single group: an object, or a list of one. */
  readonly groupShape?: 'object' | 'array';
  /** False to return all users of a group at once, as before October 2026. */
  readonly pagesGroupUsers?: boolean;
  /** The form of a user's groups: objects, as documented, or their numeric IDs only. */
  readonly companyUserGroups?: 'objects' | 'ids';
}

const base = '/api/latest';
const paging = { size: 'limit', standard: 100 } as const;
const currentUser = 502;

/** The filter of each value of `temporarily_inactive_status`. */
const inactivity: Readonly<Record<string, (isSuspended: boolean) => boolean>> = {
  all_users: () => true,
  only_active_users: (isSuspended) => !isSuspended,
  only_temporarily_inactive_users: (isSuspended) => isSuspended,
};

/** Creates a simulator of Kaiten's groups and users, as developers.kaiten.ru describes them. */
export function createKaitenSimulator(options: KaitenOptions = {}): SimulatedVendor {
  const limiter = new Limiter(5, 1_000);
  let groups = seedGroups();

  const find = (uid: string | undefined) =>
    groups.find((group) => group.uid === decodeURIComponent(uid ?? ''));

  const listGroups = ({ query }: Call): Reply => {
    const rows = groups.filter(({ name }) => contains(name, query)).map(toGroupRow);
    // The vendor pages this list only if the query has a size or an offset.
    const isPaged = query.has('limit') || query.has('offset');
    return { status: 200, json: isPaged ? slicePage(rows, query, paging) : rows };
  };

  const oneGroup = (group: Group | undefined): Reply => {
    if (group === undefined) return { status: 404 };
    const row = toGroupRow(group);
    return { status: 200, json: options.groupShape === 'array' ? [row] : row };
  };

  const groupUsers = ({ query }: Call, group: Group | undefined): Reply => {
    if (group === undefined) return { status: 404 };
    const ids = [...group.users];
    const page = options.pagesGroupUsers === false ? ids : slicePage(ids, query, paging);
    return { status: 200, json: page.map(toUserRow) };
  };

  const users = ({ query }: Call): Reply => {
    const ids = query.get('ids')?.split(',').map(Number);
    const withInactive = query.get('include_inactive') === 'true';
    // The IDs filter the list: unknown IDs are left out, and a repeated ID appears once.
    const rows = userIds
      .filter((id) => ids?.includes(id) ?? true)
      .filter((id) => withInactive || (id !== deactivated && id !== suspended))
      .map(toUserRow);
    return { status: 200, json: slicePage(rows.filter(isNamedBy(query)), query, paging) };
  };

  const companyUsers = ({ query }: Call): Reply => {
    const withGroups = query.get('for_members_section') === 'true';
    // The default filter is not documented. The filter works in the members section only.
    const status = withGroups ? query.get('temporarily_inactive_status') : null;
    const isListed = inactivity[status ?? 'only_active_users'];
    if (isListed === undefined) return { status: 400, json: { message: 'Bad request' } };
    const found = userIds
      .filter((id) => id !== deactivated && isListed(id === suspended))
      .map(toUserRow)
      .filter(isNamedBy(query));
    const rows = slicePage(found, query, paging).map((user) => {
      const own = groups.filter((group) => group.users.has(user.id));
      const told =
        options.companyUserGroups === 'ids'
          ? own.map(({ id }) => id)
          : own.map((group) => toMembershipRow(group, user.id));
      return { ...user, ...(withGroups && { groups: told }) };
    });
    return { status: 200, json: rows };
  };

  const read = (call: Call, path: string): Reply => {
    if (path === '/company/groups') return listGroups(call);
    if (path === '/company/users') return companyUsers(call);
    const group = /^\/company\/groups\/([^/]+)$/.exec(path);
    if (group !== null) return oneGroup(find(group[1]));
    const list = /^\/groups\/([^/]+)\/users$/.exec(path);
    return list === null ? { status: 404 } : groupUsers(call, find(list[1]));
  };

  const remove = (path: string): Reply => {
    const [, uid, id] = /^\/groups\/([^/]+)\/users\/([0-9]+)$/.exec(path) ?? [];
    // The vendor's 404 has no body, and is the same for an unknown group and an unknown member.
    if (find(uid)?.users.delete(Number(id)) !== true) return { status: 404 };
    return { status: 200, json: toUserRow(Number(id)) };
  };

  return {
    readToken: readBearerToken,
    unauthorized: () =>
      options.unauthorizedBody === 'plain'
        ? { status: 401, headers: { 'content-type': 'text/plain' }, text: 'Unauthorized' }
        : { status: 401, json: 'Unauthorized' },
    throttled: (seconds) => ({
      status: 429,
      headers: limitHeaders(0, Date.now() + seconds * 1000),
      json: tooMany,
    }),
    down: () => ({ status: 503, json: { message: 'Service is temporarily unavailable' } }),
    limit: ({ token }) => {
      const { isAllowed, remaining, resetAt } = limiter.take(token);
      const headers = limitHeaders(remaining, resetAt);
      return isAllowed ? { headers } : { status: 429, headers, json: tooMany };
    },
    handle: (call) => {
      const path = call.path.startsWith(base) ? call.path.slice(base.length) : '';
      // These two need no permission for the members section.
      if (call.method === 'GET' && path === '/users') return users(call);
      if (call.method === 'GET' && path === '/users/current')
        return { status: 200, json: toUserRow(currentUser) };
      if (call.behaviour === 'plan')
        return { status: 402, json: { message: "Your tariff doesn't include groups" } };
      if (call.behaviour === 'forbidden') return { status: 403 };
      if (call.method === 'GET') return read(call, path);
      return call.method === 'DELETE' ? remove(path) : { status: 404 };
    },
    reset: () => {
      limiter.reset();
      groups = seedGroups();
    },
  };
}

const tooMany = { message: 'Too many requests' };

function contains(text: string, query: URLSearchParams): boolean {
  return text.toLowerCase().includes(query.get('query')?.toLowerCase() ?? '');
}

function isNamedBy(query: URLSearchParams) {
  return ({ full_name, email }: { readonly full_name: string; readonly email: string }) =>
    contains(full_name, query) || contains(email, query);
}

function limitHeaders(remaining: number, resetAt: number): Record<string, string> {
  return {
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil(resetAt / 1000)),
  };
}

/** Kaiten in the sandbox. */
export const kaitenSandbox: SandboxVendor<'removeGroupUser'> = {
  createSimulator: createKaitenSimulator,
  examples: {
    removeGroupUser: {
      input: { groupUid: '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10', userId: '501' },
      fields: 'user {\n  userId\n  fullName\n  email\n}',
    },
  },
  createSeedTable,
};
