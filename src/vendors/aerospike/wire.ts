import { z } from 'zod';
import { moment } from '../wire.ts';

const text = z.string().nullish();
const roles = { OrgAdmin: 'ORG_ADMIN', OrgOwner: 'ORG_OWNER' } as const;

/** A page of members: Aerospike's OpenAPI, `GET /organization/members`. */
export const memberPage = z.object({
  members: z.array(z.unknown()),
  meta: z.object({ total: z.int().nullish() }).nullish(),
});

/** A member: Aerospike's OpenAPI, `OrgMember`. */
export const memberRow = z.object({
  id: z.string().min(1),
  firstName: text,
  lastName: text,
  email: text,
  createdAt: moment.nullish(),
  role: z
    .literal(['OrgAdmin', 'OrgOwner'])
    .transform((value) => roles[value])
    .nullish(),
});

/** The organisation: Aerospike's OpenAPI, `GET /organization`. */
export const organizationRow = z.object({ id: z.string().min(1), name: text, billingPlan: text });
