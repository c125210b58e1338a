import { Limiter } from './limiter.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';
import { type Call, type Reply, readBearerToken, type SimulatedVendor } from './simulator.ts';
import { listStreams, replyPage } from './wethod/lists.ts';
import {
  refusePermission,
  refusePrecondition,
  replyError,
  replyNotFound,
} from './wethod/replies.ts';
import {
  createLeaderLink,
  createSeedTable,
  type LeaderLink,
  members,
  persons,
  seedLeaders,
  streams,
} from './wethod/seed.ts';

/** Options for behavior that the vendor's documentation leaves open. */
export interface WethodOptions {
  /** The response if the person already leads the stream. */
  readonly repeatedAttach?: 'same-link' | 'refused';
  /** `all` if a list of streams also includes deleted leaders. */
  readonly includedLeaders?: 'live' | 'all';
}

const hour = 60 * 60 * 1000;
const firstNewId = 9001;

/** Creates a simulator of Wethod's streams, leaders and persons, as docs.wethod.com describes them. */
export function createWethodSimulator(options: WethodOptions = {}): SimulatedVendor {
  const limiter = new Limiter(5_000, hour);
  let links: LeaderLink[] = seedLeaders();
  let nextId = firstNewId;

  const live = (streamId: number) =>
    links.filter((link) => link.stream_id === streamId && link.deleted_at === null);

  const attach = (streamId: number, personId: number): Reply => {
    const stream = findStream(streamId);
    if (stream === undefined) return replyNotFound('Stream');
    if (!persons.some(({ id }) => id === personId)) return replyNotFound('Person');
    if (stream.archived_at !== null) return refusePrecondition('The stream is archived.');
    const known = live(streamId).find((link) => link.leader_id === personId);
    if (known !== undefined) {
      return options.repeatedAttach === 'refused'
        ? refusePrecondition('The person already leads the stream.')
        : { status: 200, json: known };
    }
    const link = createLeaderLink(nextId++, streamId, personId, new Date().toISOString());
    links.push(link);
    return { status: 200, json: link };
  };

  const detach = (streamId: number, personId: number): Reply => {
    const known = live(streamId).find((link) => link.leader_id === personId);
    if (known === undefined) return replyNotFound('Stream leader');
    known.deleted_at = new Date().toISOString();
    known.updated_at = known.deleted_at;
    return { status: 200 };
  };

  const write = (call: Call, streamId: number, personId: number): Reply => {
    if (call.method === 'POST') return attach(streamId, personId);
    if (call.method === 'DELETE') return detach(streamId, personId);
    return notAllowed;
  };

  const readLinks = (call: Call, streamId: number, kind: string | undefined): Reply => {
    if (findStream(streamId) === undefined) return replyNotFound('Stream');
    // Deleted links stay in the list, with the time of their deletion.
    const rows: readonly { stream_id: number }[] = kind === 'leaders' ? links : members;
    const ofStream = rows.filter((link) => link.stream_id === streamId);
    return replyPage(ofStream, call.query);
  };

  const included = (streamId: number) =>
    options.includedLeaders === 'all'
      ? links.filter((link) => link.stream_id === streamId)
      : live(streamId);

  const read = (call: Call): Reply => {
    if (call.path === '/api/streams') return listStreams(call.query, included);
    const one = /^\/api\/streams\/([0-9]+)$/.exec(call.path);
    if (one !== null) {
      const stream = findStream(Number(one[1]));
      return stream === undefined ? replyNotFound('Stream') : { status: 200, json: stream };
    }
    const list = /^\/api\/streams\/([0-9]+)\/(leaders|members)$/.exec(call.path);
    return list === null ? replyNotFound('Route') : readLinks(call, Number(list[1]), list[2]);
  };

  return {
    readToken: (headers) =>
      headers['wethod-company'] === undefined ? '' : readBearerToken(headers),
    unauthorized: () =>
      replyError(401, 'unauthorized', 'Authentication is required to access this resource.'),
    throttled: refuseThrottled,
    down: () => replyError(503, 'service_unavailable', 'The service is temporarily unavailable.'),
    limit: ({ token }) => {
      const { isAllowed, resetAt } = limiter.take(token);
      if (isAllowed) return { headers: {} };
      return refuseThrottled(Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)));
    },
    handle: (call) => {
      const target = /^\/api\/streams\/([0-9]+)\/leaders\/([0-9]+)$/.exec(call.path);
      if (target === null && call.method !== 'GET') return notAllowed;
      // It needs no permission beyond the authentication.
      if (call.path === '/api/persons/me') return { status: 200, json: persons[1] };
      if (/^\/api\/persons(?:\/|$)/.test(call.path)) {
        return call.behaviour === 'forbidden'
          ? refusePermission('settings.team')
          : readPersons(call);
      }
      if (call.behaviour === 'forbidden') return refusePermission('settings.company');
      if (call.behaviour === 'plan')
        return refusePrecondition('Streams are not enabled for this company.');
      return target === null ? read(call) : write(call, Number(target[1]), Number(target[2]));
    },
    reset: () => {
      limiter.reset();
      links = seedLeaders();
      nextId = firstNewId;
    },
  };
}

const notAllowed = replyError(
  405,
  'method_not_allowed',
  'The method is not allowed for this route.',
);

function readPersons({ path, query }: Call): Reply {
  if (path === '/api/persons') return replyPage(persons, query);
  const [, id] = /^\/api\/persons\/([0-9]+)$/.exec(path) ?? [];
  const person = persons.find((one) => String(one.id) === id);
  if (person !== undefined) return { status: 200, json: person };
  return replyNotFound(id === undefined ? 'Route' : 'Person');
}

function findStream(streamId: number) {
  return streams.find(({ id }) => id === streamId);
}

function refuseThrottled(seconds: number): Reply {
  return {
    ...replyError(429, 'too_many_requests', 'Rate limit exceeded.'),
    headers: { 'x-ratelimit-retry-after': String(seconds) },
  };
}

/** Wethod in the sandbox. */
export const wethodSandbox: SandboxVendor<'attachStreamLeader' | 'detachStreamLeader'> = {
  createSimulator: createWethodSimulator,
  identifiers: { 'wethod-company': 'acme' },
  examples: {
    attachStreamLeader: {
      input: { streamId: '1', leaderId: '106' },
      fields: 'leadership {\n  leadershipId\n  streamId\n  leaderId\n  createdAt\n}',
    },
    detachStreamLeader: {
      input: { streamId: '1', leaderId: '101' },
      fields:
        'stream {\n  name\n  leaders {\n    leader {\n      name\n      surname\n    }\n  }\n}',
    },
  },
  createSeedTable,
};
