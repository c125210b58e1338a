import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { Audit } from './audit.ts';
import { jwtAuthenticator } from './callers/jwt.ts';
import { serviceKeys } from './callers/service-keys.ts';
import type { Config } from './config.ts';
import { type Context, createContext } from './context.ts';
import type { GraphiQLPageOptions } from './graphiql/page.ts';
import { Lifecycle } from './lifecycle.ts';
import { createLog, type Log } from './log.ts';
import { useCallerLimits } from './plugins/caller-limits.ts';
import { type CallerRules, callerOf, useCallers } from './plugins/callers.ts';
import { useCors } from './plugins/cors.ts';
import { useCsrfPrevention } from './plugins/csrf.ts';
import { useDocumentCost } from './plugins/document-cost.ts';
import { useDocumentLimits } from './plugins/document-limits.ts';
import { useDrain } from './plugins/drain.ts';
import { useGraphiQL } from './plugins/graphiql.ts';
import { useHealth } from './plugins/health.ts';
import { useMaskedFaults } from './plugins/mask-faults.ts';
import { requestIdOf, useRequestId } from './plugins/request-id.ts';
import { documentIdParameter, useTrustedDocuments } from './plugins/trusted-documents.ts';
import { schema } from './schema/index.ts';
import { readTrustedDocuments } from './trusted-documents.ts';
import { createClients, vendors } from './vendors/index.ts';

/** Where the GraphQL API and GraphiQL answer. */
export const endpoint = '/graphql';

/** What a page may send beside the credentials for the vendors. */
const ownHeaders = ['content-type', 'authorization', 'x-request-id'];

/** Those of them that no page can send without a preflight, whatever their value. */
const preflightedHeaders = ['authorization', 'x-request-id'];

const credentialHeaders = Object.values(vendors).flatMap((vendor) =>
  vendor.credentialHeaders.map(({ incoming }) => incoming),
);

/** What may be set beside the configuration. */
export interface GatewayOptions {
  readonly log?: Log;
  /** What GraphiQL opens with. */
  readonly graphiql?: Pick<GraphiQLPageOptions, 'tabs' | 'headers'>;
  readonly plugins?: readonly Plugin[];
}

/** The gateway without a port: a request handler, and what stops it. */
export interface Gateway {
  /** Answers requests: a listener for `node:http`, or `fetch` for tests. */
  readonly yoga: YogaServerInstance<Record<string, unknown>, Context>;
  readonly lifecycle: Lifecycle;
  /** Forgets how many calls the vendors have had, for vendors that have forgotten them too. */
  forgetPace(): void;
  /** Ends the connections to the vendors, and closes the record of changes. */
  close(): Promise<void>;
}

/** Builds the gateway from its configuration. Opens no port, and no connection before the first call. */
export function createGateway(config: Config, options: GatewayOptions = {}): Gateway {
  const log = options.log ?? createLog();
  const lifecycle = new Lifecycle();
  const clients = createClients(config);
  const audit = config.auditFile === null ? null : new Audit(config.auditFile, log);
  const settings = { ...config, clients, log, lifecycle, audit };
  const trusted =
    config.trustedDocumentsFile === null ? null : readTrustedDocuments(config.trustedDocumentsFile);
  const yoga = createYoga<Record<string, unknown>, Context>({
    schema,
    graphqlEndpoint: endpoint,
    context: ({ request }) =>
      createContext(request, requestIdOf(request), callerOf(request), settings),
    plugins: [
      useRequestId(),
      useCors(config.corsOrigins, [...ownHeaders, ...credentialHeaders]),
      useHealth(lifecycle, audit),
      useDrain(lifecycle, endpoint),
      ...(config.graphiql ? [useGraphiQL({ tabs: [], ...options.graphiql, endpoint })] : []),
      useCallers(endpoint, callerRules(config, log)),
      // Before the caller's changes are counted: what is refused uses nothing up.
      useDocumentCost(config.maxVendorCalls),
      useCallerLimits(endpoint, config.callerLimits, config.trustProxy),
      useCsrfPrevention(endpoint, [...preflightedHeaders, ...credentialHeaders]),
      ...(trusted === null ? [] : [useTrustedDocuments(trusted)]),
      useDocumentLimits(config.documentLimits, config.introspection),
      ...(options.plugins ?? []),
      useMaskedFaults(log),
    ],
    // Masked by our own plugin, which knows the request's id and how far a change came.
    maskedErrors: false,
    // Yoga's own page carries all of its code in itself and loads some from a CDN; see plugins/graphiql.ts.
    graphiql: false,
    // Yoga's own answer to every URL that ends in this; ours is in plugins/health.ts, so none may.
    healthCheckEndpoint: '\n',
    landingPage: false,
    multipart: false,
    extraParamNames: [documentIdParameter],
    maxRequestBodySize: config.maxBodyBytes,
    cors: false,
    logging: false,
  });
  return {
    yoga,
    lifecycle,
    forgetPace: () => {
      for (const client of Object.values(clients)) client?.pacer?.forget();
    },
    close: async () => {
      await Promise.all(Object.values(clients).map((client) => client?.close()));
      audit?.close();
    },
  };
}

function callerRules({ jwt, serviceKeysFile, allowAnonymous }: Config, log: Log): CallerRules {
  const mutations = new Set(Object.keys(schema.getMutationType()?.getFields() ?? {}));
  const names = { mutations, credentialHeaders: new Set(credentialHeaders) };
  const authenticators = [
    ...(jwt === null ? [] : [jwtAuthenticator(jwt, log)]),
    ...(serviceKeysFile === null ? [] : [serviceKeys(serviceKeysFile, names)]),
  ];
  return { authenticators, allowsAnonymous: allowAnonymous };
}
