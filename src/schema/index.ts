import { assertObjectType } from 'graphql';
import { vendorTitles } from '../vendors/index.ts';
import { builder } from './builder.ts';
import { keepIds } from './kept-ids.ts';
import { countListItems } from './list-items.ts';
import { requireExactIds } from './scalars.ts';
import './vendor.ts';
import './errors.ts';
import './stream/stream.ts';
import './stream/changes.ts';
import './stream/stream-leader-membership.ts';
import './group/group.ts';
import './group/changes.ts';
import './group/group-membership.ts';
import './organization/organization.ts';
import './organization/changes.ts';
import './organization/organization-membership.ts';
import './chat/chat-group.ts';
import './chat/changes.ts';
import './chat/chat-group-membership.ts';

/** The gateway's GraphQL schema. Pothos would sort its fields by making all types again, so they keep their order. */
export const schema = builder.toSchema({ sortSchema: false });

// GraphiQL lists types in this order: the alphabet.
const types = schema.getTypeMap();
for (const name of Object.keys(types).toSorted()) {
  const type = schema.getType(name);
  delete types[name];
  if (type !== undefined) types[name] = type;
}

// Pothos has no option for it.
schema.description = `Memberships in ${vendorTitles}. Query who belongs where; add and remove members.

- \`memberships(email:)\` finds a person in all of these systems and returns, for each membership, the mutation that ends it.
- Each mutation returns a union of its success and its errors. The \`outcome\` of each member shows whether the change took effect.
- Credentials are request headers. Each is sent only to its own vendor; \`vendors\` lists them.`;

countListItems(schema);
keepIds(schema);
requireExactIds(schema);

// The relay plugin makes it a plain property, and a compiled document would not await the promise in it.
const { hasNextPage } = assertObjectType(schema.getType('PageInfo')).getFields();
if (hasNextPage !== undefined) hasNextPage.resolve = (page) => page.hasNextPage;
