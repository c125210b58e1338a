import type { ServerResponse } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { allChanges, changePerVendor, ids } from '../support/changes.ts';
import {
  createForeignAnswer,
  type ForeignBody,
  foreignBodies,
  foreignStatuses,
} from '../support/foreign-bodies.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { getPage, type Routes } from '../support/list-vendor.ts';
import { once } from '../support/table.ts';
import { type SeenCall, startVendor } from '../support/vendor.ts';
import { over, startWorld, wasMember } from '../support/world.ts';

const ada = 'ada@example.com';
const { streamId, leaderId, groupUid, kaitenUserId, memberId, groupId, chatUserId } = ids;
const link = { id: 9, stream_id: Number(streamId) };
const room = { _id: groupId, name: 'room', t: 'p', u: { _id: chatUserId, username: 'olga' } };
const chatUser = { _id: chatUserId, username: 'olga', name: 'Olga' };
const success = (json: object) => ({ json: { ...json, success: true } });

/** Everything that is read, where all is well: in each list there is somebody. */
const good: Routes = [
  [/^GET \/api\/streams$/, (query) => ({ json: getPage([{ id: 7, name: 'A' }], query) })],
  [/^GET \/api\/streams\/\d+$/, () => ({ json: { id: 7, name: 'A' } })],
  [
    /^GET \/api\/streams\/\d+\/leaders$/,
    (query) => ({ json: getPage([{ ...link, leader_id: 42 }], query) }),
  ],
  [
    /^GET \/api\/streams\/\d+\/members$/,
    (query) => ({ json: getPage([{ ...link, member_id: 42 }], query) }),
  ],
  [/^GET \/api\/persons$/, (query) => ({ json: getPage([{ id: 42, email: ada }], query) })],
  [/^GET \/api\/persons\/\d+$/, () => ({ json: { id: 42, email: ada } })],
  [
    /^GET \/groups\/[^/]+\/users$/,
    (query) => ({ json: getPage([{ id: Number(kaitenUserId) }], query) }),
  ],
  [
    /^GET \/company\/groups$/,
    (query) => ({ json: getPage([{ id: 3, uid: groupUid, name: 'A' }], query) }),
  ],
  [/^GET \/company\/groups\/[^/]+$/, () => ({ json: { id: 3, uid: groupUid, name: 'A' } })],
  [
    /^GET \/company\/users$/,
    () => ({ json: [{ id: 501, email: ada, groups: [{ id: 3, uid: groupUid, name: 'A' }] }] }),
  ],
  [/^GET \/users$/, () => ({ json: [{ id: Number(kaitenUserId) }] })],
  [/^GET \/organization$/, () => ({ json: { id: 'org', name: 'A' } })],
  [
    /^GET \/organization\/members$/,
    () => ({ json: { count: 1, meta: { total: 1 }, members: [{ id: memberId, email: ada }] } }),
  ],
  [/^GET \/api\/v1\/groups\.info$/, () => success({ group: room })],
  [/^GET \/api\/v1\/groups\.list$/, () => success({ groups: [room], total: 1 })],
  [
    /^GET \/api\/v1\/(rooms\.membersOrderedByRole|groups\.members)$/,
    () => success({ members: [{ ...chatUser, roles: ['owner'] }], total: 1 }),
  ],
  [
    /^GET \/api\/v1\/groups\.roles$/,
    () => success({ roles: [{ rid: groupId, u: { _id: chatUserId }, roles: ['owner'] }] }),
  ],
  [/^GET \/api\/v1\/me$/, () => success({ _id: 'me', emails: [{ address: 'me@example.com' }] })],
  [
    /^GET \/api\/v1\/users\.info$/,
    () => success({ user: { ...chatUser, emails: [{ address: ada }] } }),
  ],
  [/^GET \/api\/v1\/rooms\.isMember$/, () => success({ isMember: true })],
];

const members = 'nodes { user { userId } roles }';
const chatGroups = `memberships(email: "${ada}") { chatGroups { groupId: chatGroup { groupId } } }`;

