import { Limiter } from './limiter.ts';
import { findRoom, findVisibleRoom, type RoomName } from './rocketchat/access.ts';
import { createPermissionCheck, type PermissionOptions } from './rocketchat/permissions.ts';
import { read } from './rocketchat/reads.ts';
import {
  refuse,
  refuseArchived,
  replySuccess,
  replyUnknownRoute,
  roomNotFound,
  uncached,
} from './rocketchat/replies.ts';
import { canAccess, isLastOwner, isMember, type Room, seedRooms } from './rocketchat/rooms.ts';
import { createSeedTable } from './rocketchat/seed-table.ts';
import { caller, findUser, others } from './rocketchat/users.ts';
import { type Features, getFeatures, type RocketChatVersion } from './rocketchat/versions.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';
import type { Call, Reply, SimulatedVendor } from './simulator.ts';

/** Options for the differences between the vendor's versions, settings and callers. */
export interface RocketChatOptions extends PermissionOptions {
  /** The version of the server, 8.8 by default. */
  readonly version?: RocketChatVersion;
  /** The body of a 401, by default that of the version: both forms (7.x), the older one, or the newer one. */
  readonly unauthorizedForm?: Features['unauthorizedForm'];
  /** True to add rooms of kinds that the sandbox's seed does not have. */
  readonly moreRooms?: boolean;
  /** The maximum page size, 100 by default. */
  readonly upperLimit?: number;
}

/** Creates a simulator of Rocket.Chat's private rooms, according to the server's source code. */
export function createRocketChatSimulator(options: RocketChatOptions = {}): SimulatedVendor {
  const { moreRooms = false, upperLimit = 100, version = '8.8' } = options;
  const features = getFeatures(version);
  const limiter = new Limiter(10, 60_000);
  const form = options.unauthorizedForm ?? features.unauthorizedForm;
  let rooms = seedRooms(moreRooms);

  const createCheck = (call: Call) =>
    createPermissionCheck(options, getUserId(call), call.behaviour);

  // The order of the checks is the server's own (groups.leave, then leaveRoomMethod).
  const leave = (call: Call): Reply => {
    const userId = getUserId(call);
    const room = findVisibleRoom(rooms, readBody(call), userId);
    if ('status' in room) return room;
    if (room.isArchived) return refuseArchived(room.name);
    const method = 'leaveRoom';
    if (!createCheck(call)('leave-p')) return refuseAction(method);
    if (!room.subscriptions.has(userId)) {
      return refuse('error-user-not-in-room', 'You are not in this room', method);
    }
    if (isLastOwner(room, userId)) return refuseLastOwner(method);
    room.subscriptions.delete(userId);
    return replySuccess();
  };

  // groups.kick, then removeUserFromRoomMethod. Before 6.0 the route looked for access and for an archive first.
  const kick = (call: Call): Reply => {
    const body = readBody(call);
    const room = features.kicksFromArchived
      ? findRoom(rooms, body)
      : findVisibleRoom(rooms, body, getUserId(call));
    if ('status' in room) return room;
    if (room.isArchived && !features.kicksFromArchived) return refuseArchived(room.name);
    const user = findKickedUser(body);
    return 'status' in user ? user : remove(call, room, user.id);
  };

  const remove = (call: Call, room: Room, userId: string): Reply => {
    const method = 'removeUserFromRoom';
    const holds = createCheck(call);
    const kicksAnybody = holds('kick-user-from-any-p-room');
    if (!holds('remove-user', room)) return refuseAction(method);
    if (!kicksAnybody && !canAccess(rooms, room, getUserId(call))) return roomNotFound;
    if (!kicksAnybody && !room.subscriptions.has(userId)) {
      return refuse('error-user-not-in-room', 'User is not in this room', method);
    }
    if (isMember(room, userId) && isLastOwner(room, userId)) return refuseLastOwner(method);
    room.subscriptions.delete(userId);
    return replySuccess();
  };

  return {
    readToken: (headers) =>
      headers['x-user-id'] === undefined ? '' : String(headers['x-auth-token'] ?? ''),
    unauthorized: () => ({ status: 401, headers: uncached, json: renderUnauthorized(form) }),
    throttled: (seconds) => refuseThrottled(seconds, limitHeaders(0, Date.now() + seconds * 1000)),
    down: () => ({
      status: 503,
      headers: uncached,
      json: { success: false, error: 'Service unavailable' },
    }),
    limit: (call) => {
      // Counted after authentication, by route and address: all callers of a gateway share one bucket.
      if (call.behaviour === 'expired') return { headers: {} };
      // A caller with this permission gets no limit headers.
      if (createCheck(call)('api-bypass-rate-limit')) return { headers: {} };
      const { isAllowed, remaining, resetAt } = limiter.take(`${call.method} ${call.path}`);
      const headers = limitHeaders(remaining, resetAt);
      if (isAllowed) return { headers };
      return refuseThrottled(Math.max(1, Math.ceil((resetAt - Date.now()) / 1000)), headers);
    },
    handle: (call) => {
      if (call.method === 'GET') {
        const callerId = getUserId(call);
        const holds = createCheck(call);
        return read(call, { rooms, callerId, holds, features, permissions: options, upperLimit });
      }
      if (call.path === '/api/v1/groups.leave') return leave(call);
      if (call.path === '/api/v1/groups.kick') return kick(call);
      return replyUnknownRoute(features.unknownRoute);
    },
    reset: () => {
      limiter.reset();
      rooms = seedRooms(moreRooms);
    },
  };
}

