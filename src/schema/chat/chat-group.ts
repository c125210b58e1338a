import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { ChatGroup, ChatGroupDetails } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { type PageArgs, pageArgs, toConnection, toPart } from '../connection.ts';
import { declareCost, declareFree } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';
import {
  getSelectedArguments,
  getSelectedFields,
  isOnlySelected,
  isPresent,
} from '../selection.ts';
import { ChatGroupMemberConnection } from './chat-group-member.ts';
import { ChatUserType } from './chat-user.ts';

const list = 'chatGroups';

interface MemberArgs extends PageArgs {
  readonly filter?: string | null | undefined;
}

/** A private room of Rocket.Chat. */
export const ChatGroupType = builder.node(builder.objectRef<ChatGroup>('ChatGroup'), {
  description: 'A private room of Rocket.Chat.',
  id: exposeId((group: ChatGroup) => toNodeId(group.tenant, group.groupId)),
  loadWithoutCache: async (id, context, info) => {
    const { rocketchat } = getReads(context, info);
    const key = toKey(id, rocketchat.tenant);
    if (key === null) return null;
    const details = await rocketchat.group(rocketchat.checkId(key));
    return details && { tenant: rocketchat.tenant, groupId: key, details };
  },
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description: "Rocket.Chat's id of the room (its roomId): the groupId of leaveGroup.",
    }),
    name: t.string({
      ...declareFree,
      nullable: true,
      description:
        'The display name. In `memberships` it is looked up in `GET groups.list`, and for a discussion in `GET groups.info`.',
      resolve: (group, _args, context, info) => readChatGroupName(group, context, info),
    }),
    archived: t.boolean({
      ...declareFree,
      nullable: true,
      description: 'Whether the room is archived: then nobody can leave it.',
      resolve: (group, _args, context, info) => detail(group, 'isArchived', context, info),
    }),
    readOnly: t.boolean({
      ...declareFree,
      nullable: true,
      description: 'Whether only some may write.',
      resolve: (group, _args, context, info) => detail(group, 'isReadOnly', context, info),
    }),
    owner: t.field({
      ...declareCost(1),
      type: ChatUserType,
      nullable: true,
      description:
        'Who the room belongs to, as Rocket.Chat keeps it with the room: as a rule who made it. All owners of ' +
        'today are the members with the role "owner", who come first among members.',
      resolve: (group, _args, context, info) => detail(group, 'owner', context, info),
    }),
    usersCount: t.int({
      ...declareFree,
      nullable: true,
      description: 'How many are in the room.',
      resolve: (group, _args, context, info) => detail(group, 'usersCount', context, info),
    }),
    members: t.field({
      // On servers before 7.3: the list that they do not know, the one that they do, and the roles.
      ...declareCost(3),
      type: ChatGroupMemberConnection,
      nullable: true,
      description:
        'The members of the room, the owners first: `GET rooms.membersOrderedByRole`; on servers before 7.3 ' +
        '`GET groups.members`, by user name, and `GET groups.roles` if the roles are selected. People who are ' +
        'invited and have not accepted are left out, and Rocket.Chat lists no deactivated users. ' +
        'Permission for a broadcast room: `view-broadcast-member-list`.',
      args: {
        ...pageArgs,
        filter: t.arg.string({
          description: 'A part of a name or of a user name: 1 to 255 characters.',
        }),
      },
      resolve: async ({ groupId }, args, context, info) => {
        const inEdges = getSelectedFields(info, 'edges', 'node').has('roles');
        const roles = inEdges || getSelectedFields(info, 'nodes').has('roles');
        const listing = await readMembers(groupId, args, roles, context, info);
        return toConnection(membersList(groupId), listing);
      },
    }),
  }),
});

/** A part of the rooms that the caller is in. */
export const ChatGroupConnection = builder.connectionObject(
  { type: ChatGroupType, name: 'ChatGroupConnection', description: 'A part of the private rooms.' },
  { name: 'ChatGroupEdge', description: 'A room and its place in the list.' },
);

builder.queryFields((t) => ({
  chatGroup: t.field({
    ...declareCost(1),
    type: ChatGroupType,
    nullable: true,
    description: describeRootField(
      'A private room of Rocket.Chat, null where there is none or the caller cannot see it.',
      { vendor: 'rocketchat', call: 'GET groups.info', permission: 'being in it' },
    ),
    args: {
      id: t.arg.id({ required: true, description: "Rocket.Chat's id of the room (its roomId)." }),
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

/** A part of the rooms that the caller is in, as a connection. */
export async function readOwnGroups(args: PageArgs, context: Context, info: GraphQLResolveInfo) {
  const { offset, first } = toPart('ROCKETCHAT', list, args);
  return toConnection(list, await getReads(context, info).rocketchat.groups(offset, first));
}

/**
 * A room of which no more is read than is selected, and at least enough to know that it is there.
 *
 * @param groupId in its normal form
 */
export async function findChatGroup(
  groupId: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ChatGroup | null> {
  const { rocketchat } = getReads(context, info);
  const { tenant } = rocketchat;
  if (isOnlySelected(info, ['members'], ['id', 'groupId']).length > 0) {
    const args = getSelectedArguments(info, 'members');
    const read = readMembers(groupId, args, false, context, info);
    return (await isPresent(read)) ? { tenant, groupId } : null;
  }
  const details = await rocketchat.group(groupId);
  return details && { tenant, groupId, details };
}

/** A room's display name, looked up if only the name in its address was read. */
export async function readChatGroupName(
  group: ChatGroup,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<string | null> {
  return group.slug === undefined
    ? detail(group, 'name', context, info)
    : getReads(context, info).rocketchat.displayName(group);
}

async function readMembers(
  groupId: string,
  { filter, ...args }: MemberArgs,
  roles: boolean,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { offset, first } = toPart('ROCKETCHAT', membersList(groupId), args);
  const { rocketchat } = getReads(context, info);
  return rocketchat.members(groupId, { filter, roles }, offset, first);
}

function membersList(groupId: string): string {
  return `members of ${groupId}`;
}

async function detail<Name extends keyof ChatGroupDetails>(
  { groupId, details }: ChatGroup,
  name: Name,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ChatGroupDetails[Name] | null> {
  const read = details ?? (await getReads(context, info).rocketchat.group(groupId));
  return read?.[name] ?? null;
}
