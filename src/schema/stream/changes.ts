import { PreconditionFailedError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { declareCost } from '../cost.ts';
import { defineChange } from '../define-change.ts';
import { findStream, StreamType } from './stream.ts';
import { StreamLeadershipType } from './stream-leadership.ts';

const { attachStreamLeader, detachStreamLeader } = vendors.wethod.changes;

const errors = [PreconditionFailedError];

defineChange(attachStreamLeader, {
  purpose: 'Makes a person a leader of a stream in Wethod.',
  errors,
  input: 'The stream and the person to make a leader.',
  ids: {
    streamId: "Wethod's ID of the stream",
    leaderId: "Wethod's ID of the person to make a leader",
  },
  state: 'the person leads the stream',
  fields: (t) => ({
    leadership: t.expose('leadership', {
      type: StreamLeadershipType,
      description: 'The leadership. Its stream and its leader are read after the change.',
    }),
  }),
});

defineChange(detachStreamLeader, {
  purpose: 'Removes a person from the leaders of a stream in Wethod.',
  errors,
  input: 'The stream and the leader to remove.',
  ids: {
    streamId: "Wethod's ID of the stream",
    leaderId: "Wethod's ID of the leader to remove",
  },
  state: 'the person no longer leads the stream',
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
