/** Fastify and Mercurius, with its JIT, over undici's pools. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import {
  getAerospikeHeaders,
  getAttachPath,
  getRemovePath,
  getWethodHeaders,
  readLeaders,
  tell,
  toAttachResult,
  toRemoveResult,
  typeDefs,
} from './common.js';
import { aerospikeRequest, readWethodJson, wethodRequest } from './pools.js';

const resolvers = {
  Query: { stream: (_root, { id }) => ({ id }) },
  Stream: {
    leaders: ({ id }, _args, { headers }) =>
      readLeaders((path) => readWethodJson(path, headers), id),
  },
  StreamLeadership: { leader: ({ leader }) => leader?.() },
  Mutation: {
    attachStreamLeader: async (_root, { input }, { headers }) => {
      const to = getAttachPath(input);
      const { statusCode, body } = await wethodRequest('POST', to, getWethodHeaders(headers));
      return toAttachResult(statusCode, await body.json());
    },
    removeOrgMember: async (_root, { input }, { headers }) => {
      const to = getRemovePath(input);
      const { statusCode, body } = await aerospikeRequest(
        'DELETE',
        to,
        getAerospikeHeaders(headers),
      );
      await body.text();
      return toRemoveResult(statusCode, input.userId);
    },
  },
};

const app = Fastify();
await app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  jit: 1,
  context: (request) => ({ headers: request.headers }),
});
await app.listen({ port: 0, host: '127.0.0.1' });
tell(app.server.address().port);
