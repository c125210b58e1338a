import { anyList, filledText, listOf, moment, oneOf, text, wholeNumber } from '../../forms.ts';
import { wireObject } from '../wire.ts';

const roles = new Map<unknown, 'ORG_ADMIN' | 'ORG_OWNER'>([
  ['OrgAdmin', 'ORG_ADMIN'],
  ['OrgOwner', 'ORG_OWNER'],
]);
const meta = wireObject({}, { total: wholeNumber }).whole;

/** A page of members: Aerospike's OpenAPI, `GET /organization/members`. */
export const memberPage = wireObject({ members: anyList }, { meta });

/** The same page as a look for a member needs it. */
export const memberIds = wireObject(
  { members: listOf(wireObject({ id: text }).whole) },
  { meta },
).whole;

/** A member: Aerospike's OpenAPI, `OrgMember`. */
export const memberRow = wireObject(
  { id: filledText },
  { firstName: text, lastName: text, email: text, createdAt: moment, role: oneOf(roles) },
);

/** The organisation: Aerospike's OpenAPI, `GET /organization`. */
export const organizationRow = wireObject({ id: filledText }, { name: text, billingPlan: text });
