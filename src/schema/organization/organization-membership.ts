import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCost, declareCostOnce } from '../cost.ts';
import { describeEnd, type Membership, MembershipType } from '../membership.ts';
import { type FoundBy, MembershipsType } from '../memberships.ts';
import { getReads } from '../reads.ts';
import { OrgMemberType } from './org-member.ts';
import { OrganizationType } from './organization.ts';

const OrganizationMembership = builder
  .objectRef<Membership & { readonly member: FoundBy<'aerospike', 'membersByEmail'> }>(
    'OrganizationMembership',
  )
  .implement({
    description:
      'The membership of a person in the Aerospike Cloud organization that the access token belongs to.',
    interfaces: [MembershipType],
    fields: (t) => ({
      name: t.string({
        ...declareCostOnce(1),
        nullable: true,
        description: 'The name of the organization, from GET /organization.',
        resolve: async (_membership, _args, context, info) =>
          (await getReads(context, info).aerospike.organization())?.name ?? null,
      }),
      organization: t.field({
        ...declareCostOnce(1),
        type: OrganizationType,
        description:
          'The organization. GET /organization is called only if more than its members is selected.',
        resolve: () => ({ details: null }),
      }),
      member: t.expose('member', {
        type: OrgMemberType,
        description: 'The person as a member in Aerospike Cloud.',
      }),
    }),
  });

builder.objectField(MembershipsType, 'organizations', (t) =>
  t.field({
    ...declareCost(1),
    type: [OrganizationMembership],
    nullable: true,
    description:
      'The Aerospike Cloud organization that the access token belongs to, if the person is a member of it.\n\nThe field ' +
      'costs one call for each 100 members (GET /organization/members). Permission: read:org.',
    resolve: async ({ email }, _args, context, info) =>
      (await getReads(context, info).aerospike.membersByEmail(email)).map((member) => {
        const { removeOrgMember } = vendors.aerospike.changes;
        return { member, name: null, ...describeEnd(removeOrgMember, { userId: member.userId }) };
      }),
  }),
);
