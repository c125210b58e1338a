import type { StreamLeadership } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';
import { PersonType } from './person.ts';

/** A person's leadership of a stream; its stream is added by stream.ts. */
export const StreamLeadershipType = builder.node(
  builder.objectRef<StreamLeadership>('StreamLeadership'),
  {
    description: 'A link that says who leads which stream in Wethod.',
    // Wethod reads no link by its own id: the stream's leaders are read, and it is looked for there.
    id: exposeId((link: StreamLeadership) =>
      toNodeId(link.tenant, `${link.streamId}/${link.leadershipId}`),
    ),
    loadWithoutCache: async (id, context, info) => {
      const { wethod } = getReads(context, info);
      const [streamId = '', leadershipId] = toKey(id, await wethod.tenant())?.split('/') ?? [];
      if (leadershipId === undefined) return null;
      const leaders = await wethod.leaders(wethod.checkId(streamId));
      return leaders?.find((link) => link.leadershipId === leadershipId) ?? null;
    },
    fields: (t) => ({
      leadershipId: t.exposeID('leadershipId', { description: "Wethod's id of the link itself." }),
      streamId: t.exposeID('streamId', { description: "Wethod's id of the stream." }),
      leaderId: t.exposeID('leaderId', { description: "Wethod's id of the person." }),
      createdAt: t.expose('createdAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the link was made.',
      }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was last changed.',
      }),
      deletedAt: t.expose('deletedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the link ends, which is still to come; null where no end is set.',
      }),
      leader: t.field({
        // One or two persons are read one by one, more of them in a walk.
        ...declareCostOnce(2),
        type: PersonType,
        nullable: true,
        description:
          'The person, null where Wethod has none of that id any more. GET /api/persons/{id}; ' +
          'for more than two persons in the document one walk through GET /api/persons. Permission: settings.team.',
        resolve: (link, _args, context, info) =>
          getReads(context, info).wethod.person(link.leaderId),
      }),
    }),
  },
);
