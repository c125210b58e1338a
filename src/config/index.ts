import type { JwtSettings } from '../auth/jwt.ts';
import type { DocumentLimits } from '../graphql/limits.ts';
import type { CallerLimits } from '../middleware/caller-limits.ts';
import type { RateLimit } from '../upstream/resilience/rate-limiter.ts';
import type { VendorKey } from '../vendors/index.ts';
import type { EgressProxy } from './egress.ts';
import { createReader, type ReadVariable } from './read.ts';
import {
  ConfigError,
  type Environment,
  isLoopback,
  parseMilliseconds,
  type TrustProxy,
} from './rules.ts';
import { readTracingSettings, type TracingSettings } from './tracing.ts';
import type { VariableValue } from './variables.ts';

/** Everything that is set from outside: read once, at the start. Times are in ms. */
export interface Config {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** How many connections clients may have open at once. */
  readonly maxConnections: number;
  /** How long a client's connection stays open on which nothing moves, in ms. */
  readonly keepAliveMs: number;
  readonly adminHost: string;
  /** 0 for any free port, null for none. */
  readonly adminPort: number | null;
  /** Null for a vendor that is off. */
  readonly vendorUrls: Readonly<Record<VendorKey, URL | null>>;
  readonly wethodVersion: string;
  /** This process's share of each vendor's rate limit; null for none. */
  readonly rateLimits: Readonly<Record<VendorKey, RateLimit | null>>;
  /** How many calls may be in flight at each vendor, and how many may wait. */
  readonly vendorConcurrency: number;
  readonly vendorQueue: number;
  /** The proxy that whatever is called by `https://` is called through; null for none. */
  readonly egressProxy: EgressProxy | null;
  /** The file of certificate authorities that Node.js trusts beside its own; null for none. */
  readonly extraCaFile: string | null;
  readonly vendorTimeoutMs: number;
  readonly fieldTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly shutdownGraceMs: number;
  /** Whose tokens tell callers; null for nobody's. */
  readonly jwt: JwtSettings | null;
  /** The file of the services that may call; null for none. */
  readonly serviceKeysFile: string | null;
  /** Whether callers need not say who they are. */
  readonly allowAnonymous: boolean;
  /** The proxies whose forwarded addresses count; null for none. */
  readonly trustProxy: TrustProxy | null;
  /** Where the record of changes is appended, `-` for standard output, null for none. */
  readonly auditFile: string | null;
  /** The list of the only documents that are answered; null where any is. */
  readonly trustedDocumentsFile: string | null;
  /** What one caller may ask for. */
  readonly callerLimits: CallerLimits;
  /** What one document may hold. */
  readonly documentLimits: DocumentLimits;
  /** How many calls to the vendors one document may cause. */
  readonly maxVendorCalls: number;
  /** How many fields an answer may have, each counted for every object that has it. */
  readonly maxResultFields: number;
  /** How many values a request's variables may hold, those inside others too. */
  readonly maxVariables: number;
  /** How many bytes a request's body may have. */
  readonly maxBodyBytes: number;
  /** The origins of pages that may read answers, and send credentials of their own. */
  readonly corsOrigins: ReadonlySet<string>;
  /** Whether browsers get GraphiQL. */
  readonly graphiql: boolean;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  readonly logLevel: VariableValue<'LOG_LEVEL'>;
  /** Null where it is left to who starts the gateway. */
  readonly logFormat: VariableValue<'LOG_FORMAT'>;
  /** How traces are made; null where they are off. */
  readonly tracing: TracingSettings | null;
}

export { ConfigError, type Environment } from './rules.ts';

/**
 * Reads the environment; the only code that does. An empty value counts as not set.
 *
 * @param problemsOf what is wrong with what the configuration names, such as its files: a line for each
 * @throws {ConfigError} with a line for every wrong or missing variable: its name, what it got, what it takes
 */
