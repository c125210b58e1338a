import {
  anyArray,
  array,
  boolean,
  type Decoded,
  either,
  enumeration,
  nonEmptyString,
  numericId,
  object,
  string,
} from '../../domain/decode.ts';
import { moment } from '../../domain/decode-time.ts';

// The documentation declares these enums as strings; the vendor sends numbers. Both are accepted.
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
export const kaitenUser = object(
  { id: numericId },
  {
    full_name: string,
    email: string,
    username: string,
    initials: string,
    avatar_type: enumeration(avatarTypes),
    avatar_initials_url: string,
    avatar_uploaded_url: string,
    lng: string,
    timezone: string,
    theme: enumeration(themes),
    ui_version: enumeration(versions),
    activated: boolean,
    virtual: boolean,
    created: moment,
    updated: moment,
    email_blocked: moment,
    email_blocked_reason: string,
    delete_requested_at: moment,
  },
);

/** A decoded user. */
export type KaitenUser = Decoded<typeof kaitenUser>;

/** A group: developers.kaiten.ru, "Retrieve list of company groups". */
export const group = object(
  { id: numericId, uid: nonEmptyString },
  { name: string, created: moment, updated: moment },
);

const numbered = object({ id: numericId }).strict;

/** The groups of a user, undecoded. */
export const userGroups = object({ groups: anyArray }).strict;

/** A group that is identified by its number only: as a number or in an object. */
export const groupNumber = either(numericId, (value) => numbered(value)?.id);

/** Users with the field that a search needs: developers.kaiten.ru, "Retrieve list of group users". */
export const userIds = array(numbered);
