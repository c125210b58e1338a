import type { Person } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

/** A person of Wethod. */
export const PersonType = builder.node(builder.objectRef<Person>('Person'), {
  description: 'A person of Wethod. A value that Wethod sends in a wrong form is null.',
  id: exposeId((person: Person) => toNodeId(person.tenant, person.personId)),
  loadWithoutCache: async (id, context, info) => {
    const { wethod } = getReads(context, info);
    const key = toKey(id, await wethod.tenant());
    return key === null ? null : wethod.person(wethod.checkId(key));
  },
  fields: (t) => ({
    personId: t.exposeID('personId', {
      description: "Wethod's id of the person: a stream's leaderId and memberId.",
    }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address.' }),
    name: t.exposeString('name', { nullable: true, description: 'First name.' }),
    surname: t.exposeString('surname', { nullable: true, description: 'Last name.' }),
    archived: t.exposeBoolean('isArchived', {
      nullable: true,
      description: 'Whether the person has been archived.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the person was made.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last changed.',
    }),
  }),
});

builder.queryField('person', (t) =>
  t.field({
    // One or two persons are read one by one, more of them in a walk.
    ...declareCostOnce(2),
    type: PersonType,
    nullable: true,
    description: describeRootField(
      'A person of Wethod, null where there is none. If the document asks for more than two persons, all of them are looked for in one walk through GET /api/persons.',
      { vendor: 'wethod', call: 'GET /api/persons/{id}', permission: '`settings.team`' },
    ),
    args: {
      id: t.arg.id({ required: true, description: "Wethod's id of the person." }),
    },
    resolve: (_root, { id }, context, info) => {
      const { wethod } = getReads(context, info);
      return wethod.person(wethod.checkId(id));
    },
  }),
);
