import { Limiter } from './limiter.ts';
import { askedRoom, namedRoom, type RoomName } from './rocketchat/access.ts';
import { type PermissionOptions, permissionsOf } from './rocketchat/permissions.ts';
import { read } from './rocketchat/reads.ts';
import {
  archived,
  refused,
  roomNotFound,
  success,
  uncached,
  unknownRoute,
} from './rocketchat/replies.ts';
import { canAccess, isLastOwner, isMember, type Room, seedRooms } from './rocketchat/rooms.ts';
import { caller, findUser, others } from './rocketchat/users.ts';
import { type Features, featuresOf, type RocketChatVersion } from './rocketchat/versions.ts';
import type { Call, Reply, SimulatedVendor } from './simulator.ts';

/** What differs between the vendor's versions, settings and callers. */
export interface RocketChatOptions extends PermissionOptions {
  /** 8.8 by default. */
  readonly version?: RocketChatVersion;
  /** The body of a 401, if it is not the version's own: both forms at once (7.x), the older one, the newer one. */
  readonly unauthorizedForm?: Features['unauthorizedForm'];
  /** Whether there are rooms of the kinds that the sandbox's own seed does without. */
  readonly moreRooms?: boolean;
  /** The most rows of one page: 100 by default. */
  readonly upperLimit?: number;
}

/** Rocket.Chat's private rooms, as its server's source answers for them. */
export function rocketChatSimulator(options: RocketChatOptions = {}): SimulatedVendor {
  const { moreRooms = false, upperLimit = 100, version = '8.8' } = options;
  const features = featuresOf(version);
  const limiter = new Limiter(10, 60_000);
  const form = options.unauthorizedForm ?? features.unauthorizedForm;
  let rooms = seedRooms(moreRooms);

  const holdsOf = (call: Call) => permissionsOf(options, userOf(call), call.behaviour);

  // The order of the checks is the server's own (groups.leave, then leaveRoomMethod).
  const leave = (call: Call): Reply => {
    const userId = userOf(call);
    const room = askedRoom(rooms, bodyOf(call), userId);
    if ('status' in room) return room;
    if (room.isArchived) return archived(room.name);
    const method = 'leaveRoom';
    if (!holdsOf(call)('leave-p')) return notAllowed(method);
    if (!room.subscriptions.has(userId)) {
      return refused('error-user-not-in-room', 'You are not in this room', method);
    }
    if (isLastOwner(room, userId)) return lastOwner(method);
    room.subscriptions.delete(userId);
    return success();
  };

  // groups.kick, then removeUserFromRoomMethod. Before 6.0 the route looked for access and for an archive first.
  const kick = (call: Call): Reply => {
    const body = bodyOf(call);
    const room = features.kicksFromArchived
      ? namedRoom(rooms, body)
      : askedRoom(rooms, body, userOf(call));
    if ('status' in room) return room;
    if (room.isArchived && !features.kicksFromArchived) return archived(room.name);
    const user = kicked(body);
    return 'status' in user ? user : remove(call, room, user.id);
  };

  const remove = (call: Call, room: Room, userId: string): Reply => {
    const method = 'removeUserFromRoom';
    const holds = holdsOf(call);
    const kicksAnybody = holds('kick-user-from-any-p-room');
    if (!holds('remove-user', room)) return notAllowed(method);
    if (!kicksAnybody && !canAccess(rooms, room, userOf(call))) return roomNotFound;
    if (!kicksAnybody && !room.subscriptions.has(userId)) {
      return refused('error-user-not-in-room', 'User is not in this room', method);
    }
    if (isMember(room, userId) && isLastOwner(room, userId)) return lastOwner(method);
    room.subscriptions.delete(userId);
    return success();
  };

  return {
    tokenOf: (headers) =>
      headers['x-user-id'] === undefined ? '' : String(headers['x-auth-token'] ?? ''),
    unauthorized: () => ({ status: 401, headers: uncached, json: unauthorizedBody(form) }),
    throttled: (seconds) => throttled(seconds, limitHeaders(0, Date.now() + seconds * 1000)),
    down: () => ({
      status: 503,
      headers: uncached,
      json: { success: false, error: 'Service unavailable' },
    }),
    limit: (call) => {
      // Counted after the authentication, by route and address: one bucket for all who share a gateway.
      if (call.behaviour === 'expired') return { headers: {} };
      // Who need not keep to it is told nothing of it.
      if (holdsOf(call)('api-bypass-rate-limit')) return { headers: {} };
      const { isAllowed, remaining, resetAt } = limiter.take(`${call.method} ${call.path}`);
      const headers = limitHeaders(remaining, resetAt);
      if (isAllowed) return { headers };
      return throttled(Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)), headers);
    },
    handle: (call) => {
      if (call.method === 'GET') {
        const callerId = userOf(call);
        const holds = holdsOf(call);
        return read(call, { rooms, callerId, holds, features, permissions: options, upperLimit });
      }
      if (call.path === '/api/v1/groups.leave') return leave(call);
      if (call.path === '/api/v1/groups.kick') return kick(call);
      return unknownRoute(features.unknownRoute);
    },
    reset: () => {
      limiter.reset();
      rooms = seedRooms(moreRooms);
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
  readonly user?: unknown;
}

function bodyOf({ body }: Call): Body {
  return typeof body === 'object' && body !== null ? body : {};
}

/** Whom a kick names, or the refusal. */
function kicked({ userId, username, user: name }: Body): { readonly id: string } | Reply {
  const byId = given(userId);
  const byName = given(username) ?? given(name);
  if (byId === undefined && byName === undefined) {
    const text = 'The required "userId" or "username" param was not provided';
    return refused('error-user-param-not-provided', text);
  }
  const text = 'The required "userId" or "username" param provided does not match any users';
  return findUser(byId, byName) ?? refused('error-invalid-user', text);
}

function given(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function notAllowed(method: string): Reply {
  return refused('error-not-allowed', 'Not allowed', method);
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

function unauthorizedBody(form: Features['unauthorizedForm']): object {
  const text = 'You must be logged in to do this.';
  const status = { status: 'error', message: text };
  const success = { success: false, error: text };
  if (form === 'both') return { ...success, ...status };
  return form === 'status' ? status : success;
}
