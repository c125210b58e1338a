/** Yoga as the listener, and the global fetch. */
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import {
  aerospike,
  getAerospikeHeaders,
  getAttachPath,
  getRemovePath,
  getWethodHeaders,
  readLeaders,
  tell,
  toAttachResult,
  toRemoveResult,
  typeDefs,
  wethod,
} from './common.js';

const resolvers = {
  Query: { stream: (_root, { id }) => ({ id }) },
  Stream: {
    leaders: ({ id }, _args, { req }) => {
      const headers = getWethodHeaders(req.headers);
      return readLeaders(async (path) => (await fetch(wethod + path, { headers })).json(), id);
    },
  },
  Mutation: {
    attachStreamLeader: async (_root, { input }, { req }) => {
      const headers = getWethodHeaders(req.headers);
      const response = await fetch(wethod + getAttachPath(input), { method: 'POST', headers });
      return toAttachResult(response.status, await response.json());
    },
    removeOrgMember: async (_root, { input }, { req }) => {
      const headers = getAerospikeHeaders(req.headers);
      const response = await fetch(aerospike + getRemovePath(input), { method: 'DELETE', headers });
      await response.text();
      return toRemoveResult(response.status, input.userId);
    },
  },
};

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false });
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => tell(server.address().port));
