import type { GroupUserRemoved } from '../../domain/change-results.ts';
import { PlanRequiredError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { defineIdempotencyKey } from '../idempotency-key.ts';
import { findGroup, GroupType } from './group.ts';
import { GroupUserType } from './group-user.ts';

const errorTypes = [...commonErrors, PlanRequiredError];

const RemoveGroupUserSuccess = builder
  .objectRef<GroupUserRemoved>('RemoveGroupUserSuccess')
  .implement({
    description: 'The success of `removeGroupUser`: the user is no longer in the group.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      groupUid: t.exposeID('groupUid', {
        description: "Kaiten's UID of the group, from the input.",
      }),
      userId: t.exposeID('userId', {
        description: "Kaiten's ID of the user, from the input.",
      }),
      user: t.expose('user', {
        type: GroupUserType,
        nullable: true,
        description: "The removed user, from Kaiten's response. It is null if that was lost.",
      }),
      group: t.field({
        ...declareCost(1),
        type: GroupType,
        nullable: true,
        description:
          'The group, read after the change. GET /company/groups/{uid} is called only if more than its users is selected.',
        resolve: ({ groupUid }, _args, context, info) => findGroup(groupUid, context, info),
      }),
    }),
  });

const RemoveGroupUserInput = builder.inputType('RemoveGroupUserInput', {
  description: 'Input for `removeGroupUser`.',
  fields: (t) => ({
    groupUid: t.id({
      required: true,
      description:
        "Kaiten's UID of the group (not its numeric ID): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -.",
    }),
    userId: t.id({
      required: true,
      description: "Kaiten's ID of the user to remove: a whole number from 1 to 9007199254740991.",
    }),
    idempotencyKey: defineIdempotencyKey(t),
  }),
});

builder.mutationField('removeGroupUser', (t) =>
  t.field({
    ...declareCost(vendors.kaiten.changes.removeGroupUser.maxCalls),
    type: defineChangeResult('removeGroupUser', RemoveGroupUserSuccess, errorTypes),
    nullable: true,
    description: describeRootField('Removes a user from a group in Kaiten.', {
      vendor: 'kaiten',
      call: 'DELETE /groups/{group_uid}/users/{user_id}',
      permission: 'the administrative section "Members"',
    }),
    args: {
      input: t.arg({
        type: RemoveGroupUserInput,
        required: true,
        description: 'The group and the user to remove.',
      }),
    },
    resolve: createChangeResolver(vendors.kaiten.changes.removeGroupUser, errorTypes),
  }),
);
