import {
  array,
  boolean,
  enumeration,
  list,
  nonEmptyString,
  optional,
  string,
  wholeNumber,
} from '../../domain/decode.ts';
import { wireObject } from '../core/decode-object.ts';

const anything = (value: unknown): unknown => value;
const yes = enumeration(new Map<unknown, true>([[true, true]]));

/** Who a room or a role belongs to: Rocket.Chat's `u`. */
const userReference = wireObject({ _id: nonEmptyString }, { username: string, name: string }).whole;

/** A private room: Rocket.Chat's API, `groups.info`. */
export const roomRow = wireObject(
  { _id: nonEmptyString },
  {
    name: string,
    fname: string,
    archived: boolean,
    ro: boolean,
    federated: boolean,
    usersCount: wholeNumber,
    u: userReference,
  },
);

/** A user, as `me` and `users.info` show one. */
export const userRow = wireObject(
  { _id: nonEmptyString },
  { username: string, name: string, roles: array(string), active: boolean },
);

/** A user's e-mail addresses: the caller's own, and those of others where the caller may see them. */
export const userEmails = wireObject({}, { emails: array(wireObject({ address: string }).whole) });

/** Whether the caller may see all of a user: servers answer so beside the user's own fields. */
export const userVisibility = wireObject({}, { canViewAllInfo: boolean });

/** `permissions.listAll`: the roles that each permission is granted to. */
export const permissionList = wireObject({
  update: array(wireObject({ _id: nonEmptyString }, { roles: array(string) }).whole),
});

/**
 * A person in a list of members. The roles are in the row itself, in its subscription, or in both: the server's typings
 * name the second only.
 */
export const memberRow = wireObject(
  { _id: nonEmptyString },
  {
    username: string,
    name: string,
    roles: array(string),
    subscription: wireObject({}, { status: string, roles: array(string) }).whole,
  },
);

/** `groups.info`. */
export const decodeRoomResponse = wireObject({}, { group: anything });

/** `groups.list`. */
export const decodeRoomPage = wireObject({ groups: list, total: wholeNumber });

/** `groups.members` and `rooms.membersOrderedByRole`. */
export const decodeMemberPage = wireObject({ members: list, total: wholeNumber });

/** `groups.roles`. */
export const roleList = wireObject({
  roles: array(wireObject({ u: userReference, roles: array(string) }).whole),
});

/** `users.info`. */
export const userAnswer = wireObject({}, { user: anything });

/** The rooms of a user, which `users.info` shows to those who may see them. */
export const userRooms = wireObject({
  rooms: optional(
    array(
      wireObject(
        { rid: nonEmptyString, t: string },
        { name: string, fname: string, status: string, federated: boolean, roles: array(string) },
      ).whole,
    ),
  ),
});

/** `rooms.isMember`. */
export const isMemberAnswer = wireObject({ success: yes, isMember: boolean });

const subscription = wireObject({ rid: string }, { status: string }).whole;

/** `subscriptions.get`: the caller's place in each of their rooms. */
export const subscriptionList = wireObject({ success: yes, update: array(subscription) });

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
