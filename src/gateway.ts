import type { RequestListener } from 'node:http';
import { type AdminProbes, createProbes } from './admin/probes.ts';
import type { ServiceKeyNames } from './auth/service-keys-file.ts';
import { createAuditLog } from './changes/create-audit-log.ts';
import { KeyedChanges } from './changes/keyed-changes.ts';
import type { Config } from './config/index.ts';
import { type Context, createContext } from './context.ts';
import type { GraphiQLPageOptions } from './graphiql/page.ts';
import { GraphqlApi } from './graphql/api.ts';
import { readTrustedDocuments } from './graphql/trusted-documents.ts';
import { createAuthentication, createAuthenticationSettings } from './middleware/authenticate.ts';
import { CallerKeys } from './middleware/caller-keys.ts';
import { CallerRateLimits } from './middleware/caller-limits.ts';
import { createCors } from './middleware/cors.ts';
import { createCsrfPrevention } from './middleware/csrf.ts';
import { createDrain } from './middleware/drain.ts';
import { createGraphiQL } from './middleware/graphiql.ts';
import { createHealth } from './middleware/health.ts';
import { checkHost } from './middleware/host.ts';
import { checkRequestForm } from './middleware/request-form.ts';
import {
  credentialHeaders,
  pageHeaders,
  preflightedHeaders,
} from './middleware/request-headers.ts';
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
import type { State } from './state/open.ts';
import { MeasuredLedger } from './telemetry/database-calls.ts';
import { createLog, type Log } from './telemetry/log.ts';
import { Metrics } from './telemetry/metrics/metrics.ts';
import { OperationTelemetry } from './telemetry/operations.ts';
import type { Tracing } from './telemetry/tracing/tracing.ts';
import { VendorCalls } from './telemetry/vendor-calls.ts';
import { createClients, createVendorRuntimes, vendorKeys, vendors } from './vendors/index.ts';

/** The path of the GraphQL API and of GraphiQL. */
export const endpoint = '/graphql';

/** Options of the gateway in addition to its configuration. */
export interface GatewayOptions {
  readonly log?: Log;
  /** Creates traces; null if they are off. */
  readonly tracing?: Tracing | null;
  /** The durable state, which the gateway closes with itself; null for none. */
  readonly state?: State | null;
  /** The tabs and headers that GraphiQL opens with. */
  readonly graphiql?: Pick<GraphiQLPageOptions, 'tabs' | 'headers'>;
  /** Middleware that runs after the gateway's own. */
  readonly middleware?: readonly Middleware[];
  /** Called with the context of each document. */
  readonly onContext?: (context: Context) => void;
}

/** The gateway without a port. */
export interface Gateway {
  /** Answers requests of a `node:http` server. */
  readonly listener: RequestListener;
  /** Answers requests of the Fetch standard. */
  readonly fetch: FetchHandler;
  readonly lifecycle: Lifecycle;
  /** The readiness and the metrics for operators. */
  readonly probes: AdminProbes;
  /** Forgets all calls to the vendors, for simulators that forget them too. */
  resetRateLimits(): void;
  /** Opens the audit log again under its name, for log rotation; null if it is not a file. */
  readonly reopenAudit: (() => Promise<void>) | null;
  /** Closes the connections to the vendors, the audit log and the durable state. */
  close(): Promise<void>;
}

