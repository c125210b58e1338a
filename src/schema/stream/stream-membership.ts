import type { StreamMembership } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { exposeEach } from '../expose-each.ts';
import { createPersonOptions, personCalls } from './person.ts';
import { createLinkOptions } from './stream-link.ts';

/** The node of a {@link StreamMembership}. */
export const StreamMembershipType = builder.node(
  builder.objectRef<StreamMembership>('StreamMembership'),
  {
    description: 'The work of a person in a stream in Wethod.',
    ...createLinkOptions<StreamMembership>(
      ({ membershipId }) => membershipId,
      (wethod, streamId) => wethod.members(streamId),
    ),
    fields: (t) => ({
      membershipId: t.exposeID('membershipId', { description: "Wethod's ID of the membership." }),
      streamId: t.exposeID('streamId', { description: "Wethod's ID of the stream." }),
      memberId: t.exposeID('memberId', { description: "Wethod's ID of the person." }),
      ...exposeEach(t, 'String', {
        startsAt:
          'When the membership begins: an ISO 8601 date, with or without a time, as Wethod sends it.',
        endsAt:
          'When the membership ends, in the same form as `startsAt`. It is null if no end is set.',
      }),
      ...exposeEach(t, 'DateTime', {
        createdAt: 'When the membership was created in Wethod.',
        updatedAt: 'When the membership was last changed in Wethod.',
      }),
      member: t.field({
        ...createPersonOptions(({ memberId }: StreamMembership) => memberId),
        description: `The person who works in the stream. ${personCalls}`,
      }),
    }),
  },
);
