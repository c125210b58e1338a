import { Limiter } from './limiter.ts';
import { pageOf } from './page.ts';
import { bearerToken, type Call, type Reply, type SimulatedVendor } from './simulator.ts';

/** What the vendor's documentation leaves open. */
export interface KaitenOptions {
  /** How the bare string of a 401 is written. */
  readonly unauthorizedBody?: 'quoted' | 'plain';
}

const people: readonly (readonly [id: number, name: string, theme: string])[] = [
  [501, 'Irina Sokolova', 'auto'],
  [502, 'Pavel Orlov', 'dark'],
  [503, 'Maria Lindholm', 'light'],
  [504, 'Tomás Rivera', 'auto'],
  [505, 'Aiko Tanaka', 'dark'],
];

/** The groups Engineering and Support, by uid. */
const seededGroups: readonly (readonly [uid: string, userIds: readonly number[]])[] = [
  ['5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10', [501, 502, 503, 504]],
  ['c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3', [503, 505]],
];

/** Kaiten's groups and their users, as developers.kaiten.ru describes them. */
export function kaitenSimulator(options: KaitenOptions = {}): SimulatedVendor {
  const limiter = new Limiter(5, 1_000);
  let groups = seed();

  const remove = (uid: string, userId: number): Reply => {
    // The vendor's 404 does not tell an unknown group from a user who is not in it, and has no body.
    if (groups.get(uid)?.delete(userId) !== true) return { status: 404 };
    return { status: 200, json: user(userId) };
  };

  const users = (call: Call, uid: string): Reply => {
    const group = groups.get(uid);
    if (group === undefined) return { status: 404 };
    const page = pageOf([...group], call.query, { size: 'limit', standard: 100 });
    return { status: 200, json: page.map(user) };
  };

  return {
    tokenOf: bearerToken,
    unauthorized: () =>
      options.unauthorizedBody === 'plain'
        ? { status: 401, headers: { 'content-type': 'text/plain' }, text: 'Invalid token' }
        : { status: 401, json: 'Invalid token' },
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
      if (call.behaviour === 'plan')
        return { status: 402, json: { message: 'Feature is not supported by tariff' } };
      if (call.behaviour === 'forbidden') return { status: 403 };
      const list = /^\/api\/latest\/groups\/([^/]+)\/users$/.exec(call.path);
      if (list !== null && call.method === 'GET')
        return users(call, decodeURIComponent(list[1] ?? ''));
      const match = /^\/api\/latest\/groups\/([^/]+)\/users\/([0-9]+)$/.exec(call.path);
      if (match === null || call.method !== 'DELETE') return { status: 404 };
      return remove(decodeURIComponent(match[1] ?? ''), Number(match[2]));
    },
    reset: () => {
      limiter.reset();
      groups = seed();
    },
  };
}

const tooMany = { message: 'Too many requests' };

function seed(): Map<string, Set<number>> {
  return new Map(seededGroups.map(([uid, userIds]) => [uid, new Set(userIds)]));
}

function limitHeaders(remaining: number, resetAt: number): Record<string, string> {
  return {
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': String(Math.ceil(resetAt / 1000)),
  };
}

function user(id: number) {
  const [, name, theme] = people.find(([known]) => known === id) ?? [id, `User ${id}`, 'auto'];
  const username = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '')
    .replace(' ', '.');
  return {
    id,
    full_name: name,
    email: `${username}@example.com`,
    username,
    avatar_initials_url: `https://example.com/avatars/${id}.png`,
    avatar_uploaded_url: null,
    initials: name.replaceAll(/[^A-Z]/g, ''),
    avatar_type: 2,
    lng: 'en',
    timezone: 'Europe/Berlin',
    theme,
    updated: '2026-09-01T08:30:00.000Z',
    created: '2025-02-11T09:15:27.412Z',
    activated: true,
    ui_version: 2,
    virtual: false,
    email_blocked: null,
    email_blocked_reason: null,
    delete_requested_at: null,
  };
}
