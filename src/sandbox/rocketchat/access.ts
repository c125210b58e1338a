import type { Reply } from '../simulator.ts';
import { noRoomGiven, roomNotFound } from './replies.ts';
import { canAccess, type Room } from './rooms.ts';

/** How a call names a room, as it came. */
export interface RoomName {
  readonly roomId?: unknown;
  readonly roomName?: unknown;
}

/** A room that the caller may see; null for any other. */
export function accessible(
  rooms: ReadonlyMap<string, Room>,
  roomId: string | null,
  callerId: string,
): Room | null {
  const room = rooms.get(roomId ?? '');
  return room !== undefined && canAccess(rooms, room, callerId) ? room : null;
}

/** The room that a call names, or the refusal: the same for one that is not there and one not to be seen. */
export function askedRoom(
  rooms: ReadonlyMap<string, Room>,
  { roomId, roomName }: RoomName,
  callerId: string,
): Room | Reply {
  if (typeof roomId !== 'string' && typeof roomName !== 'string') return noRoomGiven;
  const id =
    typeof roomId === 'string'
      ? roomId
      : [...rooms.values()].find(({ name }) => name === roomName)?.id;
  return accessible(rooms, id ?? null, callerId) ?? roomNotFound;
}
