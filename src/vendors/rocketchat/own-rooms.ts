import type { ChatGroup, ChatGroupDetails } from '../../domain/entities.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { type PagedRead, readAllPages } from '../core/listing.ts';
import type { VendorReader } from '../core/reader.ts';
import { decodeRoomPage, isMembership, roomRow, subscriptionList } from './decode.ts';
import { toChatGroup } from './map.ts';

/** A private room in the caller's list, which holds those that the caller is only invited to as well. */
export interface OwnRoom {
  readonly group: ChatGroup & { readonly details: ChatGroupDetails };
  /** Whether its members may be on other servers; only to such a room are people invited, and have to accept. */
  readonly isFederated: boolean;
}

/** The caller's own private rooms: `GET groups.list`. */
export function readOwnRooms(reader: VendorReader<'ROCKETCHAT'>): PagedRead<OwnRoom> {
  return {
    page: async (offset, limit) => {
      const list = addQuery(path`/api/v1/groups.list`, { count: limit, offset });
      const reading = await reader.list(list);
      const page = reader.object(reading, reading.json, decodeRoomPage, 'rooms');
      const items = page.groups.map((json) => {
        const row = reader.object(reading, json, roomRow, 'room');
        const group = toChatGroup(row, reader.host, reading);
        return { group, isFederated: row.federated === true };
      });
      return { items, total: page.total };
    },
    idOf: ({ group }) => group.groupId,
    tooLong: reader.tooLong,
  };
}

/** Returns all of the private rooms that the caller is a member of. */
export async function readJoinedRooms(
  reader: VendorReader<'ROCKETCHAT'>,
): Promise<readonly OwnRoom['group'][]> {
  const rooms = (await readAllPages(readOwnRooms(reader))) ?? [];
  const isIn = await Promise.all(rooms.map(createJoinedRoomTest(reader)));
  return rooms.filter((_room, index) => isIn[index]).map(({ group }) => group);
}

/**
 * Returns a test of whether the caller is a member of a room in the own list. A list of rooms does not tell members from
 * those who are only invited, so the first federated room costs one read of the caller's subscriptions for all of them.
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
 * Reads the ids of all rooms that the caller is a member of: `GET subscriptions.get`, which has no pages. Its rows show
 * `status` since there are invitations (RocketChat/Rocket.Chat, pull request 37532).
 */
async function readJoinedIds(reader: VendorReader<'ROCKETCHAT'>): Promise<ReadonlySet<string>> {
  const reading = await reader.list(path`/api/v1/subscriptions.get`);
  const { update } = reader.object(reading, reading.json, subscriptionList, 'subscriptions');
  return new Set(update.filter(({ status }) => isMembership(status)).map(({ rid }) => rid));
}
