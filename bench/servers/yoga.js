/** Yoga as the listener, and the global fetch. */
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import {
  aerospikeHeaders,
  attached,
  attachPath,
  removed,
  removePath,
  tell,
  typeDefs,
  vendor,
  wethodHeaders,
} from './common.js';

const resolvers = {
  Mutation: {
    attachStreamLeader: async (_root, { input }, { req }) => {
      const headers = wethodHeaders(req.headers);
      const response = await fetch(vendor + attachPath(input), { method: 'POST', headers });
      return attached(response.status, await response.json());
    },
    removeOrgMember: async (_root, { input }, { req }) => {
      const headers = aerospikeHeaders(req.headers);
      const response = await fetch(vendor + removePath(input), { method: 'DELETE', headers });
      await response.text();
      return removed(response.status, input.userId);
    },
  },
};

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false });
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => tell(server.address().port));
