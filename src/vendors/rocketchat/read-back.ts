import type { ReadBack } from '../../changes/settle.ts';
import { addQuery, path, type VendorPath } from '../../upstream/path.ts';
import { asObject, parseBody } from '../core/body.ts';
import type { Exchange, ReadVendor } from '../core/exchange.ts';
import { findInPages, type PagedList, pageSize } from '../core/pagination.ts';
import {
  chatUser,
  isMembership,
  membershipTest,
  ownSubscription,
  roomMember,
  roomMemberPage,
  userResponse,
} from './decode.ts';
import { readErrorType, rocketChatErrors } from './errors.ts';
import { isUnknownRoute } from './routes.ts';

type ReadRocketChat = ReadVendor<'ROCKETCHAT'>;

/** A user in a private room, by Rocket.Chat's ids. */
export interface MembershipInput {
  readonly groupId: string;
  readonly userId: string;
}

/** The statuses of responses that show something about a member. */
const meaningfulStatuses = [200, 400, 404, 405];

/**
 * Reads back whether the caller has left a room: `GET subscriptions.getOne`, which returns hidden rooms too. A caller who
 * is only invited has a subscription as well, but is no member.
 */
export async function readBackOwnMembership<Input extends { readonly groupId: string }>(
  read: ReadRocketChat,
  ids: Input,
): Promise<ReadBack<Input>> {
  const { groupId: roomId } = ids;
  const exchange = await read(addQuery(path`/api/v1/subscriptions.getOne`, { roomId }));
  const json = exchange === null ? null : parseBody(exchange.response);
  const decoded = rocketChatErrors.isErrorBody(json) ? null : ownSubscription.read(json);
  if (decoded === null) return { kind: 'unreadable' };
  const { subscription } = decoded.value;
  if (subscription === null) return { kind: 'inPlace', value: ids };
  return toReadBack(subscription.rid === roomId ? isMembership(subscription.status) : null, ids);
}

/**
 * Reads back whether a user has left a room: `GET rooms.isMember`, which does not count invitations. It rejects archived
 * rooms, whose members `rooms.membersOrderedByRole` lists. Servers before 7 do not have it and are asked by
 * `groups.members`.
 */
export async function readBackMembership(
  read: ReadRocketChat,
  ids: MembershipInput,
): Promise<ReadBack<MembershipInput>> {
  return toReadBack(await readMembership(read, ids), ids);
}

function toReadBack<T>(isMember: boolean | null, value: T): ReadBack<T> {
  if (isMember === null) return { kind: 'unreadable' };
  return isMember ? { kind: 'notInPlace' } : { kind: 'inPlace', value };
}

/** Returns whether a user is a member of a room; null if that cannot be read. */
async function readMembership(read: ReadRocketChat, ids: MembershipInput): Promise<boolean | null> {
  const { groupId: roomId, userId } = ids;
  const query = addQuery(path`/api/v1/rooms.isMember`, { roomId, userId });
  const exchange = await read(query, meaningfulStatuses);
  if (exchange === null) return null;
  if (isUnknownRoute(exchange.response)) {
    return findInMembers(read, path`/api/v1/groups.members`, ids);
  }
  switch (readRejection(exchange)) {
    case null:
      return membershipTest.read(parseBody(exchange.response))?.value.isMember ?? null;
    case 'error-user-not-found':
      return false;
    case 'error-room-archived':
      return findInMembers(read, path`/api/v1/rooms.membersOrderedByRole`, ids);
    default:
      return null;
  }
}

/**
 * Returns the type of an error, or its text if it has no type, as in `{"success":false,"error":"error-user-not-found"}`;
 * null for a success.
 */
function readRejection({ response }: Exchange<'ROCKETCHAT'>): unknown {
  const json = parseBody(response);
  if (!rocketChatErrors.isErrorBody(json)) return response.status === 200 ? null : undefined;
  return readErrorType(json) ?? asObject(json)?.['error'];
}

/** A row of a list of members. */
interface ListedUser {
  readonly id: string;
  readonly isMember: boolean;
}

/** Searches for a user in a list of members, which leaves out deactivated users. */
async function findInMembers(
  read: ReadRocketChat,
  members: VendorPath,
  { groupId: roomId, userId }: MembershipInput,
): Promise<boolean | null> {
  const list: PagedList<ListedUser> = {
    readPage: async (offset) => {
      const exchange = await read(addQuery(members, { roomId, count: pageSize, offset }));
      const json = exchange === null ? null : parseBody(exchange.response);
      const page = rocketChatErrors.isErrorBody(json) ? null : roomMemberPage.read(json);
      if (page === null) return null;
      const rows = page.value.members.map((row) => roomMember.read(row)?.value);
      const items = rows.flatMap((row) =>
        row === undefined
          ? []
          : [{ id: row._id, isMember: isMembership(row.subscription?.status) }],
      );
      return items.length < rows.length ? null : { items, total: page.value.total };
    },
    getId: ({ id }) => id,
  };
  const search = await findInPages(list, ({ id }) => id === userId);
  if (search.kind === 'unreadable') return null;
  if (search.kind === 'found') return search.item.isMember;
  return (await isListed(read, userId)) ? false : null;
}

/** Returns whether lists of members contain a user: `GET users.info`. A user who does not exist is in no room either. */
async function isListed(read: ReadRocketChat, userId: string): Promise<boolean> {
  const info = addQuery(path`/api/v1/users.info`, { userId });
  const exchange = await read(info, meaningfulStatuses);
  if (exchange === null) return false;
  const rejection = readRejection(exchange);
  if (rejection !== null) return rejection === 'User not found.';
  const decoded = userResponse.read(parseBody(exchange.response));
  const user = chatUser.read(decoded?.value.user)?.value;
  return user?._id === userId && user.active === true;
}
