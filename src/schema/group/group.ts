import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Group, GroupDetails } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { type PageArgs, pageArgs, toConnection, toPart } from '../connection.ts';
import { declareCost, declareFree } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';
import { getSelectedArguments, isOnlySelected, isPresent } from '../selection.ts';
import { GroupUserType } from './group-user.ts';

const list = 'groups';

const GroupUserConnection = builder.connectionObject(
  { type: GroupUserType, name: 'GroupUserConnection', description: "A part of a group's users." },
  { name: 'GroupUserEdge', description: 'A user and his place in the list.' },
);

/** A group of Kaiten. */
export const GroupType = builder.node(builder.objectRef<Group>('Group'), {
  description: 'A group of Kaiten. A value that Kaiten sends in a wrong form is null.',
  id: exposeId((group: Group) => toNodeId(group.tenant, group.groupUid)),
  loadWithoutCache: async (id, context, info) => {
    const { kaiten } = getReads(context, info);
    const key = toKey(id, kaiten.tenant);
    if (key === null) return null;
    const details = await kaiten.group(kaiten.checkUid(key));
    return details && { tenant: kaiten.tenant, groupUid: key, details };
  },
  fields: (t) => ({
    uid: t.exposeID('groupUid', {
      description: "Kaiten's uid of the group, the groupUid of removeGroupUser.",
    }),
    name: t.string({
      ...declareFree,
      nullable: true,
      description: 'Name.',
      resolve: (group, _args, context, info) => detail(group, 'name', context, info),
    }),
    createdAt: t.field({
      ...declareFree,
      type: 'DateTime',
      nullable: true,
      description: 'When it was made.',
      resolve: (group, _args, context, info) => detail(group, 'createdAt', context, info),
    }),
    updatedAt: t.field({
      ...declareFree,
      type: 'DateTime',
      nullable: true,
      description: 'When it was last changed.',
      resolve: (group, _args, context, info) => detail(group, 'updatedAt', context, info),
    }),
    users: t.field({
      ...declareCost(1),
      type: GroupUserConnection,
      nullable: true,
      description:
        'Its users: GET /groups/{group_uid}/users. Permission: the administrative section "Members".',
      args: pageArgs,
      resolve: async ({ groupUid }, args, context, info) =>
        toConnection(usersList(groupUid), await readUsers(groupUid, args, context, info)),
    }),
  }),
});

const GroupConnection = builder.connectionObject(
  { type: GroupType, name: 'GroupConnection', description: 'A part of the groups.' },
  { name: 'GroupEdge', description: 'A group and its place in the list.' },
);

builder.queryFields((t) => ({
  group: t.field({
    ...declareCost(1),
    type: GroupType,
    nullable: true,
    description: describeRootField('A group of Kaiten, null where there is none.', {
      vendor: 'kaiten',
      call: 'GET /company/groups/{uid}',
      permission: 'the administrative section "Members"',
    }),
    args: {
      uid: t.arg.id({
        required: true,
        description: "Kaiten's uid of the group (not its numeric id).",
      }),
    },
    resolve: (_root, { uid }, context, info) =>
      findGroup(getReads(context, info).kaiten.checkUid(uid), context, info),
  }),
  groups: t.field({
    ...declareCost(1),
    type: GroupConnection,
    nullable: true,
    description: describeRootField('The groups of Kaiten.', {
      vendor: 'kaiten',
      call: 'GET /company/groups',
      permission: 'the administrative section "Members"',
    }),
    args: {
      ...pageArgs,
      search: t.arg.string({ description: 'A part of the name: 1 to 255 characters.' }),
    },
    resolve: async (_root, { search, ...args }, context, info) => {
      const { offset, first } = toPart('KAITEN', list, args);
      const listing = await getReads(context, info).kaiten.groups(search, offset, first);
      return toConnection(list, listing);
    },
  }),
}));

/**
 * A group of which no more is read than is selected, and at least enough to know that it is there.
 *
 * @param groupUid in its normal form
 */
export async function findGroup(
  groupUid: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Group | null> {
  const { kaiten } = getReads(context, info);
  const { tenant } = kaiten;
  if (isOnlySelected(info, ['users'], ['id', 'uid']).length > 0) {
    const args = getSelectedArguments(info, 'users');
    const read = readUsers(groupUid, args, context, info);
    return (await isPresent(read)) ? { tenant, groupUid } : null;
  }
  const details = await kaiten.group(groupUid);
  return details && { tenant, groupUid, details };
}

async function readUsers(
  groupUid: string,
  args: PageArgs,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { offset, first } = toPart('KAITEN', usersList(groupUid), args);
  return getReads(context, info).kaiten.users(groupUid, offset, first);
}

function usersList(groupUid: string): string {
  return `users of ${groupUid}`;
}

async function detail<Name extends keyof GroupDetails>(
  { groupUid, details }: Group,
  name: Name,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<GroupDetails[Name] | null> {
  const read = details ?? (await getReads(context, info).kaiten.group(groupUid));
  return read?.[name] ?? null;
}
