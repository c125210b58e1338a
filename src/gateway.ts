import type { RequestListener } from 'node:http';
import { operatedOf } from './admin/probes.ts';
import type { Operated } from './admin/server.ts';
import { jwtAuthenticator } from './auth/jwt.ts';
import { type ServiceKeyNames, serviceKeys } from './auth/service-keys.ts';
import { Audit } from './changes/audit-log.ts';
import type { Config } from './config/index.ts';
import { type Context, createContext } from './context.ts';
import type { GraphiQLPageOptions } from './graphiql/page.ts';
import { GraphqlApi } from './graphql/api.ts';
import { readTrustedDocuments, type TrustedDocuments } from './graphql/trusted-documents.ts';
import { type CallerRules, callerRule } from './middleware/authenticate.ts';
import { CallerKeys } from './middleware/caller-keys.ts';
import { CallerCounts } from './middleware/caller-limits.ts';
import { corsRule } from './middleware/cors.ts';
import { csrfRule } from './middleware/csrf.ts';
import { drainRule } from './middleware/drain.ts';
import { FailedLogins } from './middleware/failed-logins.ts';
import { graphiqlRule } from './middleware/graphiql.ts';
import { healthRule } from './middleware/health.ts';
import { hostRule } from './middleware/host.ts';
import { requestFormRule } from './middleware/request-form.ts';
import { requestIdRule } from './middleware/request-id.ts';
import { observedRule } from './middleware/request-metrics.ts';
import { securityHeadersRule } from './middleware/security-headers.ts';
import { schema } from './schema/index.ts';
import { type Fetch, fetchOf } from './server/fetch.ts';
import { Handler } from './server/handler.ts';
import { Lifecycle } from './server/lifecycle.ts';
import type { Rule } from './server/middleware.ts';
import { nodeListener } from './server/node.ts';
import { transferCodingRule } from './server/transfer-coding.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { Metrics } from './telemetry/metrics/metrics.ts';
import { Operations } from './telemetry/operations.ts';
import type { Tracing } from './telemetry/tracing/tracing.ts';
import { VendorCalls } from './telemetry/vendor-calls.ts';
import { accessVendors, createClients, vendors } from './vendors/index.ts';

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
  readonly rules?: readonly Rule[];
  /** Sees what the resolvers of each document share. */
  readonly onContext?: (context: Context) => void;
}

/** The gateway without a port: what answers requests, and what stops it. */
export interface Gateway {
  /** Answers requests of a server of `node:http`. */
  readonly listener: RequestListener;
  /** Answers requests of the Fetch standard. */
  readonly fetch: Fetch;
  readonly lifecycle: Lifecycle;
  /** What operators may ask. */
  readonly operated: Operated;
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
  const audit = config.auditFile === null ? null : new Audit(config.auditFile, log);
  const operated = operatedOf(lifecycle, audit, clients, metrics);
  const trusted = readTrusted(config.trustedDocumentsFile);
  const callerKeys = new CallerKeys(config.trustProxy);
  const callerCounts = new CallerCounts(endpoint, config.callerLimits, callerKeys);
  const rules: Rule[] = [
    requestIdRule,
    securityHeadersRule,
    hostRule,
    transferCodingRule,
    corsRule(config.corsOrigins, [...otherHeaders, ...preflightedHeaders, ...credentialHeaders]),
    healthRule(operated.readiness),
    drainRule(lifecycle, endpoint),
    ...(config.graphiql ? [graphiqlRule({ tabs: [], ...options.graphiql, endpoint })] : []),
    csrfRule(endpoint, [...preflightedHeaders, ...credentialHeaders]),
    requestFormRule(endpoint),
    callerRule(endpoint, callerRules(config, callerKeys, log)),
    callerCounts,
    ...(options.rules ?? []),
    observedRule(endpoint, metrics, log),
  ];
  const accesses = accessVendors(clients, config);
  const contextSettings = { ...config, accesses, log, lifecycle, audit, callerKeys };
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
    operations: new Operations({ log, metrics, mostNames: trusted === null ? 200 : Infinity }),
    tracing,
    takeChanges: (incoming, changes) => callerCounts.takeChanges(incoming, changes),
    context: (incoming) => {
      const context = createContext(incoming, contextSettings);
      options.onContext?.(context);
      return context;
    },
    log,
  });
  const handler = new Handler(endpoint, rules, api, log);
  return {
    listener: nodeListener(handler, config, log),
    fetch: fetchOf(handler, config.maxBodyBytes),
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

function callerRules(config: Config, keys: CallerKeys, log: Log): CallerRules {
  const { jwt, serviceKeysFile, allowAnonymous, egressProxy, callerLimits } = config;
  const pace = callerLimits.requests;
  const names = serviceKeyNames();
  const authenticators = [
    ...(jwt === null ? [] : [jwtAuthenticator(jwt, egressProxy, log)]),
    ...(serviceKeysFile === null ? [] : [serviceKeys(serviceKeysFile, names, egressProxy, log)]),
  ];
  const failedLogins = pace && new FailedLogins(pace, keys);
  return { authenticators, allowsAnonymous: allowAnonymous, failedLogins };
}
