import {
  anyList,
  count,
  filledText,
  flag,
  listOf,
  oneOf,
  orAbsent,
  text,
} from '../../domain/decode.ts';
import { wireObject } from '../core/decode-object.ts';

const anything = (value: unknown): unknown => value;
const yes = oneOf(new Map<unknown, true>([[true, true]]));

/** Who a room or a role belongs to: Rocket.Chat's `u`. */
const userReference = wireObject({ _id: filledText }, { username: text, name: text }).whole;

/** A private room: Rocket.Chat's API, `groups.info`. */
export const roomRow = wireObject(
  { _id: filledText },
  {
    name: text,
    fname: text,
    archived: flag,
    ro: flag,
    federated: flag,
    usersCount: count,
    u: userReference,
  },
);

/** A user, as `me` and `users.info` show one. */
export const userRow = wireObject(
  { _id: filledText },
  { username: text, name: text, roles: listOf(text), active: flag },
);

/** A user's e-mail addresses: the caller's own, and those of others where the caller may see them. */
export const userEmails = wireObject({}, { emails: listOf(wireObject({ address: text }).whole) });

/** Whether the caller may see all of a user: servers answer so beside the user's own fields. */
export const userVisibility = wireObject({}, { canViewAllInfo: flag });

/** `permissions.listAll`: the roles that each permission is granted to. */
export const permissionList = wireObject({
  update: listOf(wireObject({ _id: filledText }, { roles: listOf(text) }).whole),
});

/**
 * A person in a list of members. The roles are in the row itself, in its subscription, or in both: the server's typings
 * name the second only.
 */
export const memberRow = wireObject(
  { _id: filledText },
  {
    username: text,
    name: text,
    roles: listOf(text),
    subscription: wireObject({}, { status: text, roles: listOf(text) }).whole,
  },
);

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
    listOf(
      wireObject(
        { rid: filledText, t: text },
        { name: text, fname: text, status: text, federated: flag, roles: listOf(text) },
      ).whole,
    ),
  ),
});

/** `rooms.isMember`. */
export const isMemberAnswer = wireObject({ success: yes, isMember: flag });

const subscription = wireObject({ rid: text }, { status: text }).whole;

/** `subscriptions.get`: the caller's place in each of their rooms. */
export const subscriptionList = wireObject({ success: yes, update: listOf(subscription) });

/** `subscriptions.getOne`: null where the caller is not in the room. */
export const subscriptionAnswer = wireObject({
  success: yes,
  subscription: (value: unknown) => (value === null ? null : subscription(value)),
});

/**
 * Returns whether a subscription with this status makes its user a member. `INVITED` is an invitation that was not
 * accepted, `BANNED` what is left of a member that was banned. Neither can be in the room, leave it or see it.
 */
export function isMembership(status: string | null | undefined): boolean {
  return status !== 'INVITED' && status !== 'BANNED';
}
