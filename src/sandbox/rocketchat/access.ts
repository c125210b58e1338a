import type { Reply } from '../simulator.ts';
import { noRoomGiven, roomNotFound } from './replies.ts';
import { canAccess, type Room } from './rooms.ts';

/** The parameters by which a call names a room, unvalidated. */
export interface RoomName {
  readonly roomId?: unknown;
  readonly roomName?: unknown;
}

/** Returns the private room that a call names, visible or not, or the rejection. */
export function findRoom(
  rooms: ReadonlyMap<string, Room>,
  { roomId, roomName }: RoomName,
): Room | Reply {
  if (typeof roomId !== 'string' && typeof roomName !== 'string') return noRoomGiven;
  const room =
    typeof roomId === 'string'
      ? rooms.get(roomId)
      : [...rooms.values()].find(({ name }) => name === roomName);
  return room ?? roomNotFound;
}

/** Returns the room that a call names if the caller can see it. The rejection is the same for an unknown room. */
export function findVisibleRoom(
  rooms: ReadonlyMap<string, Room>,
  name: RoomName,
  callerId: string,
): Room | Reply {
  const room = findRoom(rooms, name);
  if ('status' in room) return room;
  return canAccess(rooms, room, callerId) ? room : roomNotFound;
}
