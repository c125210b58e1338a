import {
  array,
  enumeration,
  list,
  moment,
  nonEmptyString,
  string,
  wholeNumber,
} from '../../domain/decode.ts';
import { wireObject } from '../core/decode-object.ts';

const roles = new Map<unknown, 'ORG_ADMIN' | 'ORG_OWNER'>([
  ['OrgAdmin', 'ORG_ADMIN'],
  ['OrgOwner', 'ORG_OWNER'],
]);
const meta = wireObject({}, { total: wholeNumber }).whole;

/** A page of members: Aerospike's OpenAPI, `GET /organization/members`. */
export const memberPage = wireObject({ members: list }, { meta });

/** Members as a search for one of them needs them. */
export const memberIds = array(wireObject({ id: nonEmptyString }).whole);

/** A member: Aerospike's OpenAPI, `OrgMember`. */
export const memberRow = wireObject(
  { id: nonEmptyString },
  {
    firstName: string,
    lastName: string,
    email: string,
    createdAt: moment,
    role: enumeration(roles),
  },
);

/** The organisation: Aerospike's OpenAPI, `GET /organization`. */
export const organizationRow = wireObject(
  { id: nonEmptyString },
  { name: string, billingPlan: string },
);
