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
