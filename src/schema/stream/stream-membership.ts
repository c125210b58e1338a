import type { StreamMembership } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';
import { PersonType } from './person.ts';

/** A person's work in a stream. */
export const StreamMembershipType = builder.node(
  builder.objectRef<StreamMembership>('StreamMembership'),
  {
    description: 'A link that says who works in which stream in Wethod.',
    id: exposeId((link: StreamMembership) =>
      toNodeId(link.tenant, `${link.streamId}/${link.membershipId}`),
    ),
    loadWithoutCache: async (id, context, info) => {
      const { wethod } = getReads(context, info);
      const [streamId = '', membershipId] = toKey(id, await wethod.tenant())?.split('/') ?? [];
      if (membershipId === undefined) return null;
      const members = await wethod.members(wethod.checkId(streamId));
      return members?.find((link) => link.membershipId === membershipId) ?? null;
    },
    fields: (t) => ({
      membershipId: t.exposeID('membershipId', { description: "Wethod's id of the link itself." }),
      streamId: t.exposeID('streamId', { description: "Wethod's id of the stream." }),
      memberId: t.exposeID('memberId', { description: "Wethod's id of the person." }),
      startsAt: t.exposeString('startsAt', {
        nullable: true,
        description: 'When it begins, as Wethod writes it: a date or a moment (ISO 8601).',
      }),
      endsAt: t.exposeString('endsAt', {
        nullable: true,
        description: 'When it ends, as Wethod writes it; null where no end is set.',
      }),
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
      member: t.field({
        // One or two persons are read one by one, more of them in a walk.
        ...declareCostOnce(2),
        type: PersonType,
        nullable: true,
        description:
          'The person, null where Wethod has none of that id any more. GET /api/persons/{id}; ' +
          'for more than two persons in the document one walk through GET /api/persons. Permission: settings.team.',
        resolve: (link, _args, context, info) =>
          getReads(context, info).wethod.person(link.memberId),
      }),
    }),
  },
);
