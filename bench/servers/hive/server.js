/** Hive Gateway by its runtime, over the supergraph that `compose.js` made of two OpenAPI documents. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { aerospike, tell, wethod } from '../common.js';
import { supergraph } from './supergraph.js';

const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraph, 'utf8'),
  transportEntries: { wethod: { location: wethod }, aerospike: { location: aerospike } },
  logging: false,
});
const server = createServer(gateway);
server.listen(0, '127.0.0.1', () => tell(server.address().port));
