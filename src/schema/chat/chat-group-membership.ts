import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCost } from '../cost.ts';
import { describeEnd, type Membership, MembershipType } from '../membership.ts';
import { type FoundBy, MembershipsType } from '../memberships.ts';
import { getReads } from '../reads.ts';
import { ChatGroupType, readChatGroupName } from './chat-group.ts';
import { ChatUserType } from './chat-user.ts';

const ChatGroupMembership = builder
  .objectRef<Membership & FoundBy<'rocketchat', 'roomsByEmail'>>('ChatGroupMembership')
  .implement({
    description: 'The membership of a user in a private room in Rocket.Chat.',
    interfaces: [MembershipType],
    fields: (t) => ({
      name: t.string({
        // Each discussion needs one call of its own; the list of all rooms is among the calls of `chatGroups`.
        ...declareCost(1),
        nullable: true,
        description:
          'The display name of the room, from `GET groups.list`, and for a discussion from `GET groups.info`. If ' +
          "neither returns it, it is the name in the room's address.",
        resolve: ({ group }, _args, context, info) => readChatGroupName(group, context, info),
      }),
      chatGroup: t.expose('group', {
        ...declareCost(1),
        type: ChatGroupType,
        description: 'The room that the user belongs to.',
      }),
      user: t.expose('user', { type: ChatUserType, description: 'The user in Rocket.Chat.' }),
      isCaller: t.exposeBoolean('isCaller', {
        description:
          'Whether the user is the caller. Callers leave a room with `leaveGroup`; other users are removed with `removeChatGroupMember`.',
      }),
    }),
  });

builder.objectField(MembershipsType, 'chatGroups', (t) =>
  t.field({
    // `me`, at most four forms of the address, the list of rooms, the caller's subscriptions, and 50 rooms one by one.
    ...declareCost(57),
    type: [ChatGroupMembership],
    nullable: true,
    description:
      'The private rooms in Rocket.Chat that the person is a member of and the caller is allowed to see.\n\nThe field ' +
      'always costs `GET me`. If the person is the caller, it costs one `GET groups.list` for each 100 rooms, and ' +
      '`GET subscriptions.get` if one of them is federated. If the person is another user, it costs `GET users.info` ' +
      '(servers from 8.4 on), up to four times if the address has letters beyond ASCII. Permission to find other users ' +
      'by e-mail address: view-full-other-user-info.\n\nWithout the permission view-other-user-channels, the ' +
      "caller's own rooms are checked one by one, 50 at most: with `GET rooms.isMember`, or for an archived room with " +
      '`GET rooms.membersOrderedByRole`. With the permission, the federated rooms in which the user has no role are ' +
      'checked in the same way.',
    resolve: async ({ email }, _args, context, info) =>
      (await getReads(context, info).rocketchat.roomsByEmail(email)).map((found) => {
        const { groupId } = found.group;
        const { leaveGroup, removeChatGroupMember } = vendors.rocketchat.changes;
        const end = found.isCaller
          ? describeEnd(leaveGroup, { groupId })
          : describeEnd(removeChatGroupMember, { groupId, userId: found.user.userId });
        return { ...found, name: null, ...end };
      }),
  }),
);
