import type { Call, Reply } from '../simulator.ts';
import { askedRoom, namedRoom } from './access.ts';
import { membersByName, membersByRole, roomRoles } from './members.ts';
import { type Holds, type PermissionOptions, permissionRows } from './permissions.ts';
import {
  archived,
  failed,
  forbidden,
  invalidParams,
  noSuchChannel,
  success,
  unknownRoute,
} from './replies.ts';
import { canAccess, isMember, type Room, roomRow, subscriptionRow } from './rooms.ts';
import { profile, userInfo } from './user-info.ts';
import { findUser } from './users.ts';
import type { Features } from './versions.ts';

/** What decides the answer to a read. */
export interface ReadContext {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly callerId: string;
  readonly holds: Holds;
  readonly features: Features;
  readonly permissions: PermissionOptions;
  /** The most rows of one page, where 0 is not asked for: the setting `API_Upper_Count_Limit`. */
  readonly upperLimit: number;
}

/** Answers the caller's reads. */
export function read(call: Call, context: ReadContext): Reply {
  const { query } = call;
  const { rooms, callerId, holds, features } = context;
  const isForbidden = call.behaviour === 'forbidden';
  const inRoom = (answer: (room: Room) => Reply, takesArchived = false): Reply => {
    const room = askedRoom(rooms, Object.fromEntries(query), callerId);
    if ('status' in room) return room;
    if (room.isArchived && !takesArchived) return archived(room.name);
    return answer(room);
  };
  const page = (name: string, rows: readonly object[]) => pageOf(query, name, rows, context);
  // The token that lacks every permission is refused in every room, as others are in a broadcast room.
  const seesMembers = (room: Room) =>
    !isForbidden && (room.isBroadcast !== true || holds('view-broadcast-member-list', room));
  switch (call.path.replace('/api/v1/', '')) {
    case 'me':
      return profile(callerId);
    case 'permissions.listAll':
      return success({ update: permissionRows(context.permissions), remove: [] });
    case 'groups.info':
      return inRoom((room) => success({ group: roomRow(room) }), true);
    case 'groups.list': {
      const own = [...rooms.values()].filter(({ subscriptions }) => subscriptions.has(callerId));
      return page('groups', own.map(roomRow));
    }
    case 'groups.listAll': {
      const text =
        'User does not have the permissions required for this action [error-unauthorized]';
      if (!holds('view-room-administration')) return failed(text, 403);
      return page('groups', [...rooms.values()].map(roomRow));
    }
    case 'groups.roles':
      return inRoom((room) => (isForbidden ? forbidden : roomRoles(room)));
    case 'groups.members':
      // The server finds the room, and that it is archived, before it asks for the permission.
      return inRoom((room) =>
        seesMembers(room) ? page('members', membersByName(room, query)) : forbidden,
      );
    case 'rooms.membersOrderedByRole': {
      if (!features.hasMembersByRole) break;
      const room = namedRoom(rooms, Object.fromEntries(query));
      if ('status' in room) return noSuchChannel;
      if (!canAccess(rooms, room, callerId)) return roomNotSeen;
      if (!seesMembers(room)) return failed('unauthorized', 401);
      return page('members', membersByRole(room, query, features.showsSubscriptions));
    }
    case 'rooms.isMember':
      if (!features.hasIsMember) break;
      return membership(query, context);
    case 'users.info':
      return userInfo(query, context);
    case 'subscriptions.get': {
      const update = [...rooms.values()].flatMap((room) => {
        const own = room.subscriptions.get(callerId);
        return own === undefined ? [] : [subscriptionRow(room, callerId, own)];
      });
      return success({ update, remove: [] });
    }
    case 'subscriptions.getOne': {
      const room = rooms.get(query.get('roomId') ?? '');
      const own = room?.subscriptions.get(callerId);
      // The caller's own, without any check of access to the room.
      const subscription =
        room === undefined || own === undefined ? null : subscriptionRow(room, callerId, own);
      return success({ subscription });
    }
  }
  return unknownRoute(features.unknownRoute);
}

const roomNotSeen = failed(
  'The required "roomId" or "roomName" param provided does not match any room',
  404,
);

/** `rooms.isMember`: the room, whether it is archived, the user, and only then whether the caller sees the room. */
function membership(query: URLSearchParams, { rooms, callerId, features }: ReadContext): Reply {
  if (!query.has('roomId') || !(query.has('userId') || query.has('username'))) {
    return invalidParams(features.typesQueries, 'must match a schema in anyOf');
  }
  const room = rooms.get(query.get('roomId') ?? '');
  if (room === undefined) return noSuchChannel;
  if (room.isArchived) return archived(room.name, 'channel');
  const user = findUser(query.get('userId') ?? undefined, query.get('username'));
  if (user === undefined) return failed('error-user-not-found');
  if (!canAccess(rooms, room, callerId)) return forbidden;
  return success({ isMember: isMember(room, user.id) });
}

function pageOf(
  query: URLSearchParams,
  name: string,
  rows: readonly object[],
  { upperLimit }: ReadContext,
): Reply {
  const offset = Math.max(0, Number(query.get('offset') ?? 0) || 0);
  const asked = Number(query.get('count') ?? 50);
  const isCount = Number.isInteger(asked) && asked >= 0;
  const size = asked === 0 ? rows.length : Math.min(isCount ? asked : 50, upperLimit);
  const items = rows.slice(offset, offset + size);
  return success({ [name]: items, count: items.length, offset, total: rows.length });
}
