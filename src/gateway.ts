import type { RequestListener } from 'node:http';
import { createProbes } from './admin/probes.ts';
import type { AdminProbes } from './admin/server.ts';
import { createJwtAuthenticator } from './auth/jwt.ts';
import { loadServiceKeys, type ServiceKeyNames } from './auth/service-keys.ts';
import { AuditLog } from './changes/audit-log.ts';
import type { Config } from './config/index.ts';
import { type Context, createContext } from './context.ts';
import type { GraphiQLPageOptions } from './graphiql/page.ts';
import { GraphqlApi } from './graphql/api.ts';
import { readTrustedDocuments, type TrustedDocuments } from './graphql/trusted-documents.ts';
import { type AuthenticationSettings, createAuthentication } from './middleware/authenticate.ts';
import { CallerKeys } from './middleware/caller-keys.ts';
import { CallerLimitStatus } from './middleware/caller-limits.ts';
import { createCors } from './middleware/cors.ts';
import { createCsrfPrevention } from './middleware/csrf.ts';
import { createDrain } from './middleware/drain.ts';
import { FailedLogins } from './middleware/failed-logins.ts';
import { createGraphiQL } from './middleware/graphiql.ts';
import { createHealth } from './middleware/health.ts';
import { createHostCheck } from './middleware/host.ts';
import { checkRequestForm } from './middleware/request-form.ts';
import { addRequestId } from './middleware/request-id.ts';
import { createRequestMetrics } from './middleware/request-metrics.ts';
import { addSecurityHeaders } from './middleware/security-headers.ts';
import { schema } from './schema/index.ts';
import { createFetch, type FetchHandler } from './server/fetch.ts';
import { RequestHandler } from './server/handler.ts';
import { Lifecycle } from './server/lifecycle.ts';
import type { Middleware } from './server/middleware.ts';
import { createNodeListener } from './server/node.ts';
import { checkTransferCoding } from './server/transfer-coding.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { Metrics } from './telemetry/metrics/metrics.ts';
import { OperationTelemetry } from './telemetry/operations.ts';
import type { Tracing } from './telemetry/tracing/tracing.ts';
import { VendorCalls } from './telemetry/vendor-calls.ts';
import { createClients, createVendorRuntimes, vendors } from './vendors/index.ts';

/** Where the GraphQL API and GraphiQL answer. */
export const endpoint = '/graphql';

/**
 * Headers that prove a preflight, beside the credentials for the vendors. Two are those that Apollo's clients send
 * for this purpose; what tracing adds is not among them, since proxies add it to any request.
 */
const preflightedHeaders = [
  'authorization',
  'x-request-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
];

/** Headers that pages may send, beside those above, and most of which the gateway ignores: libraries add them. */
const otherHeaders = [
  'content-type',
  'graphql-cost',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  'x-apollo-operation-id',
  'x-apollo-operation-type',
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
];

const credentialHeaders = Object.values(vendors).flatMap((vendor) =>
  vendor.credentialHeaders.map(({ incoming }) => incoming),
);

/** What may be set beside the configuration. */
export interface GatewayOptions {
  readonly log?: Log;
  /** Makes traces; null where they are off. */
  readonly tracing?: Tracing | null;
  /** What GraphiQL opens with. */
  readonly graphiql?: Pick<GraphiQLPageOptions, 'tabs' | 'headers'>;
  /** Rules that hold behind the gateway's own. */
  readonly rules?: readonly Middleware[];
  /** Sees what the resolvers of each document share. */
  readonly onContext?: (context: Context) => void;
}

/** The gateway without a port: what answers requests, and what stops it. */
export interface Gateway {
  /** Answers requests of a server of `node:http`. */
  readonly listener: RequestListener;
  /** Answers requests of the Fetch standard. */
  readonly fetch: FetchHandler;
  readonly lifecycle: Lifecycle;
  /** What operators may ask. */
  readonly operated: AdminProbes;
  /** Forgets how many calls the vendors have had, for vendors that have forgotten them too. */
  forgetPace(): void;
  /** Opens the file of the audit log again under its name; null if there is no file. */
  readonly reopenAudit: (() => Promise<void>) | null;
  /** Ends the connections to the vendors, and closes the audit log. */
  close(): Promise<void>;
}

