import { assertObjectType } from 'graphql';
import { builder } from './builder.ts';
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

/** The gateway's GraphQL schema. */
export const schema = builder.toSchema();

// The relay plugin leaves it a plain property, for whose promise a compiled document would not wait.
const { hasNextPage } = assertObjectType(schema.getType('PageInfo')).getFields();
if (hasNextPage !== undefined) hasNextPage.resolve = (page) => page.hasNextPage;
