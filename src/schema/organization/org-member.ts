import type { OrgMember, OrgRole } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { exposeEach } from '../expose-each.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { getReads } from '../reads.ts';

const OrgRoleType = builder.enumType('OrgRole', {
  description: 'The role of a member in an Aerospike Cloud organization.',
  values: {
    ORG_ADMIN: {
      description: 'An administrator (OrgAdmin), whom other administrators can remove.',
    },
    ORG_OWNER: { description: 'An owner (OrgOwner), who cannot be removed through the API.' },
  } satisfies Record<OrgRole, { description: string }>,
});

/** The node of an {@link OrgMember}. */
export const OrgMemberType = builder.node(builder.objectRef<OrgMember>('OrgMember'), {
  description:
    'A member of an Aerospike Cloud organization. Values that Aerospike sends in an invalid form are null.',
  id: {
    ...declareCostOnce(1),
    // Only the token identifies the organization, and one person may be a member of two.
    resolve: async (member, _args, context, info) =>
      toNodeId(await getReads(context, info).aerospike.tenant(), member.userId),
    description:
      'The opaque ID, which is unique across types and tenants. It costs one GET /organization per document, which identifies the organization.',
  },
  loadWithoutCache: async (id, context, info) => {
    const { aerospike } = getReads(context, info);
    const key = toKey(id, await aerospike.tenant());
    return key === null ? null : aerospike.member(aerospike.checkId(key));
  },
  fields: (t) => ({
    userId: t.exposeID('userId', {
      description:
        "Aerospike's ID of the person in lower case, which `removeOrgMember` expects as `userId`.",
    }),
    ...exposeEach(t, 'String', {
      firstName: 'The first name of the person.',
      lastName: 'The last name of the person.',
      email: 'The e-mail address of the person.',
    }),
    role: t.expose('role', {
      type: OrgRoleType,
      nullable: true,
      description: 'The role of the person in the organization.',
    }),
    ...exposeEach(t, 'DateTime', {
      createdAt: 'When the person became a member.',
    }),
  }),
});

builder.queryField('orgMember', (t) =>
  t.field({
    ...declareCostOnce(1),
    type: OrgMemberType,
    nullable: true,
    description: describeRootField(
      'A member of the Aerospike Cloud organization that the access token belongs to. It is null if there is no member with this ID. The list of members is read page by page until all members that a document asks for are found.',
      { vendor: 'aerospike', call: 'GET /organization/members', permission: '`read:org`' },
    ),
    args: {
      id: t.arg.id({ required: true, description: "Aerospike's ID of the person: a UUID." }),
    },
    resolve: (_root, { id }, context, info) => {
      const { aerospike } = getReads(context, info);
      return aerospike.member(aerospike.checkId(id));
    },
  }),
);
