import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCost } from '../cost.ts';
import { describeEnd, type Membership, MembershipType } from '../membership.ts';
import { type FoundBy, MembershipsType } from '../memberships.ts';
import { getReads } from '../reads.ts';
import { PersonType } from './person.ts';
import { StreamType } from './stream.ts';
import { StreamLeadershipType } from './stream-leadership.ts';

const StreamLeaderMembership = builder
  .objectRef<Membership & FoundBy<'wethod', 'ledBy'>>('StreamLeaderMembership')
  .implement({
    description: 'The leadership of a stream in Wethod, as a membership.',
    interfaces: [MembershipType],
    fields: (t) => ({
      stream: t.expose('stream', {
        type: StreamType,
        description: 'The stream that the person leads.',
      }),
      leadership: t.expose('leadership', {
        type: StreamLeadershipType,
        description: 'The leadership of the stream.',
      }),
      person: t.expose('person', { type: PersonType, description: 'The person in Wethod.' }),
    }),
  });

builder.objectField(MembershipsType, 'streamsLed', (t) =>
  t.field({
    ...declareCost(2),
    type: [StreamLeaderMembership],
    nullable: true,
    description:
      'The streams that the person leads in Wethod.\n\nThe field costs one call for each 100 people of the company (GET ' +
      '/api/persons) and, if the person is found, one for each 100 streams (GET /api/streams). Permission: ' +
      'settings.team.',
    resolve: async ({ email }, _args, context, info) =>
      (await getReads(context, info).wethod.ledBy(email)).map((found) => {
        const { streamId, leaderId } = found.leadership;
        const end = describeEnd(vendors.wethod.changes.detachStreamLeader, { streamId, leaderId });
        return { ...found, name: found.stream.details?.name ?? null, ...end };
      }),
  }),
);