function getUserId(call: Call): string {
  const id = String(call.headers['x-user-id']);
  return others.includes(id) ? id : caller;
}

interface Body extends RoomName {
  readonly userId?: unknown;
  readonly username?: unknown;
  readonly user?: unknown;
}

function readBody({ body }: Call): Body {
  return typeof body === 'object' && body !== null ? body : {};
}

/** Returns the user that a kick names, or the rejection. */
function findKickedUser({ userId, username, user: name }: Body): { readonly id: string } | Reply {
  const byId = toFilledText(userId);
  const byName = toFilledText(username) ?? toFilledText(name);
  if (byId === undefined && byName === undefined) {
    const text = 'The required "userId" or "username" param was not provided';
    return refuse('error-user-param-not-provided', text);
  }
  const text = 'The required "userId" or "username" param provided does not match any users';
  return findUser(byId, byName) ?? refuse('error-invalid-user', text);
}

function toFilledText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function refuseAction(method: string): Reply {
  return refuse('error-not-allowed', 'Not allowed', method);
}

function refuseLastOwner(method: string): Reply {
  const text = 'You are the last owner. Please set new owner before leaving the room.';
  return refuse('error-you-are-last-owner', text, method);
}

function limitHeaders(remaining: number, resetAt: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': '10',
    'X-RateLimit-Remaining': String(remaining),
    // In milliseconds; other vendors use seconds.
    'X-RateLimit-Reset': String(resetAt),
  };
}

function refuseThrottled(seconds: number, headers: Record<string, string>): Reply {
  const error =
    'Error, too many requests. Please slow down. ' +
    `You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`;
  return { status: 429, headers: { ...uncached, ...headers }, json: { success: false, error } };
}

function renderUnauthorized(form: Features['unauthorizedForm']): object {
  const text = 'You must be logged in to do this.';
  const status = { status: 'error', message: text };
  const success = { success: false, error: text };
  if (form === 'both') return { ...success, ...status };
  return form === 'status' ? status : success;
}

/** Rocket.Chat in the sandbox. */
export const rocketchatSandbox: SandboxVendor<'leaveGroup' | 'removeChatGroupMember'> = {
  createSimulator: createRocketChatSimulator,
  identifiers: { 'rocketchat-user-id': caller },
  examples: {
    leaveGroup: { input: { groupId: 'ByehQjC44FwMeiLbX' }, fields: 'groupId' },
    removeChatGroupMember: {
      input: { groupId: 'Lo8NaOwnErTs4Kd7Q', userId: 'k3WpTzR8sLmYvQn6D' },
      fields: 'groupId\nuserId',
    },
  },
  createSeedTable,
};
