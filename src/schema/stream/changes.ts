import type { StreamLeaderAttached, StreamLeaderDetached } from '../../domain/change-results.ts';
import { PreconditionFailedError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { findStream, StreamType } from './stream.ts';
import { StreamLeadershipType } from './stream-leadership.ts';

const errorTypes = [...commonErrors, PreconditionFailedError];

const AttachStreamLeaderSuccess = builder
  .objectRef<StreamLeaderAttached>('AttachStreamLeaderSuccess')
  .implement({
    description: 'The person leads the stream.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      leadership: t.expose('leadership', {
        type: StreamLeadershipType,
        description: 'The link that says so. Its stream and its leader are read anew.',
      }),
    }),
  });

const DetachStreamLeaderSuccess = builder
  .objectRef<StreamLeaderDetached>('DetachStreamLeaderSuccess')
  .implement({
    description: 'The person does not lead the stream any more.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      streamId: t.exposeID('streamId', {
        description: "Wethod's id of the stream, as it was asked for.",
      }),
      leaderId: t.exposeID('leaderId', {
        description: "Wethod's id of the person, as it was asked for.",
      }),
      stream: t.field({
        ...declareCost(1),
        type: StreamType,
        nullable: true,
        description:
          'The stream, read after the change: GET /api/streams/{id}, where more than its links is selected.',
        resolve: ({ streamId }, _args, context, info) => findStream(streamId, context, info),
      }),
    }),
  });

const streamId = "Wethod's id of the stream: a whole number from 1 to 9007199254740991.";
const leaderId = "Wethod's id of the person: a whole number from 1 to 9007199254740991.";

const AttachStreamLeaderInput = builder.inputType('AttachStreamLeaderInput', {
  description: 'Who is to lead which stream.',
  fields: (t) => ({
    streamId: t.id({ required: true, description: streamId }),
    leaderId: t.id({ required: true, description: leaderId }),
  }),
});

const DetachStreamLeaderInput = builder.inputType('DetachStreamLeaderInput', {
  description: 'Who is to lead which stream no more.',
  fields: (t) => ({
    streamId: t.id({ required: true, description: streamId }),
    leaderId: t.id({ required: true, description: leaderId }),
  }),
});

builder.mutationField('attachStreamLeader', (t) =>
  t.field({
    ...declareCost(vendors.wethod.changes.attachStreamLeader.maxCalls),
    type: defineChangeResult('attachStreamLeader', AttachStreamLeaderSuccess, errorTypes),
    nullable: true,
    description: describeRootField(
      'Makes a person a leader of a stream in Wethod. A POST is never sent twice.',
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
        description: 'The stream and the person.',
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
    description: describeRootField('Takes a person from the leaders of a stream in Wethod.', {
      vendor: 'wethod',
      call: 'DELETE /api/streams/{stream_id}/leaders/{leader_id}',
      permission: '`settings.company`',
    }),
    args: {
      input: t.arg({
        type: DetachStreamLeaderInput,
        required: true,
        description: 'The stream and the person.',
      }),
    },
    resolve: createChangeResolver(vendors.wethod.changes.detachStreamLeader, errorTypes),
  }),
);
