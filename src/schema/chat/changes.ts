import { LastOwnerError, PreconditionFailedError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { pageArgs } from '../connection.ts';
import { declareCost } from '../cost.ts';
import { defineChange } from '../define-change.ts';
import { ChatGroupConnection, ChatGroupType, findChatGroup, readOwnGroups } from './chat-group.ts';

const { leaveGroup, removeChatGroupMember } = vendors.rocketchat.changes;

const errors = [PreconditionFailedError, LastOwnerError];

defineChange(leaveGroup, {
  purpose:
    'Removes the caller from a private room in Rocket.Chat. The caller is the owner of the credentials; no other person can be removed this way.',
  errors,
  input: 'The room to leave.',
  ids: { groupId: "Rocket.Chat's ID of the private room (its roomId)" },
  state: 'the caller is no longer in the room',
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description: "Rocket.Chat's ID of the room, from the input.",
    }),
    chatGroup: t.field({
      ...declareCost(1),
      type: ChatGroupType,
      nullable: true,
      description:
        'The room after the change, from `GET groups.info`. It is usually null, because only members can see a private ' +
        'room; a discussion is also visible to the members of its parent room.',
      resolve: ({ groupId }, _args, context, info) => findChatGroup(groupId, context, info),
    }),
    chatGroups: t.field({
      ...declareCost(2),
      type: ChatGroupConnection,
      nullable: true,
      description:
        'The private rooms that the caller is still a member of, from `GET groups.list` and, if one of them is ' +
        'federated, `GET subscriptions.get`.',
      args: pageArgs,
      resolve: (_left, args, context, info) => readOwnGroups(args, context, info),
    }),
  }),
});

defineChange(removeChatGroupMember, {
  purpose:
    'Removes a user from a private room in Rocket.Chat. The caller must be a member of the room, unless they have the permission `kick-user-from-any-p-room`; with that permission, Rocket.Chat also confirms the removal of a user who was not a member. Callers remove themselves with `leaveGroup`.',
  errors,
  input: 'The room and the user to remove.',
  ids: {
    groupId: "Rocket.Chat's ID of the private room (its roomId)",
    userId: "Rocket.Chat's ID of the user to remove",
  },
  state: 'the user is no longer in the room',
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description: "Rocket.Chat's ID of the room, from the input.",
    }),
    userId: t.exposeID('userId', {
      description: "Rocket.Chat's ID of the user, from the input.",
    }),
    chatGroup: t.field({
      ...declareCost(1),
      type: ChatGroupType,
      nullable: true,
      description:
        'The room, read after the change. `GET groups.info` is called only if more than its members is selected.',
      resolve: ({ groupId }, _args, context, info) => findChatGroup(groupId, context, info),
    }),
  }),
});
