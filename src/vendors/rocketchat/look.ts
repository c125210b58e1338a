import { addQuery, path, type VendorPath } from '../../upstream/path.ts';
import type { Exchange, Reader } from '../core/exchange.ts';
import { findInPages, pageSize } from '../core/find-in-pages.ts';
import { asObject, readJson } from '../core/json.ts';
import {
  decodeMemberPage,
  isMemberAnswer,
  isMembership,
  memberRow,
  subscriptionAnswer,
  userAnswer,
  userRow,
} from './decode.ts';
import { isRocketChatError, readErrorType } from './errors.ts';
import { isUnknownRoute } from './routes.ts';

type RocketChatReader = Reader<'ROCKETCHAT'>;

/** Somebody's place in a room, by Rocket.Chat's ids. */
interface Place {
  readonly groupId: string;
  readonly userId: string;
}

/** The statuses of answers that say something about a member. */
const telling = [200, 400, 404, 405];

/**
 * Returns whether the caller is a member of a room, null if that cannot be read: `GET subscriptions.getOne`, which
 * tells it of hidden rooms too. Somebody who is only invited has a subscription as well, but is no member.
 */
export async function readOwnMembership(
  reader: RocketChatReader,
  roomId: string,
): Promise<boolean | null> {
  const exchange = await reader(addQuery(path`/api/v1/subscriptions.getOne`, { roomId }));
  if (exchange === null) return null;
  const json = readJson(exchange.answer);
  const answer = isRocketChatError(json) ? null : subscriptionAnswer.read(json);
  if (answer === null) return null;
  const { subscription } = answer.value;
  if (subscription === null) return false;
  return subscription.rid === roomId ? isMembership(subscription.status) : null;
}

/**
 * Returns whether somebody is a member of a room, null if that cannot be read: `GET rooms.isMember`, which does not
 * count invitations. It refuses archived rooms, of which `rooms.membersOrderedByRole` lists the members, and servers
 * before 7 do not have it: there it is `groups.members`.
 */
export async function readMembership(
  reader: RocketChatReader,
  place: Place,
): Promise<boolean | null> {
  const { groupId: roomId, userId } = place;
  const query = addQuery(path`/api/v1/rooms.isMember`, { roomId, userId });
  const exchange = await reader(query, telling);
  if (exchange === null) return null;
  if (isUnknownRoute(exchange.answer)) {
    return readFromList(reader, path`/api/v1/groups.members`, place);
  }
  const json = readJson(exchange.answer);
  switch (refusalOf(exchange)) {
    case null:
      return isMemberAnswer.read(json)?.value.isMember ?? null;
    case 'error-user-not-found':
      return false;
    case 'error-room-archived':
      return readFromList(reader, path`/api/v1/rooms.membersOrderedByRole`, place);
    default:
      return null;
  }
}

/**
 * Why Rocket.Chat refuses to tell, null if it does not: an error's type, or its text where there is no type, as in
 * `{"success":false,"error":"error-user-not-found"}`.
 */
function refusalOf({ answer }: Exchange<'ROCKETCHAT'>): unknown {
  const json = readJson(answer);
  if (!isRocketChatError(json)) return answer.status === 200 ? null : undefined;
  return readErrorType(json) ?? asObject(json)?.['error'];
}

/** Looks for somebody in a list of members, which leaves out users who are deactivated. */
async function readFromList(
  reader: RocketChatReader,
  list: VendorPath,
  { groupId: roomId, userId }: Place,
): Promise<boolean | null> {
  const found = await findInPages<{ readonly id: string; readonly isMember: boolean }>({
    read: async (offset) => {
      const exchange = await reader(addQuery(list, { roomId, count: pageSize, offset }));
      const json = exchange === null ? null : readJson(exchange.answer);
      const page = isRocketChatError(json) ? null : decodeMemberPage.read(json);
      if (page === null) return null;
      const rows = page.value.members.map((row) => memberRow.read(row)?.value);
      const items = rows.flatMap((row) =>
        row === undefined
          ? []
          : [{ id: row._id, isMember: isMembership(row.subscription?.status) }],
      );
      return items.length < rows.length ? null : { items, total: page.value.total };
    },
    idOf: ({ id }) => id,
    isTarget: ({ id }) => id === userId,
  });
  if (found.kind === 'unreadable') return null;
  if (found.kind === 'found') return found.item.isMember;
  return (await isListed(reader, userId)) ? false : null;
}

/** Whether lists of members show a user at all: `GET users.info`. One that does not exist is in no room either. */
async function isListed(reader: RocketChatReader, userId: string): Promise<boolean> {
  const info = addQuery(path`/api/v1/users.info`, { userId });
  const exchange = await reader(info, telling);
  if (exchange === null) return false;
  const refusal = refusalOf(exchange);
  if (refusal !== null) return refusal === 'User not found.';
  const answer = userAnswer.read(readJson(exchange.answer));
  const user = userRow.read(answer?.value.user)?.value;
  return user?._id === userId && user.active === true;
}
