import {
  anyList,
  either,
  filledText,
  flag,
  listOf,
  moment,
  numericId,
  oneOf,
  text,
} from '../../domain/decode.ts';
import { type Wire, wireObject } from '../core/decode-object.ts';

// The documentation declares these enums as texts; the wire carries numbers. Either is read.
const avatarTypes = new Map<unknown, 'GRAVATAR' | 'INITIALS' | 'UPLOADED'>([
  [1, 'GRAVATAR'],
  ['1', 'GRAVATAR'],
  [2, 'INITIALS'],
  ['2', 'INITIALS'],
  [3, 'UPLOADED'],
  ['3', 'UPLOADED'],
]);
const versions = new Map<unknown, number>([
  [1, 1],
  ['1', 1],
  [2, 2],
  ['2', 2],
]);
const themes = new Map<unknown, 'LIGHT' | 'DARK' | 'AUTO'>([
  ['light', 'LIGHT'],
  ['dark', 'DARK'],
  ['auto', 'AUTO'],
]);

/** A user: developers.kaiten.ru, "Remove user from group", 200. */
export const kaitenUser = wireObject(
  { id: numericId },
  {
    full_name: text,
    email: text,
    username: text,
    initials: text,
    avatar_type: oneOf(avatarTypes),
    avatar_initials_url: text,
    avatar_uploaded_url: text,
    lng: text,
    timezone: text,
    theme: oneOf(themes),
    ui_version: oneOf(versions),
    activated: flag,
    virtual: flag,
    created: moment,
    updated: moment,
    email_blocked: moment,
    email_blocked_reason: text,
    delete_requested_at: moment,
  },
);

/** The user as it came over the wire, its enums and moments read. */
export type KaitenUser = Wire<typeof kaitenUser>;

/** A group: developers.kaiten.ru, "Retrieve list of company groups". */
export const kaitenGroup = wireObject(
  { id: numericId, uid: filledText },
  { name: text, created: moment, updated: moment },
);

const numbered = wireObject({ id: numericId }).whole;

/** Whatever the `groups` of a user hold. */
export const kaitenUserGroups = wireObject({ groups: anyList }).whole;

/** A group that is named by its number only, as itself or in an object. */
export const groupNumber = either(numericId, (value) => numbered(value)?.id);

/** Users as a search for one of them needs them: developers.kaiten.ru, "Retrieve list of group users". */
export const kaitenUserIds = listOf(numbered);