/** Creates a gateway from its configuration. It opens no port, and no connection before the first call. */
export function createGateway(config: Config, options: GatewayOptions = {}): Gateway {
  const log = options.log ?? createLog();
  const lifecycle = new Lifecycle();
  const metrics = new Metrics();
  const tracing = options.tracing ?? null;
  const isLogged = log.isLevelEnabled('debug');
  const state = options.state ?? null;
  const limits = state?.limits ?? null;
  const clients = createClients(
    config,
    (key, url) => {
      const isPropagated = config.tracing?.vendors.has(key) === true;
      const traced = tracing === null ? null : tracing.vendor(url, isPropagated);
      return new VendorCalls({ vendor: vendors[key], metrics, isLogged, tracing: traced });
    },
    limits === null ? undefined : (limit) => limits.createRateLimiter(limit, { ...config, log }),
  );
  const ledger = state && new MeasuredLedger(state.ledger, metrics);
  const audit = createAuditLog(config, state?.audit ?? null, log);
  const probes = createProbes(lifecycle, audit, ledger, clients, metrics);
  const file = config.trustedDocumentsFile;
  const trusted = file === null ? null : readTrustedDocuments(file);
  const callerKeys = new CallerKeys(config.trustProxy);
  const callerLimits = new CallerRateLimits(
    endpoint,
    config.callerLimits,
    callerKeys,
    limits === null ? undefined : (name, limit) => limits.createCallerLimit(name, limit, log),
  );
  const names = getServiceKeyNames();
  const authentication = createAuthenticationSettings(config, names, callerKeys, log);
  const middleware: Middleware[] = [
    addRequestId,
    addSecurityHeaders,
    checkHost,
    checkTransferCoding,
    createCors(config.corsOrigins, pageHeaders),
    createHealth(probes.readiness),
    createDrain(lifecycle, endpoint),
    ...(config.graphiql ? [createGraphiQL({ tabs: [], ...options.graphiql, endpoint })] : []),
    createCsrfPrevention(endpoint, preflightedHeaders),
    checkRequestForm(endpoint),
    createAuthentication(endpoint, authentication),
    callerLimits,
    ...(options.middleware ?? []),
    createRequestMetrics(endpoint, metrics, log),
  ];
  const runtimes = createVendorRuntimes(clients, config);
  const onFailure = audit?.database?.noteFailure;
  const keyed = state &&
    ledger && { changes: new KeyedChanges(ledger, log, onFailure), secret: state.secret };
  const contextSettings = { ...config, runtimes, log, lifecycle, audit, keyed, callerKeys };
  const api = new GraphqlApi({
    schema,
    limits: config.documentLimits,
    introspection: config.introspection,
    maxVendorCalls: config.maxVendorCalls,
    maxResultFields: config.maxResultFields,
    maxFields: config.documentLimits.fields,
    maxVariables: config.maxVariables,
    trusted,
    // The number of trusted documents is limited already.
    operations: new OperationTelemetry({
      log,
      metrics,
      maxNames: trusted === null ? 200 : Infinity,
    }),
    tracing,
    takeChanges: (incoming, changes) => callerLimits.takeChanges(incoming, changes),
    context: (incoming) => {
      const context = createContext(incoming, contextSettings);
      options.onContext?.(context);
      return context;
    },
    log,
  });
  const handler = new RequestHandler(endpoint, middleware, api, log);
  return {
    listener: createNodeListener(handler, config, log),
    fetch: createFetch(handler, config.maxBodyBytes),
    lifecycle,
    probes,
    resetRateLimits: () => {
      for (const client of Object.values(clients)) client?.limiter?.reset();
    },
    reopenAudit: audit?.reopen ?? null,
    close: async () => {
      await Promise.all([
        ...Object.values(clients).map((client) => client?.close()),
        Promise.all([audit?.close(), keyed?.changes.close()]).then(() => {
          ledger?.stop();
          return state?.close();
        }),
      ]);
    },
  };
}

/** Returns the names that a service keys file may contain. */
export function getServiceKeyNames(): ServiceKeyNames {
  const mutations = new Set(Object.keys(schema.getMutationType()?.getFields() ?? {}));
  const oauthClients = vendorKeys.flatMap((key) => {
    const { id, title, oauth } = vendors[key];
    return oauth === undefined ? [] : [{ field: `${key}Client`, id, title, ...oauth }];
  });
  return { mutations, credentialHeaders: new Set(credentialHeaders), oauthClients };
}
