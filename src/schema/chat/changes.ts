import type { ChatGroupMemberRemoved, GroupLeft } from '../../domain/change-results.ts';
import { LastOwnerError, PreconditionFailedError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { pageArgs } from '../connection.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { defineIdempotencyKey } from '../idempotency-key.ts';
import { ChatGroupConnection, ChatGroupType, findChatGroup, readOwnGroups } from './chat-group.ts';

const idCharacters = '1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -';

const errorTypes = [...commonErrors, PreconditionFailedError, LastOwnerError];

const LeaveGroupSuccess = builder.objectRef<GroupLeft>('LeaveGroupSuccess').implement({
  description: 'The success of `leaveGroup`: the caller is no longer in the room.',
  interfaces: [ChangeSuccess, ChangeResult],
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

const LeaveGroupInput = builder.inputType('LeaveGroupInput', {
  description: 'Input for `leaveGroup`.',
  fields: (t) => ({
    groupId: t.id({
      required: true,
      description: `Rocket.Chat's ID of the private room (its roomId): ${idCharacters}.`,
    }),
    idempotencyKey: defineIdempotencyKey(t),
  }),
});

builder.mutationField('leaveGroup', (t) =>
  t.field({
    ...declareCost(vendors.rocketchat.changes.leaveGroup.maxCalls),
    type: defineChangeResult('leaveGroup', LeaveGroupSuccess, errorTypes),
    nullable: true,
    description: describeRootField(
      'Removes the caller from a private room in Rocket.Chat. The caller is the owner of the credentials; no other person can be removed this way. The gateway never sends this POST twice.',
      { vendor: 'rocketchat', call: 'POST /api/v1/groups.leave', permission: '`leave-p`' },
    ),
    args: {
      input: t.arg({ type: LeaveGroupInput, required: true, description: 'The room to leave.' }),
    },
    resolve: createChangeResolver(vendors.rocketchat.changes.leaveGroup, errorTypes),
  }),
);

const RemoveChatGroupMemberSuccess = builder
  .objectRef<ChatGroupMemberRemoved>('RemoveChatGroupMemberSuccess')
  .implement({
    description: 'The success of `removeChatGroupMember`: the user is no longer in the room.',
    interfaces: [ChangeSuccess, ChangeResult],
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

const RemoveChatGroupMemberInput = builder.inputType('RemoveChatGroupMemberInput', {
  description: 'Input for `removeChatGroupMember`.',
  fields: (t) => ({
    groupId: t.id({
      required: true,
      description: `Rocket.Chat's ID of the private room (its roomId): ${idCharacters}.`,
    }),
    userId: t.id({
      required: true,
      description: `Rocket.Chat's ID of the user to remove: ${idCharacters}.`,
    }),
    idempotencyKey: defineIdempotencyKey(t),
  }),
});

builder.mutationField('removeChatGroupMember', (t) =>
  t.field({
    ...declareCost(vendors.rocketchat.changes.removeChatGroupMember.maxCalls),
    type: defineChangeResult('removeChatGroupMember', RemoveChatGroupMemberSuccess, errorTypes),
    nullable: true,
    description: describeRootField(
      'Removes a user from a private room in Rocket.Chat. The caller must be a member of the room, unless they have the permission `kick-user-from-any-p-room`; with that permission, Rocket.Chat also confirms the removal of a user who was not a member. Callers remove themselves with `leaveGroup`. The gateway never sends this POST twice.',
      { vendor: 'rocketchat', call: 'POST /api/v1/groups.kick', permission: '`remove-user`' },
    ),
    args: {
      input: t.arg({
        type: RemoveChatGroupMemberInput,
        required: true,
        description: 'The room and the user to remove.',
      }),
    },
    resolve: createChangeResolver(vendors.rocketchat.changes.removeChatGroupMember, errorTypes),
  }),
);
