/** Fastify and Mercurius, with its JIT, over undici. */
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool } from 'undici';
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

const { origin, pathname } = new URL(vendor);
const pool = new Pool(origin, { connections: 64 });

const resolvers = {
  Mutation: {
    attachStreamLeader: async (_root, { input }, { headers }) => {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: pathname + attachPath(input),
        headers: wethodHeaders(headers),
      });
      return attached(statusCode, await body.json());
    },
    removeOrgMember: async (_root, { input }, { headers }) => {
      const { statusCode, body } = await pool.request({
        method: 'DELETE',
        path: pathname + removePath(input),
        headers: aerospikeHeaders(headers),
      });
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
