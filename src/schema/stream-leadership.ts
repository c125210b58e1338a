import type { StreamLeadership } from '../entities.ts';
import { globalId } from '../global-id.ts';
import { builder } from './builder.ts';

/** A person's lead of a stream in Wethod. */
export const StreamLeadershipType = builder
  .objectRef<StreamLeadership>('StreamLeadership')
  .implement({
    description: "Wethod's link between a stream and a person who leads it.",
    fields: (t) => ({
      id: t.id({
        description: 'Opaque; unique across types and tenants.',
        resolve: (link) => globalId('StreamLeadership', link.tenant, link.leadershipId),
      }),
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
    }),
  });
