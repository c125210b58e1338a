import type { DocumentLimits } from '../graphql/limits.ts';
import type { StateSettings } from '../state/settings.ts';
import type { WindowLimit } from '../upstream/resilience/fixed-window.ts';
import type { RateLimit } from '../upstream/resilience/rate-limiter.ts';
import type { VendorKey } from '../vendors/index.ts';
import type { EgressProxy } from './egress.ts';
import type { TrustProxy } from './parsers.ts';
import type { VariableValue } from './variables.ts';

/** Settings of the tokens that identify callers (RFC 7519, RFC 8725). */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: URL;
  readonly algorithms: readonly string[];
}

/** The rate limits of one caller; null for no limit. */
export interface CallerLimits {
  readonly requests: WindowLimit | null;
  /** Root mutation fields, counted for the whole document before any of it runs. */
  readonly changes: WindowLimit | null;
}

/** Settings of traces. The exporter reads its own variables, as OpenTelemetry documents them. */
export interface TracingSettings {
  readonly sampler: VariableValue<'OTEL_TRACES_SAMPLER'>;
  /** The sampled share, from 0 to 1, for samplers that use one. */
  readonly ratio: number;
  /** How long ended spans are collected before they are sent, in ms. */
  readonly delayMs: number;
  /** The vendors that receive `traceparent`. */
  readonly vendors: ReadonlySet<string>;
}

/** The configuration of the process, read once at startup. Times are in ms. */
export interface Config extends StateSettings {
  readonly host: string;
  /** 0 for a random free port. */
  readonly port: number;
  /** The most client connections open at the same time. */
  readonly maxConnections: number;
  /** How long a client's connection may be idle, in ms. */
  readonly keepAliveMs: number;
  readonly adminHost: string;
  /** 0 for a random free port, null for no admin port. */
  readonly adminPort: number | null;
  /** Null for a vendor that is not configured. */
  readonly vendorUrls: Readonly<Record<VendorKey, URL | null>>;
  /** The API version to request, for vendors whose API has versions. */
  readonly apiVersions: Readonly<Partial<Record<VendorKey, string>>>;
  /** Each vendor's rate limit, or this process's share of it; null for no limit. */
  readonly rateLimits: Readonly<Record<VendorKey, RateLimit | null>>;
  /** The replicas with the same outgoing address, for limits that a vendor counts by address. */
  readonly egressGroup: string;
  /** The most calls in flight, and the most queued calls, per vendor. */
  readonly vendorConcurrency: number;
  readonly vendorQueue: number;
  /** The proxy for calls to `https://` URLs; null for none. */
  readonly egressProxy: EgressProxy | null;
  /** A PEM file of certificate authorities that Node.js trusts in addition to its own; null for none. */
  readonly extraCaFile: string | null;
  readonly vendorTimeoutMs: number;
  readonly fieldTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly shutdownGraceMs: number;
  /** Null if callers are not authenticated by tokens. */
  readonly jwt: JwtSettings | null;
  /** The file of internal services that may call; null for none. */
  readonly serviceKeysFile: string | null;
  /** Whether requests without authentication are accepted. */
  readonly allowAnonymous: boolean;
  /** The proxies whose forwarded addresses are trusted; null for none. */
  readonly trustProxy: TrustProxy | null;
  /** The file of the audit log, `-` for standard output, null for none. */
  readonly auditFile: string | null;
  /** The file of the only accepted documents; null if every document is accepted. */
  readonly trustedDocumentsFile: string | null;
  readonly callerLimits: CallerLimits;
  readonly documentLimits: DocumentLimits;
  /** The most calls to vendors that one document may cause. */
  readonly maxVendorCalls: number;
  /** The most fields in a response, each counted for every object that has it. */
  readonly maxResultFields: number;
  /** The most values in a request's variables, including nested ones. */
  readonly maxVariables: number;
  /** The most bytes in a request body. */
  readonly maxBodyBytes: number;
  /** The origins whose pages may read responses and send their own credentials. */
  readonly corsOrigins: ReadonlySet<string>;
  /** Whether browsers get GraphiQL. */
  readonly graphiql: boolean;
  /** Whether introspection is allowed. */
  readonly introspection: boolean;
  readonly logLevel: VariableValue<'LOG_LEVEL'>;
  /** Null if the entry point chooses the format. */
  readonly logFormat: VariableValue<'LOG_FORMAT'>;
  /** Null if traces are off. */
  readonly tracing: TracingSettings | null;
}
