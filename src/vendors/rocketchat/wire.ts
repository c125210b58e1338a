import { z } from 'zod';

const text = z.string().nullish();
const count = z.int().nonnegative();

/** Who a room or a role belongs to: Rocket.Chat's `u`. */
const userReference = z.object({ _id: z.string().min(1), username: text, name: text });

/** A private room: Rocket.Chat's API, `groups.info`. */
export const roomRow = z.object({
  _id: z.string().min(1),
  name: text,
  fname: text,
  archived: z.boolean().nullish(),
  ro: z.boolean().nullish(),
  usersCount: count.nullish(),
  u: userReference.nullish(),
});

/** A user, as lists of members and `users.info` show one. */
export const userRow = z.object({
  _id: z.string().min(1),
  username: text,
  name: text,
  roles: z.array(z.string()).nullish(),
});

/** A user's e-mail addresses: the caller's own, and those of others where the caller may see them. */
export const userEmails = z.object({
  emails: z.array(z.object({ address: z.string() })).nullish(),
});

/** `groups.info`. */
export const roomAnswer = z.object({ group: z.unknown() });

/** `groups.list`. */
export const roomPage = z.object({ groups: z.array(z.unknown()), total: count });

/** `groups.members` and `rooms.membersOrderedByRole`. */
export const memberPage = z.object({ members: z.array(z.unknown()), total: count });

/** `groups.roles`. */
export const roleList = z.object({
  roles: z.array(z.object({ u: userReference, roles: z.array(z.string()) })),
});

/** `users.info`. */
export const userAnswer = z.object({ user: z.unknown() });

/** The rooms of a user, which `users.info` shows to those who may see them. */
export const userRooms = z.object({
  rooms: z
    .array(z.object({ rid: z.string().min(1), name: text, fname: text, t: z.string() }))
    .optional(),
});

/** `rooms.isMember`. */
export const isMemberAnswer = z.object({ success: z.literal(true), isMember: z.boolean() });
