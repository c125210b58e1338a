import { assertObjectType } from 'graphql';
import { builder } from './builder.ts';
import { keepIds } from './kept-ids.ts';
import { countListItems } from './list-items.ts';
import { requireExactIds } from './scalars.ts';
import './vendor.ts';
import './errors.ts';
import './stream/stream.ts';
import './stream/changes.ts';
import './group/group.ts';
import './group/changes.ts';
import './organization/organization.ts';
import './organization/changes.ts';
import './chat/chat-group.ts';
import './chat/changes.ts';
import './memberships.ts';

/** The gateway's GraphQL schema. Fields stand as they are defined: Pothos sorts them by making all types again. */
export const schema = builder.toSchema({ sortSchema: false });

// By the alphabet, as GraphiQL lists them.
const types = schema.getTypeMap();
for (const name of Object.keys(types).toSorted()) {
  const type = schema.getType(name);
  delete types[name];
  if (type !== undefined) types[name] = type;
}

// Pothos sets none.
schema.description = `Memberships in four systems: leaders of streams in Wethod, users of groups in Kaiten, members of an Aerospike Cloud organisation, members of private rooms in Rocket.Chat. Queries show who is where, and mutations change it.

- \`memberships(email:)\` finds a person in all four, and names the mutation that ends each membership.
- Each mutation answers a union: its success or an error. Every member tells by its \`outcome\` whether the change was made.
- Credentials are request headers, and each goes to its own vendor alone. \`vendors\` names them.`;

countListItems(schema);
keepIds(schema);
requireExactIds(schema);

// The relay plugin leaves it a plain property, for whose promise a compiled document would not wait.
const { hasNextPage } = assertObjectType(schema.getType('PageInfo')).getFields();
if (hasNextPage !== undefined) hasNextPage.resolve = (page) => page.hasNextPage;
