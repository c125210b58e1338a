import { anyList, count, filledText, listOf, moment, oneOf, text } from '../../domain/decode.ts';
import { wireObject } from '../core/decode-object.ts';

const roles = new Map<unknown, 'ORG_ADMIN' | 'ORG_OWNER'>([
  ['OrgAdmin', 'ORG_ADMIN'],
  ['OrgOwner', 'ORG_OWNER'],
]);
const meta = wireObject({}, { total: count }).whole;

/** A page of members: Aerospike's OpenAPI, `GET /organization/members`. */
export const memberPage = wireObject({ members: anyList }, { meta });

/** Members as a search for one of them needs them. */
export const memberIds = listOf(wireObject({ id: filledText }).whole);

/** A member: Aerospike's OpenAPI, `OrgMember`. */
export const memberRow = wireObject(
  { id: filledText },
  { firstName: text, lastName: text, email: text, createdAt: moment, role: oneOf(roles) },
);

/** The organisation: Aerospike's OpenAPI, `GET /organization`. */
export const organizationRow = wireObject({ id: filledText }, { name: text, billingPlan: text });
