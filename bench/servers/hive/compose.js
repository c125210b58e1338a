/** Composes the supergraph, as `mesh-compose` does, from the OpenAPI documents beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import { supergraph } from './supergraph.js';

/** Where the vendors are is told at the start, not here. */
const endpoint = 'http://127.0.0.1';
const readFromContext = (header) => `{context.headers['${header}']}`;
const headers = {
  wethod: {
    authorization: readFromContext('wethod-authorization'),
    'wethod-company': readFromContext('wethod-company'),
  },
  aerospike: { authorization: readFromContext('aerospike-authorization') },
};

const ignore = () => {};
const log = {
  log: ignore,
  trace: ignore,
  debug: ignore,
  info: ignore,
  warn: (...words) => process.stderr.write(`${words.join(' ')}\n`),
  error: (...words) => process.stderr.write(`${words.join(' ')}\n`),
  child: () => log,
};

const subgraphs = Object.entries(headers).map(([name, operationHeaders]) => ({
  sourceHandler: loadOpenAPISubgraph(name, {
    source: fileURLToPath(new URL(`${name}.json`, import.meta.url)),
    endpoint,
    operationHeaders,
  }),
}));
const text = await getComposedSchemaFromConfig({ subgraphs }, log);
mkdirSync(new URL('.', supergraph), { recursive: true });
writeFileSync(supergraph, text);
