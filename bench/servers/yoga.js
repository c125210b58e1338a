/** Yoga as the listener, and the global fetch. */
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import {
  aerospike,
  aerospikeHeaders,
  attached,
  attachPath,
  leadersOf,
  removed,
  removePath,
  tell,
  typeDefs,
  wethod,
  wethodHeaders,
} from './common.js';

const resolvers = {
  Query: { stream: (_root, { id }) => ({ id }) },
  Stream: {
    leaders: ({ id }, _args, { req }) => {
      const headers = wethodHeaders(req.headers);
      return leadersOf(async (path) => (await fetch(wethod + path, { headers })).json(), id);
    },
  },
  Mutation: {
    attachStreamLeader: async (_root, { input }, { req }) => {
      const headers = wethodHeaders(req.headers);
      const response = await fetch(wethod + attachPath(input), { method: 'POST', headers });
      return attached(response.status, await response.json());
    },
    removeOrgMember: async (_root, { input }, { req }) => {
      const headers = aerospikeHeaders(req.headers);
      const response = await fetch(aerospike + removePath(input), { method: 'DELETE', headers });
      await response.text();
      return removed(response.status, input.userId);
    },
  },
};

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false });
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => tell(server.address().port));
