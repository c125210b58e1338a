import { auditDaysParser } from './audit-days.ts';
import { databaseUrlParser } from './database-url.ts';
import {
  countParser,
  createMillisecondsParser,
  flagParser,
  hostParser,
  optionalPortParser,
  originsParser,
  portParser,
  rateLimitParser,
  secureUrlParser,
  signatureAlgorithmsParser,
  switchParser,
  textParser,
  trustedProxiesParser,
} from './parsers.ts';
import { defineVariable, type Row } from './variable.ts';

/** The ports and connections of the gateway. */
export const listenRows = [
  {
    variables: {
      HOST: defineVariable(hostParser, '127.0.0.1'),
      PORT: defineVariable(portParser, '4000'),
    },
    meaning: 'the address to listen on; `PORT=0` picks a free port and logs it',
  },
  {
    variables: { MAX_CONNECTIONS: defineVariable(countParser, '2000') },
    meaning:
      'client connections open at the same time. A new connection beyond that replaces the one that has been idle longest; if none is idle, the new one is closed',
  },
  {
    variables: {
      KEEP_ALIVE_MS: defineVariable(createMillisecondsParser(1, 'at least 1'), '65000'),
    },
    meaning:
      "how long a client's connection may be idle; announced to clients, and the connection is closed within another 10 s. Set it higher than your load balancer's idle timeout, which is often 60 s",
  },
  {
    variables: {
      ADMIN_HOST: defineVariable(hostParser, '127.0.0.1'),
      ADMIN_PORT: defineVariable(optionalPortParser, '4001'),
    },
    meaning:
      'the address of `/metrics`, the detailed `/ready` and `/audit`, for operators only; `ADMIN_PORT=off` disables it',
  },
] as const satisfies readonly Row[];

/** Shutdown, callers, the audit log and the pages of browsers. */
export const callerRows = [
  {
    variables: {
      SHUTDOWN_GRACE_MS: defineVariable(createMillisecondsParser(3, 'at least 3'), '30000'),
    },
    meaning: 'how long a shutdown waits for work in flight; more than `FIELD_TIMEOUT_MS`',
  },
  {
    variables: {
      JWKS_URL: defineVariable(secureUrlParser),
      JWT_ISSUER: defineVariable(textParser),
      JWT_AUDIENCE: defineVariable(textParser),
    },
    meaning: 'JWT settings for authenticating callers. Set all three or none',
  },
  {
    variables: {
      JWT_ALGORITHMS: defineVariable(signatureAlgorithmsParser, 'RS256,PS256,ES256,EdDSA'),
    },
    meaning: 'accepted signature algorithms; shared secrets (HS256) are never accepted',
  },
  {
    variables: { SERVICE_KEYS_FILE: defineVariable(textParser) },
    meaning: 'a file of internal services that may call, with hashes of their keys',
  },
  {
    variables: { ALLOW_ANONYMOUS: defineVariable(flagParser) },
    meaning: '`1` lets callers in without authentication',
  },
  {
    variables: {
      CALLER_REQUESTS: defineVariable(rateLimitParser, '600/60'),
      CALLER_CHANGES: defineVariable(rateLimitParser, '120/60'),
    },
    meaning:
      'rate limits per caller as count/seconds, or `off`: requests, and root mutation fields. The first also limits failed logins per address',
  },
  {
    variables: { TRUST_PROXY: defineVariable(trustedProxiesParser) },
    meaning:
      'proxies whose `X-Forwarded-For` is trusted for the rate limits of anonymous callers: addresses, networks, or `loopback`, `linklocal`, `uniquelocal`',
  },
  {
    variables: { AUDIT_LOG: { ...defineVariable(textParser), alias: 'AUDIT_FILE' } },
    meaning:
      'the audit log: `database` for a table in `DATABASE_URL`, the path of a file that lines are appended to, or `-` for standard output',
  },
  {
    variables: { AUDIT_DAYS: defineVariable(auditDaysParser) },
    meaning:
      'how many days events are kept with `AUDIT_LOG=database`; at least 30. Older ones are deleted every ten minutes. By default, all are kept',
  },
  {
    variables: { DATABASE_URL: defineVariable(databaseUrlParser, 'file:./data/gateway.db') },
    meaning:
      'the database that keeps idempotency keys: `file:PATH`, which one process at a time can open, `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, which any number of replicas share, or `off`. If the default cannot be used, the gateway starts with `off` and logs a warning; any other value has to work. [What PostgreSQL needs](../operations.md#the-shared-database)',
  },
  {
    variables: { DATABASE_URL_FILE: defineVariable(textParser) },
    meaning:
      'a file that contains the value of `DATABASE_URL`, for mounted secrets; set only one of them',
  },
  {
    variables: { IDEMPOTENCY_HOURS: defineVariable(countParser, '24') },
    meaning: 'how long the result of a change with an idempotency key is kept',
  },
  {
    variables: { CORS_ORIGINS: defineVariable(originsParser) },
    meaning:
      'origins whose pages may call the gateway, e.g. `https://app.example.com`, separated by commas',
  },
  {
    variables: {
      GRAPHIQL: defineVariable(switchParser),
      INTROSPECTION: defineVariable(switchParser),
    },
    meaning: 'the GraphiQL page, and introspection of the schema',
    fallback: '`on` on loopback, else `off`',
  },
  {
    variables: { TRUSTED_DOCUMENTS_FILE: defineVariable(textParser) },
    meaning:
      'the only documents that are accepted: `persisted-documents.json` of GraphQL Code Generator',
  },
] as const satisfies readonly Row[];
