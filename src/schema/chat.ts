import { LastOwnerError, PreconditionFailedError } from '../errors.ts';
import type { GroupLeft } from '../memberships.ts';
import { builder } from './builder.ts';
import { ChangeResult, ChangeSuccess, change } from './change.ts';
import { commonErrors } from './errors.ts';

const LeaveGroupSuccess = builder.objectRef<GroupLeft>('LeaveGroupSuccess').implement({
  description: 'The caller is not in the room any more.',
  interfaces: [ChangeSuccess, ChangeResult],
  fields: (t) => ({
    groupId: t.exposeID('groupId', {
      description: "Rocket.Chat's id of the room, as it was asked for.",
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
    type: LeaveGroupSuccess,
    nullable: true,
    description:
      'Takes the caller out of a private room in Rocket.Chat: POST /api/v1/groups.leave. It always removes the owner ' +
      'of the credentials, never another person. Permission: leave-p. Credentials: rocketchat-auth-token, ' +
      'rocketchat-user-id. A POST is never sent twice.',
    args: {
      input: t.arg({ type: LeaveGroupInput, required: true, description: 'The room.' }),
    },
    errors: {
      types: [...commonErrors, PreconditionFailedError, LastOwnerError],
      union: { name: 'LeaveGroupResult', description: 'What leaveGroup may answer.' },
    },
    resolve: change('ROCKETCHAT', (input, { rocketchat }, operation) =>
      rocketchat.leaveGroup(input, operation),
    ),
  }),
);
