import type { OrgMember, OrgRole } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { getReads } from '../reads.ts';

const OrgRoleType = builder.enumType('OrgRole', {
  description: 'What somebody is in an Aerospike Cloud organisation.',
  values: {
    ORG_ADMIN: { description: 'Administrator (OrgAdmin): can be removed by other administrators.' },
    ORG_OWNER: { description: 'Owner (OrgOwner): cannot be removed through the API.' },
  } satisfies Record<OrgRole, { description: string }>,
});

/** A member of an Aerospike Cloud organisation. */
export const OrgMemberType = builder.node(builder.objectRef<OrgMember>('OrgMember'), {
  description:
    'A member of an Aerospike Cloud organisation. A value that Aerospike sends in a wrong form is null.',
  id: {
    ...declareCostOnce(1),
    // The organisation is known by the token only, and one person may be a member of two.
    resolve: async (member, _args, context, info) =>
      toNodeId(await getReads(context, info).aerospike.tenant(), member.userId),
    description:
      'Opaque; unique across types and tenants. Costs one GET /organization in a document, which tells whose member it is.',
  },
  loadWithoutCache: async (id, context, info) => {
    const { aerospike } = getReads(context, info);
    const key = toKey(id, await aerospike.tenant());
    return key === null ? null : aerospike.member(aerospike.checkId(key));
  },
  fields: (t) => ({
    userId: t.exposeID('userId', {
      description: "Aerospike's id of the person, in lower case: the userId of removeOrgMember.",
    }),
    firstName: t.exposeString('firstName', { nullable: true, description: 'First name.' }),
    lastName: t.exposeString('lastName', { nullable: true, description: 'Last name.' }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address.' }),
    role: t.expose('role', {
      type: OrgRoleType,
      nullable: true,
      description: 'What the person is in the organisation.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the person became a member.',
    }),
  }),
});

builder.queryField('orgMember', (t) =>
  t.field({
    ...declareCostOnce(1),
    type: OrgMemberType,
    nullable: true,
    description: describeRootField(
      'A member of the Aerospike Cloud organisation that the access token belongs to, null where there is none. Asked for page by page until all members that the document asks for are found.',
      { vendor: 'aerospike', call: 'GET /organization/members', permission: '`read:org`' },
    ),
    args: {
      id: t.arg.id({ required: true, description: "Aerospike's id of the person: a UUID." }),
    },
    resolve: (_root, { id }, context, info) => {
      const { aerospike } = getReads(context, info);
      return aerospike.member(aerospike.checkId(id));
    },
  }),
);
