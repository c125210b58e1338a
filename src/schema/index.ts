import { builder } from './builder.ts';
import './vendor.ts';
import './errors.ts';
import './stream.ts';
import './group.ts';
import './organization.ts';
import './chat.ts';

/** The gateway's GraphQL schema. */
export const schema = builder.toSchema();
