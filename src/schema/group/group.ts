import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Group, Reads } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { type PageArgs, pageArgs, parsePageArgs, toConnection } from '../connection.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { LazyNode } from '../lazy-node.ts';
import { getReads } from '../reads.ts';
import { GroupUserType } from './group-user.ts';

const list = 'groups';

const lazy = new LazyNode<Group>({
  readDetails: ({ kaiten }, { groupUid }) => kaiten.group(groupUid),
  known: ['id', 'uid'],
  lists: { users: (reads, { groupUid }, args) => readUsers(reads, groupUid, args) },
});

const GroupUserConnection = builder.connectionObject(
  { type: GroupUserType, name: 'GroupUserConnection', description: 'A page of users of a group.' },
  { name: 'GroupUserEdge', description: 'A user and their position in the list.' },
);

/** The node of a {@link Group}. */
export const GroupType = builder.node(builder.objectRef<Group>('Group'), {
  description: 'A group in Kaiten. Values that Kaiten sends in an invalid form are null.',
  id: exposeId((group: Group) => toNodeId(group.tenant, group.groupUid)),
  loadWithoutCache: async (id, context, info) => {
    const { kaiten } = getReads(context, info);
    const key = toKey(id, kaiten.tenant);
    if (key === null) return null;
    return lazy.load({ tenant: kaiten.tenant, groupUid: kaiten.checkUid(key) }, context, info);
  },
  fields: (t) => ({
    uid: t.exposeID('groupUid', {
      description: "Kaiten's UID of the group, which `removeGroupUser` expects as `groupUid`.",
    }),
    name: t.string(lazy.exposeDetail('name', 'The name of the group.')),
    createdAt: t.field({
      type: 'DateTime',
      ...lazy.exposeDetail('createdAt', 'When the group was created.'),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      ...lazy.exposeDetail('updatedAt', 'When the group was last changed.'),
    }),
    users: t.field({
      ...declareCost(1),
      type: GroupUserConnection,
      nullable: true,
      description:
        'The users of the group, from GET /groups/{group_uid}/users. Permission: the administrative section "Members".',
      args: pageArgs,
      resolve: async ({ groupUid }, args, context, info) => {
        const listing = await readUsers(getReads(context, info), groupUid, args);
        return toConnection(nameUserList(groupUid), listing);
      },
    }),
  }),
});

const GroupConnection = builder.connectionObject(
  { type: GroupType, name: 'GroupConnection', description: 'A page of groups.' },
  { name: 'GroupEdge', description: 'A group and its position in the list.' },
);

builder.queryFields((t) => ({
  group: t.field({
    ...declareCost(1),
    type: GroupType,
    nullable: true,
    description: describeRootField(
      'A group in Kaiten. It is null if there is no group with this UID.',
      {
        vendor: 'kaiten',
        call: 'GET /company/groups/{uid}',
        permission: 'the administrative section "Members"',
      },
    ),
    args: {
      uid: t.arg.id({
        required: true,
        description: "Kaiten's UID of the group (not its numeric ID).",
      }),
    },
    resolve: (_root, { uid }, context, info) =>
      findGroup(getReads(context, info).kaiten.checkUid(uid), context, info),
  }),
  groups: t.field({
    ...declareCost(1),
    type: GroupConnection,
    nullable: true,
    description: describeRootField('The groups in Kaiten.', {
      vendor: 'kaiten',
      call: 'GET /company/groups',
      permission: 'the administrative section "Members"',
    }),
    args: {
      ...pageArgs,
      search: t.arg.string({
        description: 'A part of the name to search for, from 1 to 255 characters.',
      }),
    },
    resolve: async (_root, { search, ...args }, context, info) => {
      const { offset, first } = parsePageArgs('KAITEN', list, args);
      const listing = await getReads(context, info).kaiten.groups(search, offset, first);
      return toConnection(list, listing);
    },
  }),
}));

/**
 * Returns a group, read no further than it is selected; null if it does not exist.
 *
 * @param groupUid the UID in its normal form
 */
export async function findGroup(
  groupUid: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Group | null> {
  const { tenant } = getReads(context, info).kaiten;
  return lazy.find({ tenant, groupUid }, context, info);
}

async function readUsers({ kaiten }: Reads, groupUid: string, args: PageArgs) {
  const { offset, first } = parsePageArgs('KAITEN', nameUserList(groupUid), args);
  return kaiten.users(groupUid, offset, first);
}

function nameUserList(groupUid: string): string {
  return `users of ${groupUid}`;
}
