import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EgressProxy } from '../config/egress.ts';
import { isLoopback } from '../config/rules.ts';
import type { Log } from '../telemetry/log.ts';
import type { HeaderValues } from '../vendors/core/credentials.ts';
import { OAuthClient, type OAuthSettings } from './oauth-client.ts';
import type { Authenticator, Caller } from './principal.ts';
import { createServiceKeysFileDecoder } from './service-keys-file.ts';

const aerospikeHeader = 'aerospike-authorization';

/** What the names in a file of service keys may be. */
export interface ServiceKeyNames {
  readonly mutations: ReadonlySet<string>;
  readonly credentialHeaders: ReadonlySet<string>;
}

interface Service {
  readonly caller: Caller;
  readonly hashes: readonly Buffer[];
}

/** Makes what exchanges a client's secret; null where the file is only looked at. */
type OpenClient = (settings: OAuthSettings) => OAuthClient | null;

/** How long what was read from a file is used, in ms. */
const freshMs = 1_000;

/**
 * Tells internal services by keys of their own, of which only hashes are kept. The file is read anew when it
 * changed, so that a key is changed or taken back without a restart; while it is wrong, what it said before
 * holds.
 *
 * @param path a file of JSON: `{"services": [{"name", "keys": [SHA-256 …], "mutations"?, "credentials"?}]}`
 * @param proxy what authorization servers are called through; null for nothing
 * @throws {Error} where it cannot be read at first, with one line that says what is wrong
 */
export function loadServiceKeys(
  path: string,
  names: ServiceKeyNames,
  proxy: EgressProxy | null,
  log: Log,
): Authenticator {
  const open = (settings: OAuthSettings) => new OAuthClient(settings, proxy, log);
  const current = currentServices(path, names, open, log);
  return {
    identify: async (token) => {
      const hash = createHash('sha256').update(token).digest();
      // All are compared, whichever fits, so that the time tells nothing.
      const found = current().filter(({ hashes }) =>
        hashes.map((known) => timingSafeEqual(known, hash)).includes(true),
      );
      return found[0]?.caller ?? null;
    },
  };
}

/**
 * Looks whether a file of service keys can be used.
 *
 * @throws {Error} where it cannot, with one line that says what is wrong
 */
export function checkServiceKeys(path: string, names: ServiceKeyNames): void {
  parseServices(path, readText(path), names, () => null);
}

/** What the file says, looked at each second. */
function currentServices(
  path: string,
  names: ServiceKeyNames,
  open: OpenClient,
  log: Log,
): () => Service[] {
  let text = readText(path);
  let services = parseServices(path, text, names, open);
  let readAt = performance.now();
  let failure = '';
  return () => {
    if (performance.now() - readAt < freshMs) return services;
    readAt = performance.now();
    try {
      const now = readText(path);
      if (now !== text) {
        services = parseServices(path, now, names, open);
        text = now;
        log.info({ services: services.map(({ caller }) => caller.name) }, 'service keys read anew');
      }
      failure = '';
    } catch (error) {
      // Said once for each thing that is wrong, not each second.
      const { message } = error as Error;
      if (message !== failure)
        log.error({ err: error }, 'service keys not read: the last ones hold');
      failure = message;
    }
    return services;
  };
}

function wrong(path: string, what: string): Error {
  return new Error(`SERVICE_KEYS_FILE: ${path}: ${what}`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw wrong(path, (error as Error).message);
  }
}

function parseServices(
  path: string,
  text: string,
  names: ServiceKeyNames,
  open: OpenClient,
): Service[] {
  const fail = (what: string) => wrong(path, what);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // JSON's own message quotes the text, which may be a key.
    throw fail('is not JSON');
  }
  const read = createServiceKeysFileDecoder().safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw fail(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { services } = read.data;
  const twice = repeated(services.map(({ name }) => name));
  if (twice !== undefined) throw fail(`two services have the name ${twice}`);
  if (repeated(services.flatMap(({ keys }) => [...new Set(keys)])) !== undefined) {
    throw fail('two services have the same key');
  }
  return services.map(({ name, keys, mutations, credentials, aerospikeClient }) => {
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
    const stored: HeaderValues = {
      get: (header) => readers.get(header)?.get() ?? null,
      refresh: () => {
        for (const reader of readers.values()) reader.refresh();
      },
    };
    const client = aerospikeClient === undefined ? null : open(aerospikeClient);
    const fetched = async (tokens: OAuthClient): Promise<HeaderValues> => {
      const authorization = await tokens.authorization();
      return {
        get: (header) => (header === aerospikeHeader ? authorization : null),
        refresh: () => tokens.reject(authorization),
      };
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

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

/** A file's text, read anew each second, or when refreshed: a credential may be changed without a restart. */
function freshValue(path: string) {
  let value: string | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const get = (): string | null => {
    if (performance.now() - readAt < freshMs) return value;
    readAt = performance.now();
    try {
      value = readFileSync(path, 'utf8').trim();
    } catch {
      // While it is replaced the last one holds; where there was none the credential is missing.
    }
    return value;
  };
  const refresh = () => {
    readAt = Number.NEGATIVE_INFINITY;
  };
  return { get, refresh };
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}
