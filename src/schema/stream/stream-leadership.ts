import type { StreamLeadership } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { exposeEach } from '../expose-each.ts';
import { createPersonOptions, personCalls } from './person.ts';
import { createLinkOptions } from './stream-link.ts';

/** The node of a {@link StreamLeadership}; stream.ts adds its stream. */
export const StreamLeadershipType = builder.node(
  builder.objectRef<StreamLeadership>('StreamLeadership'),
  {
    description: 'The leadership of a stream by a person in Wethod.',
    ...createLinkOptions<StreamLeadership>(
      ({ leadershipId }) => leadershipId,
      (wethod, streamId) => wethod.leaders(streamId),
    ),
    fields: (t) => ({
      leadershipId: t.exposeID('leadershipId', { description: "Wethod's ID of the leadership." }),
      streamId: t.exposeID('streamId', { description: "Wethod's ID of the stream." }),
      leaderId: t.exposeID('leaderId', { description: "Wethod's ID of the person." }),
      ...exposeEach(t, 'DateTime', {
        createdAt: 'When the leadership was created in Wethod.',
        updatedAt: 'When the leadership was last changed in Wethod.',
        deletedAt: 'When the leadership is going to end. It is null if no end is set.',
      }),
      leader: t.field({
        ...createPersonOptions(({ leaderId }: StreamLeadership) => leaderId),
        description: `The person who leads the stream. ${personCalls}`,
      }),
    }),
  },
);
