import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Organization } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { pageArgs, parsePageArgs, toConnection } from '../connection.ts';
import { declareCost, declareCostOnce, includedCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { LazyNode } from '../lazy-node.ts';
import { getReads } from '../reads.ts';
import { OrgMemberType } from './org-member.ts';

const list = 'members';

const OrgMemberConnection = builder.connectionObject(
  {
    type: OrgMemberType,
    name: 'OrgMemberConnection',
    description: 'A page of members of an organization.',
  },
  { name: 'OrgMemberEdge', description: 'A member and their position in the list.' },
);

/** The organization of the access token; null in it if nothing of the organization itself was read. */
type Shell = { readonly details: Organization | null };

const lazy = new LazyNode<Shell>({
  readDetails: ({ aerospike }) => aerospike.organization(),
  known: [],
  // Each access token belongs to an organization, so the members need not show that it exists.
  lists: { members: async () => true },
});

/** The node of an {@link Organization}. */
export const OrganizationType = builder.node(builder.objectRef<Shell>('Organization'), {
  description: 'The Aerospike Cloud organization that the access token belongs to.',
  id: {
    ...includedCost,
    resolve: async (shell, _args, context, info) => {
      const organizationId = await readId(shell, context, info);
      return toNodeId(organizationId, organizationId);
    },
  },
  loadWithoutCache: async (id, context, info) => {
    const details = await getReads(context, info).aerospike.organization();
    return details && toKey(id, details.organizationId) === details.organizationId
      ? { details }
      : null;
  },
  fields: (t) => ({
    organizationId: t.id({
      ...includedCost,
      description: "Aerospike's ID of the organization.",
      resolve: (shell, _args, context, info) => readId(shell, context, info),
    }),
    name: t.string(lazy.exposeDetail('name', 'The name of the organization.')),
    billingPlan: t.string(
      lazy.exposeDetail(
        'billingPlan',
        'The billing plan of the organization, such as "BILLING_PLAN_ENTERPRISE".',
      ),
    ),
    members: t.field({
      ...declareCost(1),
      type: OrgMemberConnection,
      nullable: true,
      description:
        'The members of the organization, from GET /organization/members. Permission: read:org.',
      args: pageArgs,
      resolve: async (_shell, args, context, info) => {
        const { offset, first } = parsePageArgs('AEROSPIKE', list, args);
        const listing = await getReads(context, info).aerospike.members(offset, first);
        return toConnection(list, listing);
      },
    }),
  }),
});

builder.queryField('organization', (t) =>
  t.field({
    ...declareCostOnce(1),
    type: OrganizationType,
    nullable: true,
    description: describeRootField(
      'The Aerospike Cloud organization that the access token belongs to. The call is made only if more than its members is selected.',
      { vendor: 'aerospike', call: 'GET /organization', permission: '`read:org`' },
    ),
    resolve: (_root, _args, context, info) => findOrganization(context, info),
  }),
);

/** Returns the organization, read no further than it is selected. */
export function findOrganization(
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Shell | null> {
  return lazy.find({ details: null }, context, info);
}

async function readId({ details }: Shell, context: Context, info: GraphQLResolveInfo) {
  return details?.organizationId ?? getReads(context, info).aerospike.tenant();
}
