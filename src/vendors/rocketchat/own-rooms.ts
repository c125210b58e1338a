import type { ChatGroup, ChatGroupDetails } from '../../entities.ts';
import { path, withQuery } from '../../http/path.ts';
import { type PagedRead, readAll } from '../listing.ts';
import type { VendorReader } from '../reader.ts';
import { chatGroup } from './rows.ts';
import { isMembership, roomPage, roomRow, subscriptionAnswer } from './wire.ts';

/** A private room in the caller's list, which holds those that the caller is only invited to as well. */
export interface OwnRoom {
  readonly group: ChatGroup & { readonly details: ChatGroupDetails };
  /** Whether its members may be on other servers; only to such a room are people invited, and have to accept. */
  readonly isFederated: boolean;
}

/** The caller's own private rooms: `GET groups.list`. */
export function ownRooms(reader: VendorReader<'ROCKETCHAT'>): PagedRead<OwnRoom> {
  return {
    page: async (offset, limit) => {
      const list = withQuery(path`/api/v1/groups.list`, { count: limit, offset });
      const reading = await reader.list(list);
      const page = reader.object(reading, reading.json, roomPage, 'rooms');
      const items = page.groups.map((json) => {
        const row = reader.object(reading, json, roomRow, 'room');
        const group = chatGroup(row, reader.host, reading);
        return { group, isFederated: row.federated === true };
      });
      return { items, total: page.total };
    },
    idOf: ({ group }) => group.groupId,
    tooLong: reader.tooLong,
  };
}

/** All of the private rooms that the caller is a member of. */
export async function readJoinedRooms(
  reader: VendorReader<'ROCKETCHAT'>,
): Promise<readonly OwnRoom['group'][]> {
  const rooms = (await readAll(ownRooms(reader))) ?? [];
  const isIn = await Promise.all(rooms.map((room) => isJoined(reader, room)));
  return rooms.filter((_room, index) => isIn[index]).map(({ group }) => group);
}

/** Whether the caller is a member of a room in the own list: for a federated one, `GET subscriptions.getOne` tells. */
export async function isJoined(
  reader: VendorReader<'ROCKETCHAT'>,
  { group, isFederated }: OwnRoom,
): Promise<boolean> {
  if (!isFederated) return true;
  const query = { roomId: group.groupId };
  const reading = await reader.list(withQuery(path`/api/v1/subscriptions.getOne`, query));
  const { subscription } = reader.object(reading, reading.json, subscriptionAnswer, 'subscription');
  return subscription !== null && isMembership(subscription.status);
}
