/** Fastify and Mercurius, with its JIT, over undici's pools. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import {
  aerospikeHeaders,
  attached,
  attachPath,
  leadersOf,
  removed,
  removePath,
  tell,
  typeDefs,
  wethodHeaders,
} from './common.js';
import { aerospikeRequest, wethodJson, wethodRequest } from './pools.js';

const resolvers = {
  Query: { stream: (_root, { id }) => ({ id }) },
  Stream: {
    leaders: ({ id }, _args, { headers }) => leadersOf((path) => wethodJson(path, headers), id),
  },
  StreamLeadership: { leader: ({ leader }) => leader?.() },
  Mutation: {
    attachStreamLeader: async (_root, { input }, { headers }) => {
      const to = attachPath(input);
      const { statusCode, body } = await wethodRequest('POST', to, wethodHeaders(headers));
      return attached(statusCode, await body.json());
    },
    removeOrgMember: async (_root, { input }, { headers }) => {
      const to = removePath(input);
      const { statusCode, body } = await aerospikeRequest('DELETE', to, aerospikeHeaders(headers));
      await body.text();
      return removed(statusCode, input.userId);
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
