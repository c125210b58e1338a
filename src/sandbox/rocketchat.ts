import { Limiter } from './limiter.ts';
import { askedRoom, type RoomName } from './rocketchat/access.ts';
import { type ReadOptions, read } from './rocketchat/reads.ts';
import { refused, success, uncached, unknownRoute } from './rocketchat/replies.ts';
import { isLastOwner, seedRooms } from './rocketchat/rooms.ts';
import { caller, findUser, others } from './rocketchat/users.ts';
import type { Call, Reply, SimulatedVendor } from './simulator.ts';

/** What differs between the vendor's versions and settings. */
export interface RocketChatOptions extends ReadOptions {
  /** The body of a 401: both forms at once (7.x), the older one, the newer one. */
  readonly unauthorizedForm?: 'both' | 'status' | 'success';
}

/** Rocket.Chat's private rooms, as its server's source answers for them. */
export function rocketChatSimulator(options: RocketChatOptions = {}): SimulatedVendor {
  const limiter = new Limiter(10, 60_000);
  let rooms = seedRooms();

  // The order of the checks is the server's own (groups.leave, then leaveRoomMethod).
  const leave = (call: Call): Reply => {
    const userId = userOf(call);
    const room = askedRoom(rooms, bodyOf(call), userId);
    if ('status' in room) return room;
    if (room.isArchived) {
      return refused('error-room-archived', `The private group, ${room.name}, is archived`);
    }
    const method = 'leaveRoom';
    if (call.behaviour === 'forbidden') return refused('error-not-allowed', 'Not allowed', method);
    if (!room.subscriptions.has(userId)) {
      return refused('error-user-not-in-room', 'You are not in this room', method);
    }
    if (isLastOwner(room, userId)) return lastOwner(method);
    room.subscriptions.delete(userId);
    return success();
  };

  // groups.kick, then removeUserFromRoomMethod.
  const kick = (call: Call): Reply => {
    const body = bodyOf(call);
    const room = askedRoom(rooms, body, userOf(call));
    if ('status' in room) return room;
    const user = findUser(body.userId, body.username);
    if (user === undefined) {
      const text = 'The required "userId" or "username" param provided does not match any users';
      return refused('error-invalid-user', text);
    }
    const method = 'removeUserFromRoom';
    if (call.behaviour === 'forbidden' || room.isArchived) {
      return refused('error-not-allowed', 'Not allowed', method);
    }
    if (!room.subscriptions.has(user.id)) {
      return refused('error-user-not-in-room', 'User is not in this room', method);
    }
    if (isLastOwner(room, user.id)) return lastOwner(method);
    room.subscriptions.delete(user.id);
    return success();
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
      if (call.method === 'GET') return read(call, rooms, userOf(call), options);
      if (call.path === '/api/v1/groups.leave') return leave(call);
      return call.path === '/api/v1/groups.kick' ? kick(call) : unknownRoute;
    },
    reset: () => {
      limiter.reset();
      rooms = seedRooms();
    },
  };
}

function userOf(call: Call): string {
  const id = String(call.headers['x-user-id']);
  return others.includes(id) ? id : caller;
}

interface Body extends RoomName {
  readonly userId?: unknown;
  readonly username?: unknown;
}

function bodyOf({ body }: Call): Body {
  return typeof body === 'object' && body !== null ? body : {};
}

function lastOwner(method: string): Reply {
  const text = 'You are the last owner. Please set new owner before leaving the room.';
  return refused('error-you-are-last-owner', text, method);
}

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
