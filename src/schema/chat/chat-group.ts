import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { ChatGroup, Reads } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { type PageArgs, pageArgs, parsePageArgs, toConnection } from '../connection.ts';
import { declareCost, includedCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { LazyNode } from '../lazy-node.ts';
import { getReads } from '../reads.ts';
import { getSelectedFields } from '../selection.ts';
import { ChatGroupMemberConnection } from './chat-group-member.ts';
import { ChatUserType } from './chat-user.ts';

const list = 'chatGroups';

interface MemberArgs extends PageArgs {
  readonly filter?: string | null | undefined;
}

const lazy = new LazyNode<ChatGroup>({
  readDetails: ({ rocketchat }, { groupId }) => rocketchat.group(groupId),
  known: ['id', 'groupId'],
  lists: { members: (reads, { groupId }, args) => readMembers(reads, groupId, args, false) },
});

/** The node of a {@link ChatGroup}. */
export const ChatGroupType = builder.node(builder.objectRef<ChatGroup>('ChatGroup'), {
  description: 'A private room in Rocket.Chat.',
  id: exposeId((group: ChatGroup) => toNodeId(group.tenant, group.groupId)),
  loadWithoutCache: async (id, context, info) => {
    const { rocketchat } = getReads(context, info);
    const { tenant } = rocketchat;
    const key = toKey(id, tenant);
    if (key === null) return null;
    return lazy.load({ tenant, groupId: rocketchat.checkId(key) }, context, info);
  },
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description:
        "Rocket.Chat's ID of the room (its roomId), which `leaveGroup` expects as `groupId`.",
    }),
    name: t.string({
      ...includedCost,
      nullable: true,
      description:
        'The display name of the room. In `memberships` it comes from `GET groups.list`, and for a discussion from `GET groups.info`.',
      resolve: (group, _args, context, info) => readChatGroupName(group, context, info),
    }),
    archived: t.boolean(
      lazy.exposeDetail(
        'isArchived',
        'Whether the room is archived. Members cannot leave an archived room.',
      ),
    ),
    readOnly: t.boolean(
      lazy.exposeDetail('isReadOnly', 'Whether only some members can post in the room.'),
    ),
    owner: t.field({
      ...lazy.exposeDetail(
        'owner',
        'The user whom Rocket.Chat stores as the owner of the room, usually the one who created it. For all current ' +
          'owners, see the members with the role "owner", who come first in `members`.',
      ),
      ...declareCost(1),
      type: ChatUserType,
    }),
    usersCount: t.int(lazy.exposeDetail('usersCount', 'The number of users in the room.')),
    members: t.field({
      // On servers before 7.3: the list that they do not support, the one that they do, and the roles.
      ...declareCost(3),
      type: ChatGroupMemberConnection,
      nullable: true,
      description:
        'The members of the room with the owners first, from `GET rooms.membersOrderedByRole`. On servers before 7.3 ' +
        'they are sorted by user name and come from `GET groups.members`, and from `GET groups.roles` if their roles ' +
        'are selected. The list excludes people who have not accepted their invitation, and Rocket.Chat does not list ' +
        'deactivated users. Permission for a broadcast room: `view-broadcast-member-list`.',
      args: {
        ...pageArgs,
        filter: t.arg.string({
          description: 'A part of the name or user name to search for, from 1 to 255 characters.',
        }),
      },
      resolve: async ({ groupId }, args, context, info) => {
        const withRoles =
          getSelectedFields(info, 'edges', 'node').has('roles') ||
          getSelectedFields(info, 'nodes').has('roles');
        const listing = await readMembers(getReads(context, info), groupId, args, withRoles);
        return toConnection(nameMemberList(groupId), listing);
      },
    }),
  }),
});

/** The connection of the rooms that the caller belongs to. */
export const ChatGroupConnection = builder.connectionObject(
  { type: ChatGroupType, name: 'ChatGroupConnection', description: 'A page of private rooms.' },
  { name: 'ChatGroupEdge', description: 'A room and its position in the list.' },
);

builder.queryFields((t) => ({
  chatGroup: t.field({
    ...declareCost(1),
    type: ChatGroupType,
    nullable: true,
    description: describeRootField(
      'A private room in Rocket.Chat. It is null if there is no room with this ID or the caller is not allowed to see it.',
      { vendor: 'rocketchat', call: 'GET groups.info', permission: 'membership in the room' },
    ),
    args: {
      id: t.arg.id({ required: true, description: "Rocket.Chat's ID of the room (its roomId)." }),
    },
    resolve: (_root, { id }, context, info) =>
      findChatGroup(getReads(context, info).rocketchat.checkId(id), context, info),
  }),
  chatGroups: t.field({
    // The list, and the caller's subscriptions if one of the rooms is federated.
    ...declareCost(2),
    type: ChatGroupConnection,
    nullable: true,
    description: describeRootField(
      'The private rooms that the caller is a member of. If one of them is federated, `GET subscriptions.get` shows whether the caller is only invited to it.',
      { vendor: 'rocketchat', call: 'GET groups.list', permission: 'none' },
    ),
    args: pageArgs,
    resolve: (_root, args, context, info) => readOwnGroups(args, context, info),
  }),
}));

/** Returns a page of the rooms that the caller belongs to as a connection. */
export async function readOwnGroups(args: PageArgs, context: Context, info: GraphQLResolveInfo) {
  const { offset, first } = parsePageArgs('ROCKETCHAT', list, args);
  return toConnection(list, await getReads(context, info).rocketchat.groups(offset, first));
}

/**
 * Returns a room, read no further than it is selected; null if it does not exist.
 *
 * @param groupId the ID in its normal form
 */
export async function findChatGroup(
  groupId: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ChatGroup | null> {
  const { tenant } = getReads(context, info).rocketchat;
  return lazy.find({ tenant, groupId }, context, info);
}

/** Returns a room's display name, looked up if only the name in its address was read. */
export async function readChatGroupName(
  group: ChatGroup,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<string | null> {
  return group.slug === undefined
    ? lazy.readDetail(group, 'name', context, info)
    : getReads(context, info).rocketchat.displayName(group);
}

async function readMembers(
  { rocketchat }: Reads,
  groupId: string,
  { filter, ...args }: MemberArgs,
  withRoles: boolean,
) {
  const { offset, first } = parsePageArgs('ROCKETCHAT', nameMemberList(groupId), args);
  return rocketchat.members(groupId, { filter, roles: withRoles }, offset, first);
}

function nameMemberList(groupId: string): string {
  return `members of ${groupId}`;
}
