import type { JwtSettings } from './callers/jwt.ts';
import {
  ConfigError,
  count,
  type Environment,
  host,
  isLoopback,
  milliseconds,
  one,
  onOff,
  origins,
  pace,
  port,
  proxies,
  reader,
  signatures,
  type TrustProxy,
  vendorUrl,
  version,
} from './config-rules.ts';
import type { DocumentLimits } from './graphql/limits.ts';
import type { CallerLimits } from './plugins/caller-limits.ts';
import type { VendorKey } from './vendors/index.ts';
import type { Pace } from './windows.ts';

/** Everything that is set from outside: read once, at the start. Times are in ms. */
export interface Config {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** How many connections clients may have open at once. */
  readonly maxConnections: number;
  /** Null for a vendor that is off. */
  readonly vendorUrls: Readonly<Record<VendorKey, URL | null>>;
  readonly wethodVersion: string;
  /** This process's share of each vendor's rate limit, null for no pacing. */
  readonly paces: Readonly<Record<VendorKey, Pace | null>>;
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
}

export { ConfigError, type Environment } from './config-rules.ts';

/**
 * Reads the environment; the only code that does. An empty value counts as not set.
 *
 * @throws {ConfigError} with a line for every wrong or missing variable: its name, what it got, what it takes
 */
export function parseConfig(env: Environment): Config {
  const problems: string[] = [];
  const read = reader(env, problems);
  const vendorUrls = {
    wethod: read('WETHOD_URL', vendorUrl, null),
    kaiten: read('KAITEN_URL', vendorUrl, null),
    aerospike: read('AEROSPIKE_URL', vendorUrl, null),
    rocketchat: read('ROCKETCHAT_URL', vendorUrl, null),
  };
  const isNoneSet = ['WETHOD_URL', 'KAITEN_URL', 'AEROSPIKE_URL', 'ROCKETCHAT_URL'].every(
    (name) => !env[name],
  );
  if (isNoneSet) {
    problems.push(
      'WETHOD_URL, KAITEN_URL, AEROSPIKE_URL, ROCKETCHAT_URL: none is set; at least one must be, e.g. WETHOD_URL=https://api.wethod.com',
    );
  }
  const vendorTimeoutMs = read('VENDOR_TIMEOUT_MS', milliseconds(1, 'at least 1'), 5_000);
  const twice = 2 * vendorTimeoutMs;
  const field = milliseconds(twice, `at least 2 × VENDOR_TIMEOUT_MS (${twice})`);
  const fieldTimeoutMs = read('FIELD_TIMEOUT_MS', field, 20_000);
  const request = milliseconds(fieldTimeoutMs, `at least FIELD_TIMEOUT_MS (${fieldTimeoutMs})`);
  const grace = milliseconds(fieldTimeoutMs + 1, `more than FIELD_TIMEOUT_MS (${fieldTimeoutMs})`);
  const address = read('HOST', host, '127.0.0.1');
  const forMyself = isLoopback(address) ? 'on' : 'off';
  const config: Config = {
    host: address,
    port: read('PORT', port, 4000),
    maxConnections: read('MAX_CONNECTIONS', count, 2_000),
    vendorUrls,
    wethodVersion: read('WETHOD_VERSION', version, '2024-06-15'),
    paces: {
      wethod: read('WETHOD_PACE', pace, { calls: 5_000, seconds: 3_600 }, '5000/3600'),
      kaiten: read('KAITEN_PACE', pace, { calls: 5, seconds: 1 }, '5/1'),
      aerospike: read('AEROSPIKE_PACE', pace, null),
      rocketchat: read('ROCKETCHAT_PACE', pace, { calls: 10, seconds: 60 }, '10/60'),
    },
    vendorTimeoutMs,
    fieldTimeoutMs,
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS', request, 60_000),
    shutdownGraceMs: read('SHUTDOWN_GRACE_MS', grace, 30_000),
    jwt: jwtSettings(env, read, problems),
    serviceKeysFile: env['SERVICE_KEYS_FILE'] || null,
    allowAnonymous: read('ALLOW_ANONYMOUS', one, false),
    trustProxy: read('TRUST_PROXY', proxies, null),
    auditFile: env['AUDIT_FILE'] || null,
    trustedDocumentsFile: env['TRUSTED_DOCUMENTS_FILE'] || null,
    callerLimits: {
      requests: read('CALLER_REQUESTS', pace, { calls: 600, seconds: 60 }, '600/60'),
      changes: read('CALLER_CHANGES', pace, { calls: 120, seconds: 60 }, '120/60'),
    },
    documentLimits: {
      tokens: read('MAX_TOKENS', count, 5_000),
      depth: read('MAX_DEPTH', count, 16),
      aliases: read('MAX_ALIASES', count, 200),
      directives: read('MAX_DIRECTIVES', count, 50),
      fragments: read('MAX_FRAGMENTS', count, 30),
      fields: read('MAX_FIELDS', count, 10_000),
      repeats: read('MAX_REPEATS', count, 5_000),
      introspection: read('MAX_INTROSPECTION', count, 5),
      changes: read('MAX_CHANGES', count, 20),
    },
    maxVendorCalls: read('MAX_VENDOR_CALLS', count, 500),
    maxVariables: read('MAX_VARIABLES', count, 1_000),
    maxBodyBytes: read('MAX_BODY_BYTES', count, 100_000),
    corsOrigins: read('CORS_ORIGINS', origins, null) ?? new Set(),
    graphiql: read('GRAPHIQL', onOff, forMyself === 'on', forMyself),
    introspection: read('INTROSPECTION', onOff, forMyself === 'on', forMyself),
  };
  const isOpen = config.jwt === null && config.serviceKeysFile === null && !config.allowAnonymous;
  if (isOpen && !isLoopback(address)) {
    problems.push(
      `HOST: got ${JSON.stringify(address)}, where others can call; takes a loopback address, or one of JWKS_URL (with JWT_ISSUER and JWT_AUDIENCE), SERVICE_KEYS_FILE, ALLOW_ANONYMOUS=1`,
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** All three variables, or none of them. */
function jwtSettings(
  env: Environment,
  read: ReturnType<typeof reader>,
  problems: string[],
): JwtSettings | null {
  const names = ['JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE'];
  const missing = names.filter((name) => !env[name]);
  const algorithms = read('JWT_ALGORITHMS', signatures, null) ?? [
    'RS256',
    'PS256',
    'ES256',
    'EdDSA',
  ];
  const jwksUrl = read('JWKS_URL', vendorUrl, null);
  if (missing.length === names.length) return null;
  for (const name of missing) {
    problems.push(`${name}: not set; ${names.join(', ')} are set together, or none of them`);
  }
  if (jwksUrl === null) return null;
  const [issuer, audience] = [env['JWT_ISSUER'] ?? '', env['JWT_AUDIENCE'] ?? ''];
  return { issuer, audience, jwksUrl, algorithms };
}
