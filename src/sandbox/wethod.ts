import { Limiter } from './limiter.ts';
import { pageOf } from './page.ts';
import { bearerToken, type Call, type Reply, type SimulatedVendor } from './simulator.ts';

/** What the vendor's documentation leaves open. */
export interface WethodOptions {
  /** What a person who leads the stream already gets when attached again. */
  readonly repeatedAttach?: 'same-link' | 'refused';
}

interface Link {
  readonly id: number;
  readonly created_at: string;
  updated_at: string;
  readonly stream_id: number;
  readonly leader_id: number;
  deleted_at: string | null;
}

const hour = 60 * 60 * 1000;

/** Streams: 1 Consulting, 2 Design, 3 Legacy (archived), 4 Research (no leader yet). */
const streams = new Map([
  [1, { name: 'Consulting', isArchived: false }],
  [2, { name: 'Design', isArchived: false }],
  [3, { name: 'Legacy', isArchived: true }],
  [4, { name: 'Research', isArchived: false }],
]);

/** Persons 101 to 110. */
const persons = new Set(Array.from({ length: 10 }, (_, index) => 101 + index));

const seededLeaders: readonly (readonly [stream: number, person: number])[] = [
  [1, 101],
  [1, 102],
  [1, 103],
  [2, 104],
  [3, 105],
];

/** Wethod's streams and leaders, as docs.wethod.com describes them. */
export function wethodSimulator(options: WethodOptions = {}): SimulatedVendor {
  const limiter = new Limiter(5_000, hour);
  let links: Link[] = seed();
  let nextId = 9001;

  const attach = (streamId: number, personId: number): Reply => {
    const stream = streams.get(streamId);
    if (stream === undefined) return notFound('Stream');
    if (!persons.has(personId)) return notFound('Person');
    if (stream.isArchived) return refused('The stream is archived.');
    const live = findLive(links, streamId, personId);
    if (live !== undefined) {
      return options.repeatedAttach === 'refused'
        ? refused('The person already leads the stream.')
        : { status: 200, json: live };
    }
    const link = newLink(nextId++, streamId, personId, new Date().toISOString());
    links.push(link);
    return { status: 200, json: link };
  };

  const detach = (streamId: number, personId: number): Reply => {
    const live = findLive(links, streamId, personId);
    if (live === undefined) return notFound('Stream leader');
    live.deleted_at = new Date().toISOString();
    live.updated_at = live.deleted_at;
    return { status: 200 };
  };

  // Deleted links stay in the list, with the time of their deletion.
  const leaders = (call: Call, streamId: number): Reply => {
    if (call.method !== 'GET')
      return error(405, 'method_not_allowed', 'The method is not allowed.');
    if (!streams.has(streamId)) return notFound('Stream');
    const rows = links.filter((link) => link.stream_id === streamId);
    return { status: 200, json: pageOf(rows, call.query, { size: 'limit', standard: 100 }) };
  };

  return {
    tokenOf: (headers) => (headers['wethod-company'] === undefined ? '' : bearerToken(headers)),
    unauthorized: () =>
      error(401, 'unauthorized', 'Authentication is required to access this resource.'),
    throttled: (seconds) => ({
      ...error(429, 'too_many_requests', 'Rate limit exceeded.'),
      headers: { 'x-ratelimit-retry-after': String(seconds) },
    }),
    down: () => error(503, 'service_unavailable', 'The service is temporarily unavailable.'),
    limit: ({ token }) => {
      const { isAllowed, resetAt } = limiter.take(token);
      if (isAllowed) return { headers: {} };
      const seconds = Math.max(1, Math.ceil((resetAt - Date.now()) / 1000));
      return {
        ...error(429, 'too_many_requests', 'Rate limit exceeded.'),
        headers: { 'x-ratelimit-retry-after': String(seconds) },
      };
    },
    handle: (call) => {
      const list = /^\/api\/streams\/([0-9]+)\/leaders$/.exec(call.path);
      const match = /^\/api\/streams\/([0-9]+)\/leaders\/([0-9]+)$/.exec(call.path);
      if (match === null && list === null) return notFound('Route');
      const denial = deny(call);
      if (denial !== null) return denial;
      if (match === null) return leaders(call, Number(list?.[1]));
      const [streamId, personId] = [Number(match[1]), Number(match[2])];
      if (call.method === 'POST') return attach(streamId, personId);
      if (call.method === 'DELETE') return detach(streamId, personId);
      return error(405, 'method_not_allowed', 'The method is not allowed for this route.');
    },
    reset: () => {
      limiter.reset();
      links = seed();
      nextId = 9001;
    },
  };
}

function seed(): Link[] {
  return seededLeaders.map(([stream, person], index) =>
    newLink(index + 1, stream, person, '2026-04-24T10:03:54.905Z'),
  );
}

function newLink(id: number, stream_id: number, leader_id: number, now: string): Link {
  return { id, created_at: now, updated_at: now, stream_id, leader_id, deleted_at: null };
}

function findLive(links: readonly Link[], streamId: number, personId: number): Link | undefined {
  return links.find(
    (link) =>
      link.stream_id === streamId && link.leader_id === personId && link.deleted_at === null,
  );
}

function deny(call: Call): Reply | null {
  if (call.behaviour === 'forbidden') {
    return error(403, 'forbidden', 'You do not have the permission settings.company.');
  }
  return call.behaviour === 'plan' ? refused('Streams are not enabled for this company.') : null;
}

function notFound(what: string): Reply {
  return error(404, 'not_found', `${what} not found.`);
}

function refused(message: string): Reply {
  return error(412, 'precondition_failure', message);
}

function error(status: number, key: string, message: string): Reply {
  return { status, json: { key, message } };
}