/** Builds the gateway from its configuration. Opens no port, and no connection before the first call. */
export function createGateway(config: Config, options: GatewayOptions = {}): Gateway {
  const log = options.log ?? createLog();
  const lifecycle = new Lifecycle();
  const metrics = new Metrics();
  const tracing = options.tracing ?? null;
  const isLogged = log.isLevelEnabled('debug');
  const clients = createClients(config, (key, url) => {
    const isTold = config.tracing?.vendors.has(key) === true;
    const traced = tracing === null ? null : tracing.vendor(url, isTold);
    return new VendorCalls({ vendor: vendors[key], metrics, isLogged, tracing: traced });
  });
  const audit = config.auditFile === null ? null : new AuditLog(config.auditFile, log);
  const operated = createProbes(lifecycle, audit, clients, metrics);
  const trusted = readTrusted(config.trustedDocumentsFile);
  const callerKeys = new CallerKeys(config.trustProxy);
  const callerCounts = new CallerLimitStatus(endpoint, config.callerLimits, callerKeys);
  const rules: Middleware[] = [
    addRequestId,
    addSecurityHeaders,
    createHostCheck,
    checkTransferCoding,
    createCors(config.corsOrigins, [...otherHeaders, ...preflightedHeaders, ...credentialHeaders]),
    createHealth(operated.readiness),
    createDrain(lifecycle, endpoint),
    ...(config.graphiql ? [createGraphiQL({ tabs: [], ...options.graphiql, endpoint })] : []),
    createCsrfPrevention(endpoint, [...preflightedHeaders, ...credentialHeaders]),
    checkRequestForm(endpoint),
    createAuthentication(endpoint, callerRules(config, callerKeys, log)),
    callerCounts,
    ...(options.rules ?? []),
    createRequestMetrics(endpoint, metrics, log),
  ];
  const runtimes = createVendorRuntimes(clients, config);
  const contextSettings = { ...config, runtimes, log, lifecycle, audit, callerKeys };
  const api = new GraphqlApi({
    schema,
    limits: config.documentLimits,
    introspection: config.introspection,
    maxVendorCalls: config.maxVendorCalls,
    maxResultFields: config.maxResultFields,
    maxFields: config.documentLimits.fields,
    maxVariables: config.maxVariables,
    trusted,
    // Those of trusted documents are as many as were written.
    operations: new OperationTelemetry({
      log,
      metrics,
      mostNames: trusted === null ? 200 : Infinity,
    }),
    tracing,
    takeChanges: (incoming, changes) => callerCounts.takeChanges(incoming, changes),
    context: (incoming) => {
      const context = createContext(incoming, contextSettings);
      options.onContext?.(context);
      return context;
    },
    log,
  });
  const handler = new RequestHandler(endpoint, rules, api, log);
  return {
    listener: createNodeListener(handler, config, log),
    fetch: createFetch(handler, config.maxBodyBytes),
    lifecycle,
    operated,
    forgetPace: () => {
      for (const client of Object.values(clients)) client?.limiter?.reset();
    },
    reopenAudit: audit?.isFile ? () => audit.reopen() : null,
    close: async () => {
      await Promise.all([
        ...Object.values(clients).map((client) => client?.close()),
        audit?.close(),
      ]);
    },
  };
}

function readTrusted(file: string | null): TrustedDocuments | null {
  return file === null ? null : readTrustedDocuments(file);
}

/** What the names in a file of service keys may be. */
export function serviceKeyNames(): ServiceKeyNames {
  const mutations = new Set(Object.keys(schema.getMutationType()?.getFields() ?? {}));
  return { mutations, credentialHeaders: new Set(credentialHeaders) };
}

function callerRules(config: Config, keys: CallerKeys, log: Log): AuthenticationSettings {
  const { jwt, serviceKeysFile, allowAnonymous, egressProxy, callerLimits } = config;
  const pace = callerLimits.requests;
  const names = serviceKeyNames();
  const authenticators = [
    ...(jwt === null ? [] : [createJwtAuthenticator(jwt, egressProxy, log)]),
    ...(serviceKeysFile === null
      ? []
      : [loadServiceKeys(serviceKeysFile, names, egressProxy, log)]),
  ];
  const failedLogins = pace && new FailedLogins(pace, keys);
  return { authenticators, allowsAnonymous: allowAnonymous, failedLogins };
}
