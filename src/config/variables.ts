import { parseProxyExceptions, parseProxyUrl } from './egress.ts';
import {
  type Parser,
  parseCollectorUrl,
  parseCount,
  parseFlag,
  parseHost,
  parseMilliseconds,
  parseOneOf,
  parseOrigins,
  parsePort,
  parsePortOrOff,
  parseRateLimit,
  parseRatio,
  parseSeveral,
  parseSignatureAlgorithms,
  parseSwitch,
  parseText,
  parseTrustedProxies,
  parseVendorUrl,
  parseVersion,
} from './rules.ts';

/** One variable: how it is read, and its default as it would be written, null where it has none. */
export interface Variable<T, Fallback extends string | null = string | null> {
  readonly rule: Parser<T>;
  readonly fallback: Fallback;
  /** Another name for it, which counts where both are set. */
  readonly alias?: string;
}

/** Variables that are told of together. */
export interface Row {
  readonly variables: Readonly<Record<string, Variable<unknown>>>;
  /** What they are for, in Markdown. */
  readonly meaning: string;
  /** The default in words, where it is not one value. */
  readonly fallback?: string;
}

function given<T>(rule: Parser<T>): Variable<T, null>;
function given<T>(rule: Parser<T>, fallback: string): Variable<T, string>;
function given<T>(rule: Parser<T>, fallback: string | null = null): Variable<T> {
  return { rule, fallback };
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const vendorNames = ['wethod', 'kaiten', 'aerospike', 'rocketchat'] as const;

/**
 * Every variable that is read, in the order of the README: what the configuration is parsed by, and what
 * `--help` and the README tell. Where a bound depends on another variable, the rule here is the loosest.
 */
export const table = [
  {
    variables: { HOST: given(parseHost, '127.0.0.1'), PORT: given(parsePort, '4000') },
    meaning: 'where to listen; `PORT=0` takes a free port and logs it',
  },
  {
    variables: { MAX_CONNECTIONS: given(parseCount, '2000') },
    meaning:
      'connections of clients open at the same time; beyond them the one that has been idle longest makes room for a new one, and only if none is idle the new one is closed',
  },
  {
    variables: { KEEP_ALIVE_MS: given(parseMilliseconds(1, 'at least 1'), '65000') },
    meaning:
      "how long a client's connection may be idle, as clients are told; it is closed within 10 s after that. Longer than a load balancer keeps one, such as 60 s",
  },
  {
    variables: {
      ADMIN_HOST: given(parseHost, '127.0.0.1'),
      ADMIN_PORT: given(parsePortOrOff, '4001'),
    },
    meaning:
      'where `/metrics` and the detailed `/ready` are, for operators alone; `ADMIN_PORT=off` for nowhere',
  },
  { variables: { WETHOD_URL: given(parseVendorUrl) }, meaning: 'e.g. `https://api.wethod.com`' },
  {
    variables: { WETHOD_VERSION: given(parseVersion, '2024-06-15') },
    meaning: 'sent as `Wethod-Version`',
  },
  {
    variables: { KAITEN_URL: given(parseVendorUrl) },
    meaning: 'e.g. `https://acme.kaiten.ru/api/latest`',
  },
  {
    variables: { AEROSPIKE_URL: given(parseVendorUrl) },
    meaning: 'e.g. `https://api.aerospike.cloud/v2`',
  },
  {
    variables: { ROCKETCHAT_URL: given(parseVendorUrl) },
    meaning: 'e.g. `https://chat.example.com`',
  },
  {
    variables: {
      HTTPS_PROXY: { ...given(parseProxyUrl), alias: 'https_proxy' },
      NO_PROXY: { ...given(parseProxyExceptions), alias: 'no_proxy' },
    },
    meaning:
      'the proxy for whatever is called by `https://`, e.g. `http://proxy.example.com:3128`, and what is called without it, e.g. `.example.com,10.0.0.0/8`; in lower case too, as `https_proxy`, which counts first',
  },
  {
    variables: { NODE_EXTRA_CA_CERTS: given(parseText) },
    meaning: 'a file of certificate authorities (PEM) that are trusted beside those of Node.js',
  },
  {
    variables: { VENDOR_TIMEOUT_MS: given(parseMilliseconds(1, 'at least 1'), '5000') },
    meaning: 'one call to a vendor, from leaving the queue to the last byte',
  },
  {
    variables: { FIELD_TIMEOUT_MS: given(parseMilliseconds(2, 'at least 2'), '20000') },
    meaning: 'one root field, with all that is read below it; at least 2 × `VENDOR_TIMEOUT_MS`',
  },
  {
    variables: { REQUEST_TIMEOUT_MS: given(parseMilliseconds(2, 'at least 2'), '60000') },
    meaning:
      'one document, at least `FIELD_TIMEOUT_MS`; fields that have not begun by then are not sent',
  },
  {
    variables: {
      WETHOD_PACE: given(parseRateLimit, '5000/3600'),
      KAITEN_PACE: given(parseRateLimit, '5/1'),
      AEROSPIKE_PACE: given(parseRateLimit, 'off'),
      ROCKETCHAT_PACE: given(parseRateLimit, '10/60'),
    },
    meaning:
      "this process's share of the vendor's rate limit, calls/seconds, or `off`; what the vendor's headers report replaces a default in both directions, a value that is set here only downwards",
  },
  {
    variables: {
      VENDOR_CONCURRENCY: given(parseCount, '256'),
      VENDOR_QUEUE: given(parseCount, '4096'),
    },
    meaning:
      "calls in flight and calls queued for each vendor; a queued change waits until 2 × `VENDOR_TIMEOUT_MS` of its field's time are left, a queued read until 1 ×",
  },
  {
    variables: { SHUTDOWN_GRACE_MS: given(parseMilliseconds(3, 'at least 3'), '30000') },
    meaning: 'how long a stop waits for work under way; more than `FIELD_TIMEOUT_MS`',
  },
  {
    variables: {
      JWKS_URL: given(parseVendorUrl),
      JWT_ISSUER: given(parseText),
      JWT_AUDIENCE: given(parseText),
    },
    meaning: 'whose tokens tell callers; all three or none',
  },
  {
    variables: { JWT_ALGORITHMS: given(parseSignatureAlgorithms, 'RS256,PS256,ES256,EdDSA') },
    meaning: "signatures that are taken; never a shared secret's",
  },
  {
    variables: { SERVICE_KEYS_FILE: given(parseText) },
    meaning: 'the internal services that may call',
  },
  {
    variables: { ALLOW_ANONYMOUS: given(parseFlag) },
    meaning: '`1`: callers need not say who they are',
  },
  {
    variables: {
      CALLER_REQUESTS: given(parseRateLimit, '600/60'),
      CALLER_CHANGES: given(parseRateLimit, '120/60'),
    },
    meaning:
      'what one caller may ask for in so many seconds: requests, and root mutation fields; or `off`. The first also limits the failed logins from one address',
  },
  {
    variables: { TRUST_PROXY: given(parseTrustedProxies) },
    meaning:
      'the proxies whose `X-Forwarded-For` counts for the limits of callers without a name: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`',
  },
  {
    variables: { AUDIT_FILE: given(parseText) },
    meaning: 'where the record of changes is appended; `-` for standard output',
  },
  {
    variables: { CORS_ORIGINS: given(parseOrigins) },
    meaning:
      'pages of which origins may call, such as `https://app.example.com`, with commas between them',
  },
  {
    variables: { GRAPHIQL: given(parseSwitch), INTROSPECTION: given(parseSwitch) },
    meaning: 'the page, and questions for the schema',
    fallback: '`on` on loopback, else `off`',
  },
  {
    variables: { TRUSTED_DOCUMENTS_FILE: given(parseText) },
    meaning:
      'the only documents that are answered: `persisted-documents.json` of GraphQL Code Generator',
  },
  { variables: { MAX_BODY_BYTES: given(parseCount, '100000') }, meaning: "a request's body" },
  {
    variables: {
      MAX_TOKENS: given(parseCount, '5000'),
      MAX_DEPTH: given(parseCount, '16'),
      MAX_ALIASES: given(parseCount, '200'),
      MAX_DIRECTIVES: given(parseCount, '50'),
      MAX_FRAGMENTS: given(parseCount, '30'),
    },
    meaning: 'what a document may hold; directives and named fragments in all',
  },
  {
    variables: { MAX_FIELDS: given(parseCount, '10000') },
    meaning:
      'fields and fragments in a document, with its fragments written out wherever they are spread',
  },
  {
    variables: { MAX_REPEATS: given(parseCount, '5000') },
    meaning:
      'pairs of fields that come together under the same name, through fragments too; validation compares each',
  },
  {
    variables: { MAX_INTROSPECTION: given(parseCount, '5') },
    meaning:
      '`__schema` and `__type` in a document, and aliases beside them: each may tell the whole schema again',
  },
  {
    variables: { MAX_VARIABLES: given(parseCount, '1000') },
    meaning: "values in a request's variables, those inside lists and inputs too",
  },
  {
    variables: { MAX_CHANGES: given(parseCount, '20') },
    meaning: 'root mutation fields in a document',
  },
  {
    variables: { MAX_VENDOR_CALLS: given(parseCount, '500') },
    meaning:
      'calls to the vendors that a document may cause; each attempt of a read counts, the repeats too',
  },
  {
    variables: { MAX_RESULT_FIELDS: given(parseCount, '70000') },
    meaning: 'fields in an answer, each counted for every object of a list that has it',
  },
  {
    variables: { LOG_LEVEL: given(parseOneOf(...levels), 'info') },
    meaning: '`fatal` to `trace`, or `silent`; `debug` logs each call to a vendor',
  },
  {
    variables: { LOG_FORMAT: given(parseOneOf('json', 'pretty')) },
    meaning: '`json`, or `pretty` for people',
    fallback: '`json`; `pretty` for the sandbox in a terminal',
  },
  {
    variables: {
      OTEL_EXPORTER_OTLP_ENDPOINT: given(parseCollectorUrl),
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: given(parseCollectorUrl),
      OTEL_TRACES_EXPORTER: given(parseOneOf('otlp', 'none')),
    },
    meaning:
      'OpenTelemetry: where traces go. They are on where one of the first two is set, or the third is `otlp`',
  },
  {
    variables: {
      OTEL_SDK_DISABLED: given(parseOneOf('true', 'false'), 'false'),
      OTEL_TRACES_SAMPLER: given(parseOneOf(...samplers), 'parentbased_always_on'),
      OTEL_TRACES_SAMPLER_ARG: given(parseRatio, '1'),
      OTEL_BSP_SCHEDULE_DELAY: given(parseMilliseconds(1, 'at least 1'), '5000'),
      OTEL_EXPORTER_OTLP_PROTOCOL: given(parseOneOf('http/protobuf'), 'http/protobuf'),
    },
    meaning:
      'the rest of it; `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` and the other `OTEL_EXPORTER_OTLP_…` are taken too',
  },
  {
    variables: { TRACE_VENDORS: given(parseSeveral(...vendorNames)) },
    meaning:
      'which vendors are told of a trace by `traceparent`: some of `wethod`, `kaiten`, `aerospike`, `rocketchat`, with commas between them',
  },
] as const satisfies readonly Row[];

type Records = (typeof table)[number]['variables'];

/** The name of a variable. */
export type VariableName = Records extends infer One
  ? One extends unknown
    ? keyof One & string
    : never
  : never;

/** What a variable is read as: null where it has no default and is not set. */
export type VariableValue<Name extends VariableName> =
  Extract<Records, Readonly<Record<Name, unknown>>>[Name] extends Variable<infer T, infer Fallback>
    ? Fallback extends string
      ? T
      : T | null
    : never;

/** All variables by their names. */
export const variables: Readonly<Record<string, Variable<unknown>>> = Object.assign(
  {},
  ...table.map((row) => row.variables),
);
