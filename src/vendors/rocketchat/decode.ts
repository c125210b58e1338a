import {
  anyArray,
  anything,
  array,
  boolean,
  enumeration,
  nonEmptyString,
  object,
  optional,
  string,
  wholeNumber,
} from '../../domain/decode.ts';

const yes = enumeration(new Map<unknown, true>([[true, true]]));

/** The user that a room or a role belongs to: Rocket.Chat's `u`. */
const userReference = object({ _id: nonEmptyString }, { username: string, name: string }).strict;

/** A private room: Rocket.Chat's API, `groups.info`. */
export const room = object(
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

/** A user: `me` and `users.info`. */
export const chatUser = object(
  { _id: nonEmptyString },
  { username: string, name: string, roles: array(string), active: boolean },
);

/** A user's e-mail addresses: the caller's own, and those of others if the caller may see them. */
export const userEmails = object({}, { emails: array(object({ address: string }).strict) });

/** Whether the caller may see all of a user: servers send it with the user's own fields. */
export const userVisibility = object({}, { canViewAllInfo: boolean });

/** `permissions.listAll`: the roles that each permission is granted to. */
export const permissionList = object({
  update: array(object({ _id: nonEmptyString }, { roles: array(string) }).strict),
});

/**
 * A user in a list of members. The roles are in the row itself, in its subscription, or in both: the server's typings name
 * only the subscription.
 */
export const roomMember = object(
  { _id: nonEmptyString },
  {
    username: string,
    name: string,
    roles: array(string),
    subscription: object({}, { status: string, roles: array(string) }).strict,
  },
);

/** `groups.info`. */
export const roomResponse = object({}, { group: anything });

/** `groups.list`. */
export const roomPage = object({ groups: anyArray, total: wholeNumber });

/** `groups.members` and `rooms.membersOrderedByRole`. */
export const roomMemberPage = object({ members: anyArray, total: wholeNumber });

/** `groups.roles`. */
export const roleList = object({
  roles: array(object({ u: userReference, roles: array(string) }).strict),
});

/** `users.info`. */
export const userResponse = object({}, { user: anything });

/** The rooms of a user, which `users.info` returns to callers who may see them. */
export const userRooms = object({
  rooms: optional(
    array(
      object(
        { rid: nonEmptyString, t: string },
        { name: string, fname: string, status: string, federated: boolean, roles: array(string) },
      ).strict,
    ),
  ),
});

/** `rooms.isMember`. */
export const membershipTest = object({ success: yes, isMember: boolean });

const subscription = object({ rid: string }, { status: string }).strict;

/** `subscriptions.get`: the caller's subscription to each of their rooms. */
export const subscriptionList = object({ success: yes, update: array(subscription) });

/** `subscriptions.getOne`: null if the caller is not in the room. */
export const ownSubscription = object({
  success: yes,
  subscription: (value: unknown) => (value === null ? null : subscription(value)),
});

/**
 * Returns whether a subscription with this status makes its user a member. `INVITED` is an invitation that was not
 * accepted, `BANNED` the rest of a banned member. Neither user is in the room, or can leave or see it.
 */
export function isMembership(status: string | null | undefined): boolean {
  return status !== 'INVITED' && status !== 'BANNED';
}
