import type { ServerResponse } from 'node:http';
import { ids } from './changes.ts';
import { type SeenCall, type StubVendor, startVendor } from './vendor.ts';

/** What happens to one write or read, in place of a proper answer. */
export type Fault = (response: ServerResponse) => void;

/**
 * The four vendors in one server, with the one membership that the tests' changes are about. Writes
 * and reads meet the faults that are lined up for them, in order; after those they are answered.
 */
export interface World extends AsyncDisposable {
  readonly url: string;
  readonly vendor: StubVendor;
  /** Whether the membership exists. */
  isMember: boolean;
  readonly writes: () => readonly SeenCall[];
  readonly reads: () => readonly SeenCall[];
}

/** A fault, with whether the write was made all the same. */
export interface WriteFault {
  readonly isMade: boolean;
  readonly fault: Fault;
}

/** Returns a write that was made, whatever the response was. */
export const made = (fault: Fault): WriteFault => ({ isMade: true, fault });

/** Returns a write that was not made. */
export const lost = (fault: Fault): WriteFault => ({ isMade: false, fault });

/** Returns whether the membership exists before a change that can be made. */
export const wasMember = ({ name }: { readonly name: string }) => name !== 'attachStreamLeader';

/** Starts the four vendors. */
export async function startWorld(
  isMember: boolean,
  writeFaults: readonly WriteFault[] = [],
  readFaults: readonly Fault[] = [],
): Promise<World> {
  const pendingWrites = [...writeFaults];
  const pendingReads = [...readFaults];
  const vendor = await startVendor((response, call) => {
    const isRead = call.method === 'GET';
    const readFault = isRead ? pendingReads.shift() : undefined;
    if (readFault !== undefined) return readFault(response);
    if (isRead) return json(response, ...read(call, world.isMember));
    const isAttach = isAttaching(call);
    const pending = pendingWrites.shift();
    if (pending?.isMade === true) world.isMember = isAttach;
    if (pending !== undefined) return pending.fault(response);
    json(response, ...write(call, world));
  });
  const world: World = {
    url: vendor.url,
    vendor,
    isMember,
    writes: () => vendor.calls.filter(({ method }) => method !== 'GET'),
    reads: () => vendor.calls.filter(({ method }) => method === 'GET'),
    [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose](),
  };
  return world;
}

/** Returns the environment of a gateway over a world. */
export function over(world: { readonly url: string }, env: Record<string, string> = {}) {
  const { url } = world;
  return { WETHOD_URL: url, KAITEN_URL: url, AEROSPIKE_URL: url, ROCKETCHAT_URL: url, ...env };
}

function isAttaching({ method, url }: SeenCall): boolean {
  return method === 'POST' && url.startsWith('/api/streams/');
}

type StatusAndBody = readonly [status: number, body?: unknown];

function write(call: SeenCall, world: World): StatusAndBody {
  const { url } = call;
  const was = world.isMember;
  world.isMember = isAttaching(call);
  if (world.isMember) return [200, link()];
  if (url.startsWith('/api/streams/')) {
    return was ? [200] : [404, { key: 'not_found', message: 'No.' }];
  }
  if (url.startsWith('/groups/')) return was ? [200, { id: Number(ids.kaitenUserId) }] : [404];
  if (url.startsWith('/organization/')) {
    const type = 'urn:aerospike:errors:resource:not-found';
    return was ? [204] : [404, { type, title: 'Not found', status: 404 }];
  }
  if (was) return [200, { success: true }];
  const errorType = 'error-room-not-found';
  return [400, { success: false, error: `No [${errorType}]`, errorType }];
}

function read({ url }: SeenCall, isMember: boolean): StatusAndBody {
  if (url.startsWith('/api/streams/')) {
    const gone = { ...link(), id: 8, deleted_at: '2026-01-01T00:00:00Z' };
    const other = { ...link(), id: 7, leader_id: 41 };
    return [200, isMember ? [gone, other, link()] : [gone, other]];
  }
  if (url.startsWith('/groups/')) {
    return [200, [{ id: 500 }, ...(isMember ? [{ id: Number(ids.kaitenUserId) }] : [])]];
  }
  if (url.startsWith('/organization/')) {
    const members = isMember ? [{ id: 'other' }, { id: ids.memberId }] : [{ id: 'other' }];
    const meta = { total: members.length, limit: 100, offset: 0 };
    return [200, { count: members.length, meta, members }];
  }
  if (url.startsWith('/api/v1/rooms.isMember')) return [200, { isMember, success: true }];
  return [
    200,
    { subscription: isMember ? { rid: ids.groupId, open: false } : null, success: true },
  ];
}

function link() {
  return {
    id: 9,
    stream_id: Number(ids.streamId),
    leader_id: Number(ids.leaderId),
    deleted_at: null,
  };
}

/** Answers with JSON, or with an empty body. */
export function json(response: ServerResponse, status: number, body?: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

/** The faults of a vendor, by name. */
export const faults = {
  reset: (response) => response.socket?.resetAndDestroy(),
  resetInHeaders: (response) => {
    response.socket?.write('HTTP/1.1 200 OK\r\ncontent-', () => response.socket?.resetAndDestroy());
  },
  resetInBody: (response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{"i', () => response.socket?.resetAndDestroy());
  },
  hang: () => {},
  hangInBody: (response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{"i');
  },
  page: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html>');
  },
} satisfies Record<string, Fault>;

/** Answers with a status in the vendor's own error form. */
export function own(status: number, headers = {}): Fault {
  const body = { key: 'error', message: 'No.', success: false, error: 'No.' };
  return (response) => {
    const isKaiten = response.req.url?.startsWith('/groups/') === true;
    const isBare = isKaiten && (status === 403 || status === 404);
    json(response, status, isBare ? undefined : body, { 'x-request-id': 'r-1', ...headers });
  };
}

/** Answers with a status and a proxy's page. */
export function proxy(status: number): Fault {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<html><body>Bad gateway</body></html>');
  };
}