export function parseConfig(
  env: Environment,
  problemsOf: (config: Config) => readonly string[] = () => [],
): Config {
  const problems: string[] = [];
  const config = readConfig(env, createReader(env, problems), problems);
  problems.push(...problemsOf(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

type RateLimitVariable = 'WETHOD_PACE' | 'KAITEN_PACE' | 'AEROSPIKE_PACE' | 'ROCKETCHAT_PACE';

const urlVariables = ['WETHOD_URL', 'KAITEN_URL', 'AEROSPIKE_URL', 'ROCKETCHAT_URL'] as const;

function readConfig(env: Environment, read: ReadVariable, problems: string[]): Config {
  if (urlVariables.every((name) => !env[name])) {
    problems.push(
      `${urlVariables.join(', ')}: none is set; at least one must be, e.g. WETHOD_URL=https://api.wethod.com`,
    );
  }
  const vendorTimeoutMs = read('VENDOR_TIMEOUT_MS');
  const twice = 2 * vendorTimeoutMs;
  const fieldTimeoutMs = read('FIELD_TIMEOUT_MS', {
    rule: parseMilliseconds(twice, `at least 2 × VENDOR_TIMEOUT_MS (${twice})`),
  });
  const request = parseMilliseconds(
    fieldTimeoutMs,
    `at least FIELD_TIMEOUT_MS (${fieldTimeoutMs})`,
  );
  const grace = parseMilliseconds(
    fieldTimeoutMs + 1,
    `more than FIELD_TIMEOUT_MS (${fieldTimeoutMs})`,
  );
  const rateLimit = (name: RateLimitVariable): RateLimit | null => {
    const pace = read(name);
    return pace && { ...pace, isExplicit: Boolean(env[name]) };
  };
  const address = read('HOST');
  const forMyself = { fallback: isLoopback(address) ? 'on' : 'off' };
  const config: Config = {
    host: address,
    port: read('PORT'),
    maxConnections: read('MAX_CONNECTIONS'),
    keepAliveMs: read('KEEP_ALIVE_MS'),
    adminHost: read('ADMIN_HOST'),
    adminPort: read('ADMIN_PORT'),
    vendorUrls: {
      wethod: read('WETHOD_URL'),
      kaiten: read('KAITEN_URL'),
      aerospike: read('AEROSPIKE_URL'),
      rocketchat: read('ROCKETCHAT_URL'),
    },
    wethodVersion: read('WETHOD_VERSION'),
    rateLimits: {
      wethod: rateLimit('WETHOD_PACE'),
      kaiten: rateLimit('KAITEN_PACE'),
      aerospike: rateLimit('AEROSPIKE_PACE'),
      rocketchat: rateLimit('ROCKETCHAT_PACE'),
    },
    vendorConcurrency: read('VENDOR_CONCURRENCY'),
    vendorQueue: read('VENDOR_QUEUE'),
    egressProxy: egressProxy(read),
    extraCaFile: read('NODE_EXTRA_CA_CERTS'),
    vendorTimeoutMs,
    fieldTimeoutMs,
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS', { rule: request }),
    shutdownGraceMs: read('SHUTDOWN_GRACE_MS', { rule: grace }),
    jwt: jwtSettings(env, read, problems),
    serviceKeysFile: read('SERVICE_KEYS_FILE'),
    allowAnonymous: read('ALLOW_ANONYMOUS') ?? false,
    trustProxy: read('TRUST_PROXY'),
    auditFile: read('AUDIT_FILE'),
    trustedDocumentsFile: read('TRUSTED_DOCUMENTS_FILE'),
    callerLimits: { requests: read('CALLER_REQUESTS'), changes: read('CALLER_CHANGES') },
    documentLimits: {
      tokens: read('MAX_TOKENS'),
      depth: read('MAX_DEPTH'),
      aliases: read('MAX_ALIASES'),
      directives: read('MAX_DIRECTIVES'),
      fragments: read('MAX_FRAGMENTS'),
      fields: read('MAX_FIELDS'),
      repeats: read('MAX_REPEATS'),
      introspection: read('MAX_INTROSPECTION'),
      changes: read('MAX_CHANGES'),
    },
    maxVendorCalls: read('MAX_VENDOR_CALLS'),
    maxResultFields: read('MAX_RESULT_FIELDS'),
    maxVariables: read('MAX_VARIABLES'),
    maxBodyBytes: read('MAX_BODY_BYTES'),
    corsOrigins: read('CORS_ORIGINS') ?? new Set(),
    graphiql: read('GRAPHIQL', forMyself),
    introspection: read('INTROSPECTION', forMyself),
    logLevel: read('LOG_LEVEL'),
    logFormat: read('LOG_FORMAT'),
    tracing: readTracingSettings(read),
  };
  const isOpen = config.jwt === null && config.serviceKeysFile === null && !config.allowAnonymous;
  if (isOpen && !isLoopback(address)) {
    problems.push(
      `HOST: got ${JSON.stringify(address)}, where others can call; takes a loopback address, or one of JWKS_URL (with JWT_ISSUER and JWT_AUDIENCE), SERVICE_KEYS_FILE, ALLOW_ANONYMOUS=1`,
    );
  }
  return config;
}

function egressProxy(read: ReadVariable): EgressProxy | null {
  const url = read('HTTPS_PROXY');
  // Without a proxy nothing hangs on the list, which is there for other programs too.
  return url === null ? null : { url, isException: read('NO_PROXY') ?? (() => false) };
}

/** All three variables, or none of them. */
function jwtSettings(env: Environment, read: ReadVariable, problems: string[]): JwtSettings | null {
  const names = ['JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'];
  const missing = names.filter((name) => !env[name]);
  const algorithms = read('JWT_ALGORITHMS');
  const jwksUrl = read('JWKS_URL');
  if (missing.length === names.length) return null;
  for (const name of missing) {
    problems.push(`${name}: not set; ${names.join(', ')} are set together, or none of them`);
  }
  if (jwksUrl === null) return null;
  const [issuer, audience] = [read('JWT_ISSUER') ?? '', read('JWT_AUDIENCE') ?? ''];
  return { issuer, audience, jwksUrl, algorithms };
}
