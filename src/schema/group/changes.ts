import type { GroupUserRemoved } from '../../domain/change-results.ts';
import { PlanRequiredError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { findGroup, GroupType } from './group.ts';
import { GroupUserType } from './group-user.ts';

const RemoveGroupUserSuccess = builder
  .objectRef<GroupUserRemoved>('RemoveGroupUserSuccess')
  .implement({
    description: 'The user is not in the group any more.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      groupUid: t.exposeID('groupUid', {
        description: "Kaiten's uid of the group, as it was asked for.",
      }),
      userId: t.exposeID('userId', {
        description: "Kaiten's id of the user, as it was asked for.",
      }),
      user: t.expose('user', {
        type: GroupUserType,
        nullable: true,
        description: 'The user who was removed, as Kaiten answers; null where its answer was lost.',
      }),
      group: t.field({
        ...declareCost(1),
        type: GroupType,
        nullable: true,
        description:
          'The group, read after the change: GET /company/groups/{uid}, where more than its users is selected.',
        resolve: ({ groupUid }, _args, context, info) => findGroup(groupUid, context, info),
      }),
    }),
  });

const RemoveGroupUserInput = builder.inputType('RemoveGroupUserInput', {
  description: 'Which user is to leave which group.',
  fields: (t) => ({
    groupUid: t.id({
      required: true,
      description:
        "Kaiten's uid of the group (not its numeric id): 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -.",
    }),
    userId: t.id({
      required: true,
      description: "Kaiten's id of the user: a whole number from 1 to 9007199254740991.",
    }),
  }),
});

builder.mutationField('removeGroupUser', (t) =>
  t.field({
    ...declareCost(vendors.kaiten.changes.removeGroupUser.maxCalls),
    type: defineChangeResult('removeGroupUser', RemoveGroupUserSuccess, [
      ...commonErrors,
      PlanRequiredError,
    ]),
    nullable: true,
    description: describeRootField('Takes a user out of a group in Kaiten.', {
      vendor: 'kaiten',
      call: 'DELETE /groups/{group_uid}/users/{user_id}',
      permission: 'the administrative section "Members"',
    }),
    args: {
      input: t.arg({
        type: RemoveGroupUserInput,
        required: true,
        description: 'The group and the user.',
      }),
    },
    resolve: createChangeResolver(vendors.kaiten.changes.removeGroupUser, [
      ...commonErrors,
      PlanRequiredError,
    ]),
  }),
);