/** A document for each endpoint that is read. */
const reads: readonly [endpoint: RegExp, document: string][] = [
  [/^\/api\/streams$/, 'streams { nodes { streamId } }'],
  [/^\/api\/streams\/\d+$/, `stream(id: "${streamId}") { name }`],
  [/^\/api\/streams\/\d+\/leaders$/, `stream(id: "${streamId}") { leaders { leaderId } }`],
  [/^\/api\/streams\/\d+\/members$/, `stream(id: "${streamId}") { members { memberId } }`],
  [/^\/api\/persons$/, `memberships(email: "${ada}") { streamsLed { name } }`],
  [/^\/api\/persons(\/\d+)?$/, `person(id: "${leaderId}") { email }`],
  [/^\/groups\/[^/]+\/users$/, `group(uid: "${groupUid}") { users { nodes { userId } } }`],
  [/^\/company\/groups$/, 'groups { nodes { uid } }'],
  [/^\/company\/groups\/[^/]+$/, `group(uid: "${groupUid}") { name }`],
  [/^\/company\/users$/, `memberships(email: "${ada}") { groups { name } }`],
  [/^\/users$/, `groupUser(id: "${kaitenUserId}") { userId }`],
  [/^\/organization$/, 'organization { name }'],
  [/^\/organization\/members$/, 'organization { members { nodes { userId } } }'],
  [/^\/organization\/members$/, `orgMember(id: "${memberId}") { email }`],
  [/^\/organization\/members$/, `memberships(email: "${ada}") { organizations { name } }`],
  [/^\/api\/v1\/groups\.info$/, `chatGroup(id: "${groupId}") { name }`],
  [/^\/api\/v1\/groups\.list$/, 'chatGroups { nodes { groupId } }'],
  [
    /^\/api\/v1\/rooms\.membersOrderedByRole$/,
    `chatGroup(id: "${groupId}") { members { ${members} } }`,
  ],
  [
    /^\/api\/v1\/(rooms\.membersOrderedByRole|groups\.members)$/,
    `chatGroup(id: "${groupId}") { members { ${members} } }`,
  ],
  [
    /^\/api\/v1\/(rooms\.membersOrderedByRole|groups\.roles)$/,
    `chatGroup(id: "${groupId}") { members { ${members} } }`,
  ],
  [/^\/api\/v1\/users\.info$/, `chatGroup(id: "${groupId}") { owner { name } }`],
  [/^\/api\/v1\/me$/, chatGroups],
  [/^\/api\/v1\/users\.info$/, chatGroups],
  [/^\/api\/v1\/rooms\.isMember$/, chatGroups],
];

const send = (response: ServerResponse, foreign: ForeignBody, status: number) => {
  const { headers, body } = createForeignAnswer(foreign, status);
  response.writeHead(status, headers).end(body);
};

/** Names to the vendors what is sent: each call bears it in place of a token. */
const tokens = (token: string) => ({
  ...credentials,
  'wethod-authorization': `Bearer ${token}`,
  'kaiten-authorization': `Bearer ${token}`,
  'aerospike-authorization': `Bearer ${token}`,
  'rocketchat-auth-token': token,
});

const tokenOf = ({ headers }: SeenCall) =>
  `${headers.authorization ?? headers['x-auth-token']}`.replace('Bearer ', '');

