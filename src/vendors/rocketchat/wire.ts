import { anyList, count, filledText, flag, listOf, oneOf, orAbsent, text } from '../../forms.ts';
import { wireObject } from '../wire.ts';

const anything = (value: unknown): unknown => value;
const yes = oneOf(new Map<unknown, true>([[true, true]]));

/** Who a room or a role belongs to: Rocket.Chat's `u`. */
const userReference = wireObject({ _id: filledText }, { username: text, name: text }).whole;

/** A private room: Rocket.Chat's API, `groups.info`. */
export const roomRow = wireObject(
  { _id: filledText },
  { name: text, fname: text, archived: flag, ro: flag, usersCount: count, u: userReference },
);

/** A user, as lists of members and `users.info` show one. */
export const userRow = wireObject(
  { _id: filledText },
  { username: text, name: text, roles: listOf(text) },
);

/** A user's e-mail addresses: the caller's own, and those of others where the caller may see them. */
export const userEmails = wireObject({}, { emails: listOf(wireObject({ address: text }).whole) });

/** `groups.info`. */
export const roomAnswer = wireObject({}, { group: anything });

/** `groups.list`. */
export const roomPage = wireObject({ groups: anyList, total: count });

/** `groups.members` and `rooms.membersOrderedByRole`. */
export const memberPage = wireObject({ members: anyList, total: count });

/** `groups.roles`. */
export const roleList = wireObject({
  roles: listOf(wireObject({ u: userReference, roles: listOf(text) }).whole),
});

/** `users.info`. */
export const userAnswer = wireObject({}, { user: anything });

/** The rooms of a user, which `users.info` shows to those who may see them. */
export const userRooms = wireObject({
  rooms: orAbsent(
    listOf(wireObject({ rid: filledText, t: text }, { name: text, fname: text }).whole),
  ),
});

/** `rooms.isMember`. */
export const isMemberAnswer = wireObject({ success: yes, isMember: flag });

const subscription = wireObject({ rid: text }).whole;

/** `subscriptions.getOne`: null where the caller is not in the room. */
export const subscriptionAnswer = wireObject({
  success: yes,
  subscription: (value: unknown) => (value === null ? null : subscription(value)),
});
