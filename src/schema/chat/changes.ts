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
import { ChatGroupConnection, ChatGroupType, findChatGroup, readOwnGroups } from './chat-group.ts';

const errorTypes = [...commonErrors, PreconditionFailedError, LastOwnerError];

const LeaveGroupSuccess = builder.objectRef<GroupLeft>('LeaveGroupSuccess').implement({
  description: 'The caller is not in the room any more.',
  interfaces: [ChangeSuccess, ChangeResult],
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description: "Rocket.Chat's id of the room, as it was asked for.",
    }),
    chatGroup: t.field({
      ...declareCost(1),
      type: ChatGroupType,
      nullable: true,
      description:
        'The room, as far as the caller may still see it: `GET groups.info`. Null as a rule, since a private room is ' +
        'seen by its members; a discussion is seen by those of its parent too.',
      resolve: ({ groupId }, _args, context, info) => findChatGroup(groupId, context, info),
    }),
    chatGroups: t.field({
      ...declareCost(2),
      type: ChatGroupConnection,
      nullable: true,
      description:
        'The private rooms that the caller is still in: `GET groups.list`, and if one of them is federated ' +
        '`GET subscriptions.get`.',
      args: pageArgs,
      resolve: (_left, args, context, info) => readOwnGroups(args, context, info),
    }),
  }),
});

const LeaveGroupInput = builder.inputType('LeaveGroupInput', {
  description: 'Which private room the caller is to leave.',
  fields: (t) => ({
    groupId: t.id({
      required: true,
      description:
        "Rocket.Chat's id of the private room (its roomId): 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -.",
    }),
  }),
});

builder.mutationField('leaveGroup', (t) =>
  t.field({
    ...declareCost(vendors.rocketchat.changes.leaveGroup.maxCalls),
    type: defineChangeResult('leaveGroup', LeaveGroupSuccess, errorTypes),
    nullable: true,
    description: describeRootField(
      'Takes the caller out of a private room in Rocket.Chat. It always removes the owner of the credentials, never another person. A POST is never sent twice.',
      { vendor: 'rocketchat', call: 'POST /api/v1/groups.leave', permission: '`leave-p`' },
    ),
    args: {
      input: t.arg({ type: LeaveGroupInput, required: true, description: 'The room.' }),
    },
    resolve: createChangeResolver(vendors.rocketchat.changes.leaveGroup, errorTypes),
  }),
);

const RemoveChatGroupMemberSuccess = builder
  .objectRef<ChatGroupMemberRemoved>('RemoveChatGroupMemberSuccess')
  .implement({
    description: 'The person is not in the room any more.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      groupId: t.exposeID('groupId', {
        description: "Rocket.Chat's id of the room, as it was asked for.",
      }),
      userId: t.exposeID('userId', {
        description: "Rocket.Chat's id of the person, as it was asked for.",
      }),
      chatGroup: t.field({
        ...declareCost(1),
        type: ChatGroupType,
        nullable: true,
        description:
          'The room, read after the change: `GET groups.info`, where more than its members is selected.',
        resolve: ({ groupId }, _args, context, info) => findChatGroup(groupId, context, info),
      }),
    }),
  });

const RemoveChatGroupMemberInput = builder.inputType('RemoveChatGroupMemberInput', {
  description: 'Who is to leave which private room.',
  fields: (t) => ({
    groupId: t.id({
      required: true,
      description:
        "Rocket.Chat's id of the private room (its roomId): 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -.",
    }),
    userId: t.id({
      required: true,
      description:
        "Rocket.Chat's id of the person: 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -.",
    }),
  }),
});

builder.mutationField('removeChatGroupMember', (t) =>
  t.field({
    ...declareCost(vendors.rocketchat.changes.removeChatGroupMember.maxCalls),
    type: defineChangeResult('removeChatGroupMember', RemoveChatGroupMemberSuccess, errorTypes),
    nullable: true,
    description: describeRootField(
      'Removes a user from a private room in Rocket.Chat. The caller must be a member of the room, unless they have the permission `kick-user-from-any-p-room`; with it, Rocket.Chat also confirms the removal of a user who was no member. Callers remove themselves with `leaveGroup`. A POST is never sent twice.',
      { vendor: 'rocketchat', call: 'POST /api/v1/groups.kick', permission: '`remove-user`' },
    ),
    args: {
      input: t.arg({
        type: RemoveChatGroupMemberInput,
        required: true,
        description: 'The room and the person.',
      }),
    },
    resolve: createChangeResolver(vendors.rocketchat.changes.removeChatGroupMember, errorTypes),
  }),
);
