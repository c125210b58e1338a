import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EgressProxy } from '../config/egress.ts';
import type { Log } from '../telemetry/log.ts';
import type { HeaderValues } from '../vendors/core/credentials.ts';
import { OAuthClient, type OAuthSettings } from './oauth-client.ts';
import type { Authenticator, Caller } from './principal.ts';
import {
  type OAuthClientField,
  parseServiceKeys,
  type ServiceEntry,
  type ServiceKeyNames,
} from './service-keys-file.ts';

interface Service {
  readonly caller: Caller;
  readonly hashes: readonly Buffer[];
}

type CreateClient = (vendor: OAuthClientField, settings: OAuthSettings) => OAuthClient;

/** How long the contents of a file are used before it is read again, in ms. */
const freshMs = 1_000;

/**
 * Creates an authenticator of internal services by their keys, of which only hashes are stored. The file is reloaded
 * when it changes, so that keys are rotated without a restart. While it is invalid, the previous keys stay valid.
 *
 * @param path a JSON file: `{"services": [{"name", "keys": [SHA-256 …], "mutations"?, "credentials"?}]}`
 * @param proxy the proxy for calls to authorization servers; null for none
 * @throws {Error} if the file cannot be used at first, with one line that describes the problem
 */
export function loadServiceKeys(
  path: string,
  names: ServiceKeyNames,
  proxy: EgressProxy | null,
  log: Log,
): Authenticator {
  const createClient: CreateClient = (vendor, settings) =>
    new OAuthClient(vendor, settings, proxy, log);
  const getServices = watchServices(path, names, createClient, log);
  return {
    identify: async (token) => {
      const hash = createHash('sha256').update(token).digest();
      // Every hash is compared, whichever matches, so that the time reveals nothing.
      const matches = getServices().filter(({ hashes }) =>
        hashes.map((known) => timingSafeEqual(known, hash)).includes(true),
      );
      return matches[0]?.caller ?? null;
    },
  };
}

/**
 * Checks that a service keys file can be used.
 *
 * @throws {Error} if it cannot, with one line that describes the problem
 */
export function checkServiceKeys(path: string, names: ServiceKeyNames): void {
  parseFile(path, readFile(path), names);
}

/** Returns a function that returns the services of a file, reloaded at most once a second. */
function watchServices(
  path: string,
  names: ServiceKeyNames,
  createClient: CreateClient,
  log: Log,
): () => Service[] {
  const load = (text: string) =>
    parseFile(path, text, names).map((entry) => toService(entry, createClient));
  let text = readFile(path);
  let services = load(text);
  let readAt = performance.now();
  let failure = '';
  return () => {
    if (performance.now() - readAt < freshMs) return services;
    readAt = performance.now();
    try {
      const newText = readFile(path);
      if (newText !== text) {
        services = load(newText);
        text = newText;
        log.info({ services: services.map(({ caller }) => caller.name) }, 'service keys reloaded');
      }
      failure = '';
    } catch (error) {
      // Each problem is logged once, not every second.
      const { message } = error as Error;
      if (message !== failure) {
        log.error({ err: error }, 'failed to reload service keys; keeping previous');
      }
      failure = message;
    }
    return services;
  };
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw describeProblem(path, error);
  }
}

function parseFile(path: string, text: string, names: ServiceKeyNames): readonly ServiceEntry[] {
  try {
    return parseServiceKeys(text, names);
  } catch (error) {
    throw describeProblem(path, error);
  }
}

function describeProblem(path: string, error: unknown): Error {
  return new Error(`SERVICE_KEYS_FILE: ${path}: ${(error as Error).message}`);
}

function toService(entry: ServiceEntry, createClient: CreateClient): Service {
  const { name, keys, mutations, credentials, clients } = entry;
  const stored = readCredentials(credentials);
  const oauth = Array.from(clients, ([vendor, settings]) => ({
    header: vendor.header,
    client: createClient(vendor, settings),
  }));
  return {
    hashes: keys.map((key) => Buffer.from(key, 'hex')),
    caller: {
      name,
      id: `service:${name}`,
      mutations: mutations === undefined ? null : new Set(mutations),
      credentials: (incoming) => {
        const own = oauth.find(({ header }) => incoming.includes(header));
        return own === undefined ? stored : fetchCredentials(own.header, own.client);
      },
    },
  };
}

async function fetchCredentials(header: string, client: OAuthClient): Promise<HeaderValues> {
  const authorization = await client.authorize();
  return {
    get: (name) => (name === header ? authorization : null),
    refresh: () => client.reject(authorization),
  };
}

/** Returns the credential headers that are stored in files. */
function readCredentials(files: Readonly<Record<string, string>>): HeaderValues {
  const values = new Map(
    Object.entries(files).map(([header, path]) => [header, new FileValue(path)]),
  );
  return {
    get: (header) => values.get(header)?.get() ?? null,
    refresh: () => {
      for (const value of values.values()) value.refresh();
    },
  };
}

/** The text of a file, read again each second or when refreshed, so that credentials are rotated without a restart. */
class FileValue {
  readonly #path: string;
  #value: string | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(path: string) {
    this.#path = path;
  }

  get(): string | null {
    if (performance.now() - this.#readAt < freshMs) return this.#value;
    this.#readAt = performance.now();
    try {
      this.#value = readFileSync(this.#path, 'utf8').trim();
    } catch {
      // While the file is being replaced, the previous value is used. If there was none, the credential is missing.
    }
    return this.#value;
  }

  refresh(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }
}
