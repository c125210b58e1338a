import type { Call, Reply } from '../simulator.ts';
import { findRoom, findVisibleRoom } from './access.ts';
import { listMembersByName, listMembersByRole, listRoomRoles } from './members.ts';
import { type HasPermission, listPermissionRows, type PermissionOptions } from './permissions.ts';
import {
  fail,
  forbidden,
  noSuchChannel,
  refuseArchived,
  refuseParams,
  replySuccess,
  replyUnknownRoute,
} from './replies.ts';
import { canAccess, isMember, type Room, toRoomRow, toSubscriptionRow } from './rooms.ts';
import { readProfile, readUserInfo } from './user-info.ts';
import { findUser } from './users.ts';
import type { Features } from './versions.ts';

/** The state that determines the response to a read. */
export interface ReadContext {
  readonly rooms: ReadonlyMap<string, Room>;
  readonly callerId: string;
  readonly holds: HasPermission;
  readonly features: Features;
  readonly permissions: PermissionOptions;
  /** The maximum page size, unless 0 is requested: the setting `API_Upper_Count_Limit`. */
  readonly upperLimit: number;
}

/** Returns the response to a read. */
export function read(call: Call, context: ReadContext): Reply {
  const { query } = call;
  const { rooms, callerId, holds, features } = context;
  const isForbidden = call.behaviour === 'forbidden';
  const inRoom = (answer: (room: Room) => Reply, takesArchived = false): Reply => {
    const room = findVisibleRoom(rooms, Object.fromEntries(query), callerId);
    if ('status' in room) return room;
    if (room.isArchived && !takesArchived) return refuseArchived(room.name);
    return answer(room);
  };
  const page = (name: string, rows: readonly object[]) => replyPage(query, name, rows, context);
  // The token without permissions is rejected in every room, as other tokens are in a broadcast room.
  const seesMembers = (room: Room) =>
    !isForbidden && (room.isBroadcast !== true || holds('view-broadcast-member-list', room));
  switch (call.path.replace('/api/v1/', '')) {
    case 'me':
      return readProfile(callerId);
    case 'permissions.listAll':
      return replySuccess({ update: listPermissionRows(context.permissions), remove: [] });
    case 'groups.info':
      return inRoom((room) => replySuccess({ group: toRoomRow(room) }), true);
    case 'groups.list': {
      const own = [...rooms.values()].filter(({ subscriptions }) => subscriptions.has(callerId));
      return page('groups', own.map(toRoomRow));
    }
    case 'groups.listAll': {
      const text =
        'User does not have the permissions required for this action [error-unauthorized]';
      if (!holds('view-room-administration')) return fail(text, 403);
      return page('groups', [...rooms.values()].map(toRoomRow));
    }
    case 'groups.roles':
      return inRoom((room) => (isForbidden ? forbidden : listRoomRoles(room)));
    case 'groups.members':
      // The server finds the room, and whether it is archived, before it checks the permission.
      return inRoom((room) =>
        seesMembers(room) ? page('members', listMembersByName(room, query)) : forbidden,
      );
    case 'rooms.membersOrderedByRole': {
      if (!features.hasMembersByRole) break;
      const room = findRoom(rooms, Object.fromEntries(query));
      if ('status' in room) return noSuchChannel;
      if (!canAccess(rooms, room, callerId)) return roomNotSeen;
      if (!seesMembers(room)) return fail('unauthorized', 401);
      return page('members', listMembersByRole(room, query, features.showsSubscriptions));
    }
    case 'rooms.isMember':
      if (!features.hasIsMember) break;
      return checkMembership(query, context);
    case 'users.info':
      return readUserInfo(query, context);
    case 'subscriptions.get': {
      const update = [...rooms.values()].flatMap((room) => {
        const own = room.subscriptions.get(callerId);
        return own === undefined ? [] : [toSubscriptionRow(room, callerId, own)];
      });
      return replySuccess({ update, remove: [] });
    }
    case 'subscriptions.getOne': {
      const room = rooms.get(query.get('roomId') ?? '');
      const own = room?.subscriptions.get(callerId);
      // The server returns the caller's own subscription without checking access to the room.
      const subscription =
        room === undefined || own === undefined ? null : toSubscriptionRow(room, callerId, own);
      return replySuccess({ subscription });
    }
  }
  return replyUnknownRoute(features.unknownRoute);
}

const roomNotSeen = fail(
  'The required "roomId" or "roomName" param provided does not match any room',
  404,
);

/** Returns the response of `rooms.isMember`. It checks the room, the archive, the user, and then the caller's access. */
function checkMembership(
  query: URLSearchParams,
  { rooms, callerId, features }: ReadContext,
): Reply {
  if (!query.has('roomId') || !(query.has('userId') || query.has('username'))) {
    return refuseParams(features.typesQueries, 'must match a schema in anyOf');
  }
  const room = rooms.get(query.get('roomId') ?? '');
  if (room === undefined) return noSuchChannel;
  if (room.isArchived) return refuseArchived(room.name, 'channel');
  const user = findUser(query.get('userId') ?? undefined, query.get('username'));
  if (user === undefined) return fail('error-user-not-found');
  if (!canAccess(rooms, room, callerId)) return forbidden;
  return replySuccess({ isMember: isMember(room, user.id) });
}

function replyPage(
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
  return replySuccess({ [name]: items, count: items.length, offset, total: rows.length });
}
