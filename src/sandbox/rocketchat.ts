import { Limiter } from './limiter.ts';
import type { Call, Reply, SimulatedVendor } from './simulator.ts';

/** What differs between the vendor's versions. */
export interface RocketChatOptions {
  /** The body of a 401: both forms at once (7.x), the older one, the newer one. */
  readonly unauthorizedForm?: 'both' | 'status' | 'success';
}

interface Subscription {
  roles: string[];
  /** False for a room that its member hid. */
  isOpen: boolean;
}

interface Room {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  /** The room that a discussion belongs to. */
  readonly parent?: string;
  readonly subscriptions: Map<string, Subscription>;
}

/** The caller whom every `rocketchat-user-id` stands for that is not one of the others. */
const caller = 'rbAXPnMktTFbNpwtJ';
const others = ['aobEdbYhXfu5hkeqG', 'k3WpTzR8sLmYvQn6D'];

/** Rocket.Chat's private rooms, as its server's source answers for them. */
export function rocketChatSimulator(options: RocketChatOptions = {}): SimulatedVendor {
  const limiter = new Limiter(10, 60_000);
  let rooms = seed();

  // The order of the checks is the server's own (groups.leave, then leaveRoomMethod).
  const leave = (call: Call): Reply => {
    const roomId = (call.body as { roomId?: unknown } | null | undefined)?.roomId;
    if (typeof roomId !== 'string') {
      return refused(
        'error-room-param-not-provided',
        'The parameter "roomId" or "roomName" is required',
      );
    }
    const userId = userOf(call);
    const room = rooms.get(roomId);
    if (room === undefined || !canAccess(rooms, room, userId)) return roomNotFound;
    if (room.isArchived) {
      return refused('error-room-archived', `The private group, ${room.name}, is archived`);
    }
    if (call.behaviour === 'forbidden') return refused('error-not-allowed', 'Not allowed', true);
    if (!room.subscriptions.has(userId)) {
      return refused('error-user-not-in-room', 'You are not in this room', true);
    }
    if (isLastOwner(room, userId)) {
      const text = 'You are the last owner. Please set new owner before leaving the room.';
      return refused('error-you-are-last-owner', text, true);
    }
    room.subscriptions.delete(userId);
    return { status: 200, headers: uncached, json: { success: true } };
  };

  // The caller's own subscription, without any check of access to the room.
  const getOne = (call: Call): Reply => {
    const rid = call.query.get('roomId') ?? '';
    const found = rooms.get(rid)?.subscriptions.get(userOf(call));
    const subscription =
      found === undefined ? null : { rid, open: found.isOpen, roles: found.roles };
    return { status: 200, headers: uncached, json: { subscription, success: true } };
  };

  return {
    tokenOf: (headers) =>
      headers['x-user-id'] === undefined ? '' : String(headers['x-auth-token'] ?? ''),
    unauthorized: () => ({ status: 401, headers: uncached, json: unauthorizedBody(options) }),
    throttled: (seconds) => throttled(seconds, limitHeaders(0, Date.now() + seconds * 1000)),
    down: () => ({
      status: 503,
      headers: uncached,
      json: { success: false, error: 'Service unavailable' },
    }),
    limit: (call) => {
      // Counted after the authentication, by route and address: one bucket for all who share a gateway.
      if (call.behaviour === 'expired') return { headers: {} };
      const { isAllowed, remaining, resetAt } = limiter.take(`${call.method} ${call.path}`);
      const headers = limitHeaders(remaining, resetAt);
      if (isAllowed) return { headers };
      return throttled(Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)), headers);
    },
    handle: (call) => {
      if (call.method === 'POST' && call.path === '/api/v1/groups.leave') return leave(call);
      if (call.method === 'GET' && call.path === '/api/v1/subscriptions.getOne')
        return getOne(call);
      return { status: 404, json: { status: 'error', message: 'API endpoint does not exist.' } };
    },
    reset: () => {
      limiter.reset();
      rooms = seed();
    },
  };
}

const uncached = { 'cache-control': 'no-store', pragma: 'no-cache' };

function seed(): Map<string, Room> {
  const member = (): Subscription => ({ roles: [], isOpen: true });
  const owner = (): Subscription => ({ roles: ['owner'], isOpen: true });
  const hidden = (): Subscription => ({ roles: [], isOpen: false });
  const [first = '', second = ''] = others;
  const rooms: Room[] = [
    room('ByehQjC44FwMeiLbX', 'invite-me', {
      [caller]: member(),
      [first]: owner(),
      [second]: member(),
    }),
    room('Gx2ZrTq9uVnLpW5sM', 'release-notes', { [caller]: member(), [first]: owner() }),
    room('Lo8NaOwnErTs4Kd7Q', 'my-own-room', { [caller]: owner(), [second]: member() }),
    {
      ...room('Ar5ChiVedRm9Xy2Wz', 'old-project', { [caller]: member(), [first]: owner() }),
      isArchived: true,
    },
    room('Hi7DdEnRoM3pQr8St', 'muted-room', { [caller]: hidden(), [first]: owner() }),
    room('Pv4TeOfOtH6jKl9Mn', 'board-only', { [first]: owner(), [second]: member() }),
    {
      ...room('Di2ScUsSiN5bVc8Xz', 'side-talk', { [first]: owner() }),
      parent: 'Gx2ZrTq9uVnLpW5sM',
    },
  ];
  return new Map(rooms.map((one) => [one.id, one]));
}

function room(id: string, name: string, subscriptions: Record<string, Subscription>): Room {
  return { id, name, isArchived: false, subscriptions: new Map(Object.entries(subscriptions)) };
}

function userOf(call: Call): string {
  const id = String(call.headers['x-user-id']);
  return others.includes(id) ? id : caller;
}

/** A private room is seen by its members, a discussion by those of its parent too. */
function canAccess(rooms: ReadonlyMap<string, Room>, of: Room, userId: string): boolean {
  if (of.subscriptions.has(userId)) return true;
  return of.parent !== undefined && rooms.get(of.parent)?.subscriptions.has(userId) === true;
}

function isLastOwner(of: Room, userId: string): boolean {
  const owners = [...of.subscriptions].filter(([, { roles }]) => roles.includes('owner'));
  return owners.length === 1 && owners[0]?.[0] === userId;
}

function refused(errorType: string, text: string, fromMethod = false): Reply {
  const details = fromMethod ? { details: { method: 'leaveRoom' } } : {};
  const json = { success: false, error: `${text} [${errorType}]`, errorType, ...details };
  return { status: 400, headers: uncached, json };
}

const roomNotFound = refused(
  'error-room-not-found',
  'The required "roomId" or "roomName" param provided does not match any group',
);

function limitHeaders(remaining: number, resetAt: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': '10',
    'X-RateLimit-Remaining': String(remaining),
    // Milliseconds, where others mean seconds.
    'X-RateLimit-Reset': String(resetAt),
  };
}

function throttled(seconds: number, headers: Record<string, string>): Reply {
  const error =
    'Error, too many requests. Please slow down. ' +
    `You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`;
  return { status: 429, headers: { ...uncached, ...headers }, json: { success: false, error } };
}

function unauthorizedBody({ unauthorizedForm = 'both' }: RocketChatOptions): object {
  const text = 'You must be logged in to do this.';
  const status = { status: 'error', message: text };
  const success = { success: false, error: text };
  if (unauthorizedForm === 'both') return { ...success, ...status };
  return unauthorizedForm === 'status' ? status : success;
}
