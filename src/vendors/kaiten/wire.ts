import { z } from 'zod';
import { moment } from '../wire.ts';

const text = z.string().nullish();
// The documentation declares these enums as texts; the wire carries numbers. Either is read.
const avatarTypes = { '1': 'GRAVATAR', '2': 'INITIALS', '3': 'UPLOADED' } as const;
const themes = { light: 'LIGHT', dark: 'DARK', auto: 'AUTO' } as const;

/** A user: developers.kaiten.ru, "Remove user from group", 200. */
export const kaitenUser = z.object({
  id: z.int().positive(),
  full_name: text,
  email: text,
  username: text,
  initials: text,
  avatar_type: z
    .union([z.literal([1, 2, 3]), z.literal(['1', '2', '3'])])
    .transform((value) => avatarTypes[value])
    .nullish(),
  avatar_initials_url: text,
  avatar_uploaded_url: text,
  lng: text,
  timezone: text,
  theme: z
    .literal(['light', 'dark', 'auto'])
    .transform((value) => themes[value])
    .nullish(),
  ui_version: z
    .union([z.literal([1, 2]), z.literal(['1', '2'])])
    .transform(Number)
    .nullish(),
  activated: z.boolean().nullish(),
  virtual: z.boolean().nullish(),
  created: moment.nullish(),
  updated: moment.nullish(),
  email_blocked: moment.nullish(),
  email_blocked_reason: text,
  delete_requested_at: moment.nullish(),
});

/** The user as it came over the wire, its enums and moments read. */
export type KaitenUser = z.infer<typeof kaitenUser>;

/** A group: developers.kaiten.ru, "Retrieve list of company groups". */
export const kaitenGroup = z.object({
  id: z.int().positive(),
  uid: z.string().min(1),
  name: text,
  created: moment.nullish(),
  updated: moment.nullish(),
});

/**
 * What "Retrieve list of users" of the company adds to a user in the members section. The
 * documentation does not show the form of `groups`: numbers and objects with a number are read.
 */
export const kaitenUserGroups = z.object({
  groups: z.array(
    z.union([z.int().positive(), z.object({ id: z.int().positive() }).transform(({ id }) => id)]),
  ),
});
