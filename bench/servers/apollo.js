/** Apollo Server with datasource-rest, as their documentation writes it. */
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
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

class Wethod extends RESTDataSource {
  baseURL = `${wethod}/`;

  async attach(input, headers) {
    try {
      return attached(200, await this.post(attachPath(input).slice(1), { headers }));
    } catch (error) {
      return attached(error.extensions.response.status, error.extensions.response.body);
    }
  }

  leaders(streamId, headers) {
    return leadersOf((path) => this.get(path.slice(1), { headers }), streamId);
  }
}

class Aerospike extends RESTDataSource {
  baseURL = `${aerospike}/`;

  async remove(input, headers) {
    await this.delete(removePath(input).slice(1), { headers });
    return removed(204, input.userId);
  }
}

const resolvers = {
  Query: { stream: (_root, { id }) => ({ id }) },
  Stream: {
    leaders: ({ id }, _args, { sources, headers }) =>
      sources.wethod.leaders(id, wethodHeaders(headers)),
  },
  Mutation: {
    attachStreamLeader: (_root, { input }, { sources, headers }) =>
      sources.wethod.attach(input, wethodHeaders(headers)),
    removeOrgMember: (_root, { input }, { sources, headers }) =>
      sources.aerospike.remove(input, aerospikeHeaders(headers)),
  },
};

const server = new ApolloServer({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  context: async ({ req }) => {
    const { cache } = server;
    const sources = { wethod: new Wethod({ cache }), aerospike: new Aerospike({ cache }) };
    return { headers: req.headers, sources };
  },
  listen: { port: 0, host: '127.0.0.1' },
});
tell(new URL(url).port);
