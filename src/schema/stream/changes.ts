import type { StreamLeaderAttached, StreamLeaderDetached } from '../../domain/change-results.ts';
import { PreconditionFailedError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { defineIdempotencyKey } from '../idempotency-key.ts';
import { findStream, StreamType } from './stream.ts';
import { StreamLeadershipType } from './stream-leadership.ts';

const errorTypes = [...commonErrors, PreconditionFailedError];

const AttachStreamLeaderSuccess = builder
  .objectRef<StreamLeaderAttached>('AttachStreamLeaderSuccess')
  .implement({
    description: 'The success of `attachStreamLeader`: the person leads the stream.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      leadership: t.expose('leadership', {
        type: StreamLeadershipType,
        description: 'The leadership. Its stream and its leader are read after the change.',
      }),
    }),
  });

const DetachStreamLeaderSuccess = builder
  .objectRef<StreamLeaderDetached>('DetachStreamLeaderSuccess')
  .implement({
    description: 'The success of `detachStreamLeader`: the person no longer leads the stream.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      streamId: t.exposeID('streamId', {
        description: "Wethod's ID of the stream, from the input.",
      }),
      leaderId: t.exposeID('leaderId', {
        description: "Wethod's ID of the person, from the input.",
      }),
      stream: t.field({
        ...declareCost(1),
        type: StreamType,
        nullable: true,
        description:
          'The stream, read after the change. GET /api/streams/{id} is called only if more than its leaders or members is selected.',
        resolve: ({ streamId }, _args, context, info) => findStream(streamId, context, info),
      }),
    }),
  });

const wholeNumber = 'a whole number from 1 to 9007199254740991';

const AttachStreamLeaderInput = builder.inputType('AttachStreamLeaderInput', {
  description: 'Input for `attachStreamLeader`.',
  fields: (t) => ({
    streamId: t.id({ required: true, description: `Wethod's ID of the stream: ${wholeNumber}.` }),
    leaderId: t.id({
      required: true,
      description: `Wethod's ID of the person to make a leader: ${wholeNumber}.`,
    }),
    idempotencyKey: defineIdempotencyKey(t),
  }),
});

const DetachStreamLeaderInput = builder.inputType('DetachStreamLeaderInput', {
  description: 'Input for `detachStreamLeader`.',
  fields: (t) => ({
    streamId: t.id({ required: true, description: `Wethod's ID of the stream: ${wholeNumber}.` }),
    leaderId: t.id({
      required: true,
      description: `Wethod's ID of the leader to remove: ${wholeNumber}.`,
    }),
    idempotencyKey: defineIdempotencyKey(t),
  }),
});

builder.mutationField('attachStreamLeader', (t) =>
  t.field({
    ...declareCost(vendors.wethod.changes.attachStreamLeader.maxCalls),
    type: defineChangeResult('attachStreamLeader', AttachStreamLeaderSuccess, errorTypes),
    nullable: true,
    description: describeRootField(
      'Makes a person a leader of a stream in Wethod. The gateway never sends this POST twice.',
      {
        vendor: 'wethod',
        call: 'POST /api/streams/{stream_id}/leaders/{leader_id}',
        permission: '`settings.company`',
      },
    ),
    args: {
      input: t.arg({
        type: AttachStreamLeaderInput,
        required: true,
        description: 'The stream and the person to make a leader.',
      }),
    },
    resolve: createChangeResolver(vendors.wethod.changes.attachStreamLeader, errorTypes),
  }),
);

builder.mutationField('detachStreamLeader', (t) =>
  t.field({
    ...declareCost(vendors.wethod.changes.detachStreamLeader.maxCalls),
    type: defineChangeResult('detachStreamLeader', DetachStreamLeaderSuccess, errorTypes),
    nullable: true,
    description: describeRootField('Removes a person from the leaders of a stream in Wethod.', {
      vendor: 'wethod',
      call: 'DELETE /api/streams/{stream_id}/leaders/{leader_id}',
      permission: '`settings.company`',
    }),
    args: {
      input: t.arg({
        type: DetachStreamLeaderInput,
        required: true,
        description: 'The stream and the leader to remove.',
      }),
    },
    resolve: createChangeResolver(vendors.wethod.changes.detachStreamLeader, errorTypes),
  }),
);
