/** Apollo Server with datasource-rest, as their documentation writes it. */
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
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

class Vendor extends RESTDataSource {
  baseURL = `${vendor}/`;

  async attach(input, headers) {
    try {
      return attached(200, await this.post(attachPath(input).slice(1), { headers }));
    } catch (error) {
      return attached(error.extensions.response.status, error.extensions.response.body);
    }
  }

  async remove(input, headers) {
    await this.delete(removePath(input).slice(1), { headers });
    return removed(204, input.userId);
  }
}

const resolvers = {
  Mutation: {
    attachStreamLeader: (_root, { input }, { source, headers }) =>
      source.attach(input, wethodHeaders(headers)),
    removeOrgMember: (_root, { input }, { source, headers }) =>
      source.remove(input, aerospikeHeaders(headers)),
  },
};

const server = new ApolloServer({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  context: async ({ req }) => ({
    headers: req.headers,
    source: new Vendor({ cache: server.cache }),
  }),
  listen: { port: 0, host: '127.0.0.1' },
});
tell(new URL(url).port);
