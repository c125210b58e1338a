import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Organization } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { pageArgs, toConnection, toPart } from '../connection.ts';
import { declareCost, declareCostOnce, declareFree } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { getReads } from '../reads.ts';
import { isOnlySelected } from '../selection.ts';
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
    ...declareFree,
    resolve: async (shell, _args, context, info) => {
      const organizationId = await idOf(shell, context, info);
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
      ...declareFree,
      description: "Aerospike's id of the organisation.",
      resolve: (shell, _args, context, info) => idOf(shell, context, info),
    }),
    name: t.string({
      ...declareFree,
      nullable: true,
      description: 'Name.',
      resolve: async (shell, _args, context, info) =>
        (await detailsOf(shell, context, info))?.name ?? null,
    }),
    billingPlan: t.string({
      ...declareFree,
      nullable: true,
      description: 'The plan, such as "BILLING_PLAN_ENTERPRISE".',
      resolve: async (shell, _args, context, info) =>
        (await detailsOf(shell, context, info))?.billingPlan ?? null,
    }),
    members: t.field({
      ...declareCost(1),
      type: OrgMemberConnection,
      nullable: true,
      description: 'Its members: GET /organization/members. Permission: read:org.',
      args: pageArgs,
      resolve: async (_shell, args, context, info) => {
        const { offset, first } = toPart('AEROSPIKE', list, args);
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
  if (isOnlySelected(info, ['members'], []).length > 0) return { details: null };
  const details = await getReads(context, info).aerospike.organization();
  return details && { details };
}

async function detailsOf(
  { details }: Shell,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Organization | null> {
  return details ?? getReads(context, info).aerospike.organization();
}

async function idOf({ details }: Shell, context: Context, info: GraphQLResolveInfo) {
  return details?.organizationId ?? getReads(context, info).aerospike.tenant();
}
