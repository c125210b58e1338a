import {
  array,
  boolean,
  either,
  enumeration,
  list,
  moment,
  nonEmptyString,
  numericId,
  string,
} from '../../domain/decode.ts';
import { type WireValue, wireObject } from '../core/decode-object.ts';

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

/** The user as it came over the wire, its enums and moments read. */
export type KaitenUser = WireValue<typeof kaitenUser>;

/** A group: developers.kaiten.ru, "Retrieve list of company groups". */
export const kaitenGroup = wireObject(
  { id: numericId, uid: nonEmptyString },
  { name: string, created: moment, updated: moment },
);

const numbered = wireObject({ id: numericId }).whole;

/** Whatever the `groups` of a user hold. */
export const kaitenUserGroups = wireObject({ groups: list }).whole;

/** A group that is named by its number only, as itself or in an object. */
export const groupNumber = either(numericId, (value) => numbered(value)?.id);

/** Users as a search for one of them needs them: developers.kaiten.ru, "Retrieve list of group users". */
export const decodeUserIds = array(numbered);
