import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Person } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { exposeEach } from '../expose-each.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

/** The node of a {@link Person}. */
export const PersonType = builder.node(builder.objectRef<Person>('Person'), {
  description: 'A person in Wethod. Values that Wethod sends in an invalid form are null.',
  id: exposeId((person: Person) => toNodeId(person.tenant, person.personId)),
  loadWithoutCache: async (id, context, info) => {
    const { wethod } = getReads(context, info);
    const key = toKey(id, await wethod.tenant());
    return key === null ? null : wethod.person(wethod.checkId(key));
  },
  fields: (t) => ({
    personId: t.exposeID('personId', {
      description: "Wethod's ID of the person, which is the leader ID or member ID in a stream.",
    }),
    ...exposeEach(t, 'String', {
      email: 'The e-mail address of the person.',
      name: 'The first name of the person.',
      surname: 'The last name of the person.',
    }),
    archived: t.exposeBoolean('isArchived', {
      nullable: true,
      description: 'Whether the person is archived.',
    }),
    ...exposeEach(t, 'DateTime', {
      createdAt: 'When the person was created in Wethod.',
      updatedAt: 'When the person was last changed in Wethod.',
    }),
  }),
});

/**
 * Returns the options of a field that shows the person of a link.
 *
 * @param getPersonId returns Wethod's ID of the person
 */
export function createPersonOptions<Link>(getPersonId: (link: Link) => string) {
  return {
    // One or two people are read one by one, more of them in one pass through the list.
    ...declareCostOnce(2),
    type: PersonType,
    nullable: true,
    resolve: (link: Link, _args: object, context: Context, info: GraphQLResolveInfo) =>
      getReads(context, info).wethod.person(getPersonId(link)),
  } as const;
}

/** The sentences of a description about the calls that read the person of a link. */
export const personCalls =
  'It is null if Wethod no longer has a person with this ID. It costs GET /api/persons/{id}; for more than two people in ' +
  'a document, all are found in one pass through GET /api/persons. Permission: settings.team.';

builder.queryField('person', (t) =>
  t.field({
    ...declareCostOnce(2),
    type: PersonType,
    nullable: true,
    description: describeRootField(
      'A person in Wethod. It is null if there is no person with this ID. If a document asks for more than two people, all are found in one pass through GET /api/persons.',
      { vendor: 'wethod', call: 'GET /api/persons/{id}', permission: '`settings.team`' },
    ),
    args: {
      id: t.arg.id({ required: true, description: "Wethod's ID of the person." }),
    },
    resolve: (_root, { id }, context, info) => {
      const { wethod } = getReads(context, info);
      return wethod.person(wethod.checkId(id));
    },
  }),
);
