import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLoopback } from '../config/rules.ts';
import type { HeaderValues } from '../vendors/credentials.ts';
import type { Authenticator, Caller } from './caller.ts';
import { OAuthClient } from './oauth.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'takes a SHA-256 in 64 lower-case hex digits');

const aerospikeTokens = 'https://auth.control.aerospike.cloud/oauth/token';
const aerospikeHeader = 'aerospike-authorization';

const file = z.strictObject({
  services: z.array(
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'takes 1 to 64 of A-Z, a-z, 0-9, . _ -'),
      /** Two at once while a key is changed. */
      keys: z.array(sha256).min(1).max(2),
      mutations: z.array(z.string()).optional(),
      /** The file that holds the value of each credential header. */
      credentials: z.record(z.string(), z.string()).default({}),
      /** A client whose access tokens are Aerospike's credential. */
      aerospikeClient: z
        .strictObject({
          clientId: z.string().min(1),
          clientSecretFile: z.string().min(1),
          tokenUrl: z.url({ protocol: /^https?$/ }).default(aerospikeTokens),
        })
        .optional(),
    }),
  ),
});

/** What the names in a file of service keys may be. */
export interface ServiceKeyNames {
  readonly mutations: ReadonlySet<string>;
  readonly credentialHeaders: ReadonlySet<string>;
}

interface Service {
  readonly caller: Caller;
  readonly hashes: readonly Buffer[];
}

/** How long a credential that was read from a file is used, in ms. */
const freshMs = 1_000;

/**
 * Tells internal services by keys of their own, of which only hashes are kept.
 *
 * @param path a file of JSON: `{"services": [{"name", "keys": [SHA-256 …], "mutations"?, "credentials"?}]}`
 * @throws {Error} where it cannot be read, with one line that says what is wrong
 */
export function serviceKeys(path: string, names: ServiceKeyNames): Authenticator {
  const services = readServices(path, names);
  return {
    identify: async (token) => {
      const hash = createHash('sha256').update(token).digest();
      // All are compared, whichever fits, so that the time tells nothing.
      const found = services.filter(({ hashes }) =>
        hashes.map((known) => timingSafeEqual(known, hash)).includes(true),
      );
      return found[0]?.caller ?? null;
    },
  };
}

function readServices(path: string, names: ServiceKeyNames): Service[] {
  const fail = (what: string) => new Error(`SERVICE_KEYS_FILE: ${path}: ${what}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // JSON's own message quotes the text, which may be a key.
    throw fail(error instanceof SyntaxError ? 'is not JSON' : (error as Error).message);
  }
  const read = file.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw fail(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  return read.data.services.map(({ name, keys, mutations, credentials, aerospikeClient }) => {
    if (aerospikeClient !== undefined && !isSafe(new URL(aerospikeClient.tokenUrl))) {
      throw fail(`${name}: tokenUrl takes https:// (http:// for loopback hosts only)`);
    }
    if (aerospikeClient !== undefined && aerospikeHeader in credentials) {
      throw fail(`${name}: takes aerospikeClient or credentials.${aerospikeHeader}, not both`);
    }
    for (const one of mutations ?? []) {
      if (!names.mutations.has(one)) throw fail(`${name}: there is no mutation ${one}`);
    }
    for (const header of Object.keys(credentials)) {
      if (!names.credentialHeaders.has(header)) {
        throw fail(`${name}: ${header} is no credential header`);
      }
    }
    const readers = new Map(
      Object.entries(credentials).map(([header, at]) => [header, freshValue(at)]),
    );
    const stored: HeaderValues = { get: (header) => readers.get(header)?.() ?? null };
    const client = aerospikeClient === undefined ? null : new OAuthClient(aerospikeClient);
    const fetched = async (tokens: OAuthClient): Promise<HeaderValues> => {
      const authorization = await tokens.authorization();
      return { get: (header) => (header === aerospikeHeader ? authorization : null) };
    };
    return {
      hashes: keys.map((key) => Buffer.from(key, 'hex')),
      caller: {
        name,
        mutations: mutations === undefined ? null : new Set(mutations),
        credentials: (incoming) =>
          client !== null && incoming.includes(aerospikeHeader) ? fetched(client) : stored,
      },
    };
  });
}

/** A file's text, read anew each second: a credential may be changed without a restart. */
function freshValue(path: string): () => string | null {
  let value: string | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - readAt < freshMs) return value;
    readAt = performance.now();
    try {
      value = readFileSync(path, 'utf8').trim();
    } catch {
      // While it is replaced the last one holds; where there was none the credential is missing.
    }
    return value;
  };
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}
