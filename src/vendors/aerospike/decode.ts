import {
  anyArray,
  array,
  enumeration,
  nonEmptyString,
  object,
  string,
  wholeNumber,
} from '../../domain/decode.ts';
import { moment } from '../../domain/decode-time.ts';

const roles = new Map<unknown, 'ORG_ADMIN' | 'ORG_OWNER'>([
  ['OrgAdmin', 'ORG_ADMIN'],
  ['OrgOwner', 'ORG_OWNER'],
]);
const meta = object({}, { total: wholeNumber }).strict;

/** A page of members: Aerospike's OpenAPI, `GET /organization/members`. */
export const orgMemberPage = object({ members: anyArray }, { meta });

/** Members with the field that a search for one of them needs. */
export const memberIds = array(object({ id: nonEmptyString }).strict);

/** A member: Aerospike's OpenAPI, `OrgMember`. */
export const orgMember = object(
  { id: nonEmptyString },
  {
    firstName: string,
    lastName: string,
    email: string,
    createdAt: moment,
    role: enumeration(roles),
  },
);

/** The organization: Aerospike's OpenAPI, `GET /organization`. */
export const organization = object({ id: nonEmptyString }, { name: string, billingPlan: string });
