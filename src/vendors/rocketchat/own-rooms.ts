import { addQuery, path } from '../../upstream/path.ts';
import { type BoundedList, readAllPages } from '../core/pagination.ts';
import type { VendorReader } from '../core/reader.ts';
import { isMembership, room, roomPage, subscriptionList } from './decode.ts';
import type { ChatGroup, ChatGroupDetails } from './entities.ts';
import { toChatGroup } from './map.ts';

/** A private room in the caller's list, which includes rooms that the caller is only invited to. */
export interface OwnRoom {
  readonly group: ChatGroup & { readonly details: ChatGroupDetails };
  /** Whether its members may be on other servers: only invitations to such a room have to be accepted. */
  readonly isFederated: boolean;
}

/** Returns the list of the caller's private rooms: `GET groups.list`. */
export function createOwnRoomList(reader: VendorReader<'ROCKETCHAT'>): BoundedList<OwnRoom> {
  return {
    readPage: async (offset, limit) => {
      const list = addQuery(path`/api/v1/groups.list`, { count: limit, offset });
      const reading = await reader.getExisting(list);
      const page = reader.decode(reading, reading.json, roomPage, 'rooms');
      const items = page.groups.map((json) => {
        const row = reader.decode(reading, json, room, 'room');
        const group = toChatGroup(row, reader.host, reading);
        return { group, isFederated: row.federated === true };
      });
      return { items, total: page.total };
    },
    getId: ({ group }) => group.groupId,
    tooLong: reader.tooLong,
  };
}

/** Reads all private rooms that the caller is a member of. */
export async function readJoinedRooms(
  reader: VendorReader<'ROCKETCHAT'>,
): Promise<readonly OwnRoom['group'][]> {
  const rooms = (await readAllPages(createOwnRoomList(reader))) ?? [];
  const isIn = await Promise.all(rooms.map(createJoinedRoomTest(reader)));
  return rooms.filter((_room, index) => isIn[index]).map(({ group }) => group);
}

/**
 * Returns a test of whether the caller is a member of a room in their list. The list does not distinguish members from
 * invited users, so the first federated room costs one read of the caller's subscriptions for all of them.
 */
export function createJoinedRoomTest(
  reader: VendorReader<'ROCKETCHAT'>,
): (room: OwnRoom) => boolean | Promise<boolean> {
  let joined: Promise<ReadonlySet<string>> | undefined;
  return ({ group, isFederated }) => {
    if (!isFederated) return true;
    joined ??= readJoinedIds(reader);
    return joined.then((ids) => ids.has(group.groupId));
  };
}

/**
 * Reads the ids of all rooms that the caller is a member of: `GET subscriptions.get`, which has no pages. Its rows have
 * a `status` since invitations exist (RocketChat/Rocket.Chat, pull request 37532).
 */
async function readJoinedIds(reader: VendorReader<'ROCKETCHAT'>): Promise<ReadonlySet<string>> {
  const reading = await reader.getExisting(path`/api/v1/subscriptions.get`);
  const { update } = reader.decode(reading, reading.json, subscriptionList, 'subscriptions');
  return new Set(update.filter(({ status }) => isMembership(status)).map(({ rid }) => rid));
}
