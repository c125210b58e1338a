import type { Reply } from '../simulator.ts';
import { noRoomGiven, roomNotFound } from './replies.ts';
import { canAccess, type Room } from './rooms.ts';

/** How a call names a room, as it came. */
export interface RoomName {
  readonly roomId?: unknown;
  readonly roomName?: unknown;
}

/** The private room that a call names, whoever may see it, or the refusal. */
export function namedRoom(
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

/** The room that a call names, or the refusal: the same for one that is not there and one not to be seen. */
export function askedRoom(
  rooms: ReadonlyMap<string, Room>,
  name: RoomName,
  callerId: string,
): Room | Reply {
  const room = namedRoom(rooms, name);
  if ('status' in room) return room;
  return canAccess(rooms, room, callerId) ? room : roomNotFound;
}