/** The vendors: the endpoint that a token names answers as the token says, all others as they do. */
async function start() {
  const stack = new AsyncDisposableStack();
  const vendor = stack.use(
    await startVendor((response, call) => {
      const { pathname, searchParams } = new URL(call.url, 'http://vendor');
      const [read, body, status] = tokenOf(call).split('-').slice(1).map(Number);
      const foreign = foreignBodies[body ?? -1];
      const isForeign = reads[read ?? -1]?.[0].test(pathname) === true;
      if (foreign !== undefined && isForeign) return send(response, foreign, status ?? 200);
      const [, reply] = good.find(([pattern]) => pattern.test(`${call.method} ${pathname}`)) ?? [];
      if (reply === undefined) throw new Error(`no such route: ${pathname}`);
      const { json } = reply(searchParams, [], '');
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    }),
  );
  const gateway = stack.use(testGateway(over(vendor, once)));
  return { vendor, gateway, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const shared = await start();
afterAll(() => shared[Symbol.asyncDispose]());

/** One endpoint of each vendor. */
const readPerVendor = [1, 8, 11, 15];

/**
 * A page and an object of JSON, which are sent in place of every endpoint's response. The other bodies are sent in place of
 * one response of each vendor: how a body is recognized does not depend on the endpoint.
 */
const isEverywhere = ({ name }: ForeignBody) => name === 'nginx' || name.startsWith('JSON');

/** Sends documents, their endpoints answered with a foreign body and a status, or as the vendors do. */
async function readAll(world: typeof shared, foreign: ForeignBody | null, status = 200) {
  const isAll = foreign === null || isEverywhere(foreign);
  const every = (isAll ? [...reads.keys()] : readPerVendor).map(async (index) => {
    const [endpoint, document] = reads[index] ?? [/^$/, ''];
    const suffix = foreign === null ? '' : `-${foreignBodies.indexOf(foreign)}-${status}`;
    const token = `read-${index}${suffix}`;
    const { data, errors } = await world.gateway.sendText(`{ ${document} }`, tokens(token));
    const own = world.vendor.calls.filter((call) => tokenOf(call) === token);
    const isReached = own.some(({ url }) => endpoint.test(url.split('?', 1)[0] ?? ''));
    return { where: `${endpoint} ${document}`, index, data, errors, isReached };
  });
  return Promise.all(every);
}

const wanted = await readAll(shared, null);

test.each(wanted)('reads $where from correct responses', ({ data, errors, isReached }) => {
  expect(errors).toEqual([]);
  expect(JSON.stringify(data)).not.toMatch(/null|\[\]/);
  expect(isReached).toBe(true);
});

describe.each(foreignBodies)('a response of $name', (foreign) => {
  const some = isEverywhere(foreign) ? allChanges : changePerVendor;

  test('is never a success, "not found" or an empty list, with any status', async () => {
    await using shared = await start();
    for (const status of foreignStatuses) {
      // Many reads need a gateway of their own: 503s open circuits, and a route that a server lacks is remembered.
      await using own = isEverywhere(foreign) ? await start() : null;
      const seen = await readAll(own ?? shared, foreign, status);
      for (const { where, index, data, errors, isReached } of seen) {
        if (status < 500) expect(isReached, where).toBe(true);
        // What another endpoint told instead is the whole truth, or there is an error.
        if (errors.length === 0) expect(data, where).toEqual(wanted[index]?.data);
        for (const { extensions } of errors) {
          const { code } = extensions as { readonly code: string };
          const codes = ['VENDOR_CONTRACT_ERROR', 'VENDOR_UNAVAILABLE_ERROR'];
          // Kaiten sends a bare string or a message with 401: those cannot be told apart.
          if (status === 401) codes.push('AUTHENTICATION_ERROR');
          expect(codes, where).toContain(code);
        }
      }
    }
  });

  test.each(some)('never makes $name APPLIED or "not found", with any status', async (change) => {
    const writes = foreignStatuses.map((status) => ({
      isMade: false,
      fault: (response: ServerResponse) => send(response, foreign, status),
    }));
    await using world = await startWorld(wasMember(change), writes);
    await using gateway = testGateway(over(world, once));
    for (const status of foreignStatuses) {
      const { __typename, outcome, vendorStatus } = await change.make(gateway);
      const where = `${status} ${__typename} ${outcome}`;
      // Kaiten sends a bare string or a message with 401: those cannot be told apart.
      const isKaitens = change.vendor === 'KAITEN' && status === 401;
      const types = ['VendorContractError', 'VendorUnavailableError'];
      expect(isKaitens ? [...types, 'AuthenticationError'] : types, where).toContain(__typename);
      if (status === 200) expect(outcome, where).toBe('UNKNOWN');
      else if (status < 500) expect(outcome, where).toBe('NOT_APPLIED');
      expect(vendorStatus).toBe(status);
    }
    expect(world.writes()).toHaveLength(foreignStatuses.length);
  });

  test.each(some)('never settles the read-back of $name, with any status', async (change) => {
    let status = 0;
    const fault = (response: ServerResponse) => send(response, foreign, status);
    const reset = (response: ServerResponse) => response.socket?.resetAndDestroy();
    await using world = await startWorld(
      wasMember(change),
      foreignStatuses.map(() => ({ isMade: false, fault: reset })),
      foreignStatuses.flatMap(() => Array(5).fill(fault)),
    );
    await using gateway = testGateway(over(world, once));
    for (status of foreignStatuses) {
      const readsBefore = world.reads().length;
      expect(await change.make(gateway), `${status}`).toMatchObject({ outcome: 'UNKNOWN' });
      expect(world.reads().length).toBeGreaterThan(readsBefore);
    }
  });
});
