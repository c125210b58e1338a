import type { RateLimit } from '../upstream/resilience/rate-limiter.ts';
import { type VendorKey, vendorKeys, vendors } from '../vendors/index.ts';
import type { EgressProxy } from './egress.ts';
import { ConfigError, createMillisecondsParser, type Environment, isLoopback } from './parsers.ts';
import { createReader, findSetName, type ReadVariable } from './read.ts';
import { readAuditSettings } from './read-audit.ts';
import { readDatabaseSettings } from './read-database.ts';
import type { Config, JwtSettings } from './settings.ts';
import { readTracingSettings } from './tracing.ts';
import { toPrefix } from './vendor-variables.ts';

export { ConfigError, type Environment } from './parsers.ts';
export { findRenamedVariables } from './read.ts';
export type { Config } from './settings.ts';

/**
 * Parses the environment. No other code reads it. An empty value counts as not set.
 *
 * @param findProblems returns a line for each problem outside the environment, such as an unreadable file
 * @throws {ConfigError} with one line for each invalid or missing variable: its name, the accepted and the received value
 */
export function parseConfig(
  env: Environment,
  findProblems: (config: Config) => readonly string[] = () => [],
): Config {
  const problems: string[] = [];
  const config = readConfig(env, createReader(env, problems), problems);
  problems.push(...findProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readConfig(env: Environment, read: ReadVariable, problems: string[]): Config {
  const urlVariables = vendorKeys.map((key) => vendors[key].urlVariable);
  const { urlVariable, url } = vendors[vendorKeys[0]];
  if (urlVariables.every((name) => !env[name])) {
    problems.push(
      `${urlVariables.join(', ')}: expected at least one of them, received none. Set one, e.g. ${urlVariable}=${url.example}.`,
    );
  }
  const vendorTimeoutMs = read('VENDOR_TIMEOUT_MS');
  const twice = 2 * vendorTimeoutMs;
  const fieldTimeoutMs = read('FIELD_TIMEOUT_MS', {
    rule: createMillisecondsParser(twice, `at least 2 × VENDOR_TIMEOUT_MS (${twice})`),
  });
  const request = createMillisecondsParser(
    fieldTimeoutMs,
    `at least FIELD_TIMEOUT_MS (${fieldTimeoutMs})`,
  );
  const grace = createMillisecondsParser(
    fieldTimeoutMs + 1,
    `more than FIELD_TIMEOUT_MS (${fieldTimeoutMs})`,
  );
  const address = read('HOST');
  const onIfLoopback = { fallback: isLoopback(address) ? 'on' : 'off' };
  const database = readDatabaseSettings(env, read, problems);
  const config: Config = {
    host: address,
    port: read('PORT'),
    maxConnections: read('MAX_CONNECTIONS'),
    keepAliveMs: read('KEEP_ALIVE_MS'),
    adminHost: read('ADMIN_HOST'),
    adminPort: read('ADMIN_PORT'),
    vendorUrls: forEachVendor((key) => read(`${toPrefix(key)}_URL`)),
    apiVersions: readApiVersions(read),
    rateLimits: forEachVendor((key) => readRateLimit(env, read, key)),
    egressGroup: read('EGRESS_GROUP'),
    vendorConcurrency: read('VENDOR_CONCURRENCY'),
    vendorQueue: read('VENDOR_QUEUE'),
    egressProxy: readEgressProxy(read),
    extraCaFile: read('NODE_EXTRA_CA_CERTS'),
    vendorTimeoutMs,
    fieldTimeoutMs,
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS', { rule: request }),
    shutdownGraceMs: read('SHUTDOWN_GRACE_MS', { rule: grace }),
    jwt: readJwtSettings(env, read, problems),
    serviceKeysFile: read('SERVICE_KEYS_FILE'),
    allowAnonymous: read('ALLOW_ANONYMOUS') ?? false,
    trustProxy: read('TRUST_PROXY'),
    ...database,
    ...readAuditSettings(env, read, database, problems),
    idempotencyHours: read('IDEMPOTENCY_HOURS'),
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
    graphiql: read('GRAPHIQL', onIfLoopback),
    introspection: read('INTROSPECTION', onIfLoopback),
    logLevel: read('LOG_LEVEL'),
    logFormat: read('LOG_FORMAT'),
    tracing: readTracingSettings(read),
  };
  const isOpen = config.jwt === null && config.serviceKeysFile === null && !config.allowAnonymous;
  if (isOpen && !isLoopback(address)) {
    problems.push(
      `HOST: expected a loopback address because callers are not authenticated; received ${JSON.stringify(address)}. Set JWKS_URL (with JWT_ISSUER and JWT_AUDIENCE), SERVICE_KEYS_FILE or ALLOW_ANONYMOUS=1.`,
    );
  }
  return config;
}

function forEachVendor<T>(read: (key: VendorKey) => T): Record<VendorKey, T> {
  return Object.fromEntries(vendorKeys.map((key) => [key, read(key)])) as Record<VendorKey, T>;
}

function readApiVersions(read: ReadVariable): Config['apiVersions'] {
  const withVersions = vendorKeys.filter((key) => vendors[key].apiVersion !== undefined);
  return Object.fromEntries(withVersions.map((key) => [key, read(`${toPrefix(key)}_VERSION`)]));
}

function readRateLimit(env: Environment, read: ReadVariable, key: VendorKey): RateLimit | null {
  const name = `${toPrefix(key)}_RATE_LIMIT` as const;
  const limit = read(name);
  return limit && { ...limit, isExplicit: findSetName(env, name) !== null };
}

function readEgressProxy(read: ReadVariable): EgressProxy | null {
  const url = read('HTTPS_PROXY');
  // Without a proxy, NO_PROXY is not validated: it is often set for other programs.
  return url === null ? null : { url, isException: read('NO_PROXY') ?? (() => false) };
}

/** Reads the settings of tokens, which are set together or not at all. */
function readJwtSettings(
  env: Environment,
  read: ReadVariable,
  problems: string[],
): JwtSettings | null {
  const names = ['JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'];
  const missing = names.filter((name) => !env[name]);
  const algorithms = read('JWT_ALGORITHMS');
  const jwksUrl = read('JWKS_URL');
  if (missing.length === names.length) return null;
  for (const name of missing) {
    problems.push(`${name}: not set. Set all of ${names.join(', ')}, or none of them.`);
  }
  if (jwksUrl === null) return null;
  const [issuer, audience] = [read('JWT_ISSUER') ?? '', read('JWT_AUDIENCE') ?? ''];
  return { issuer, audience, jwksUrl, algorithms };
}
