/** Apollo Server with datasource-rest, as their documentation writes it. */
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
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

class Wethod extends RESTDataSource {
  baseURL = `${wethod}/`;

  async attach(input, headers) {
    try {
      return toAttachResult(200, await this.post(getAttachPath(input).slice(1), { headers }));
    } catch (error) {
      return toAttachResult(error.extensions.response.status, error.extensions.response.body);
    }
  }

  readLeaders(streamId, headers) {
    return readLeaders((path) => this.get(path.slice(1), { headers }), streamId);
  }
}

class Aerospike extends RESTDataSource {
  baseURL = `${aerospike}/`;

  async remove(input, headers) {
    await this.delete(getRemovePath(input).slice(1), { headers });
    return toRemoveResult(204, input.userId);
  }
}

const resolvers = {
  Query: { stream: (_root, { id }) => ({ id }) },
  Stream: {
    leaders: ({ id }, _args, { sources, headers }) =>
      sources.wethod.readLeaders(id, getWethodHeaders(headers)),
  },
  Mutation: {
    attachStreamLeader: (_root, { input }, { sources, headers }) =>
      sources.wethod.attach(input, getWethodHeaders(headers)),
    removeOrgMember: (_root, { input }, { sources, headers }) =>
      sources.aerospike.remove(input, getAerospikeHeaders(headers)),
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
