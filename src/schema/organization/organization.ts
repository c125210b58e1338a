import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Organization } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { pageArgs, partOf, toConnection } from '../connection.ts';
import { costs, costsOnce, paidAbove } from '../cost.ts';
import { described } from '../description.ts';
import { keyOf, nodeId } from '../global-id.ts';
import { readsOf } from '../reads.ts';
import { selectedAlone } from '../selection.ts';
import { OrgMemberType } from './org-member.ts';

const list = 'members';

const OrgMemberConnection = builder.connectionObject(
  {
    type: OrgMemberType,
    name: 'OrgMemberConnection',
    description: 'A part of the members of an organisation.',
  },
  { name: 'OrgMemberEdge', description: 'A member and his place in the list.' },
);

/** The organisation of the access token; null in it where nothing of its own was selected. */
type Shell = { readonly details: Organization | null };

/** An Aerospike Cloud organisation. */
export const OrganizationType = builder.node(builder.objectRef<Shell>('Organization'), {
  description: 'The Aerospike Cloud organisation that the access token belongs to.',
  id: {
    ...paidAbove,
    resolve: async (shell, _args, context, info) => {
      const organizationId = await idOf(shell, context, info);
      return nodeId(organizationId, organizationId);
    },
  },
  loadWithoutCache: async (id, context, info) => {
    const details = await readsOf(context, info).aerospike.organization();
    return details && keyOf(id, details.organizationId) === details.organizationId
      ? { details }
      : null;
  },
  fields: (t) => ({
    organizationId: t.id({
      ...paidAbove,
      description: "Aerospike's id of the organisation.",
      resolve: (shell, _args, context, info) => idOf(shell, context, info),
    }),
    name: t.string({
      ...paidAbove,
      nullable: true,
      description: 'Name.',
      resolve: async (shell, _args, context, info) =>
        (await detailsOf(shell, context, info))?.name ?? null,
    }),
    billingPlan: t.string({
      ...paidAbove,
      nullable: true,
      description: 'The plan, such as "BILLING_PLAN_ENTERPRISE".',
      resolve: async (shell, _args, context, info) =>
        (await detailsOf(shell, context, info))?.billingPlan ?? null,
    }),
    members: t.field({
      ...costs(1),
      type: OrgMemberConnection,
      nullable: true,
      description: 'Its members: GET /organization/members. Permission: read:org.',
      args: pageArgs,
      resolve: async (_shell, args, context, info) => {
        const { offset, first } = partOf('AEROSPIKE', list, args);
        const listing = await readsOf(context, info).aerospike.members(offset, first);
        return toConnection(list, listing);
      },
    }),
  }),
});

builder.queryField('organization', (t) =>
  t.field({
    ...costsOnce(1),
    type: OrganizationType,
    nullable: true,
    description: described(
      'The Aerospike Cloud organisation that the access token belongs to. Asked for only where more than its members is selected.',
      { vendor: 'aerospike', call: 'GET /organization', permission: '`read:org`' },
    ),
    resolve: (_root, _args, context, info) => findOrganization(context, info),
  }),
);

/** The organisation, of which no more is read than is selected. */
export async function findOrganization(
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Shell | null> {
  if (selectedAlone(info, ['members'], []).length > 0) return { details: null };
  const details = await readsOf(context, info).aerospike.organization();
  return details && { details };
}

async function detailsOf(
  { details }: Shell,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Organization | null> {
  return details ?? readsOf(context, info).aerospike.organization();
}

async function idOf({ details }: Shell, context: Context, info: GraphQLResolveInfo) {
  return details?.organizationId ?? readsOf(context, info).aerospike.tenant();
}
