import { createRequire } from 'node:module';
import { isLoopback } from '../config/parsers.ts';
import type { OAuthSettings, OAuthVendor } from './oauth-client.ts';

/** A vendor that issues access tokens, and the member of a service that configures a client of it. */
export interface OAuthClientField extends OAuthVendor {
  /** The member's name in the file, such as `exampleClient`. */
  readonly field: string;
  /** The credential header that the access token replaces. */
  readonly header: string;
  /** The token endpoint for a client that names none. */
  readonly tokenUrl: string;
}

/** The names that a service keys file may contain. */
export interface ServiceKeyNames {
  readonly mutations: ReadonlySet<string>;
  readonly credentialHeaders: ReadonlySet<string>;
  readonly oauthClients: readonly OAuthClientField[];
}

/** One service of the file. */
export interface ServiceEntry {
  readonly name: string;
  /** SHA-256 hashes in hex; two while a key is rotated. */
  readonly keys: readonly string[];
  /** The mutations that the service may call; absent for all. */
  readonly mutations?: readonly string[] | undefined;
  /** The file that contains the value of each credential header. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly clients: ReadonlyMap<OAuthClientField, OAuthSettings>;
}

const require = createRequire(import.meta.url);

/** Creates the decoder of a service. Only this loads zod: starts without a service keys file do not need it. */
function createDecoder(oauthClients: readonly OAuthClientField[]) {
  const { z } = require('zod') as typeof import('zod');
  const sha256 = z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in 64 lower-case hex digits');
  const client = (tokenUrl: string) =>
    z.strictObject({
      clientId: z.string().min(1),
      clientSecretFile: z.string().min(1),
      tokenUrl: z.url({ protocol: /^https?$/ }).default(tokenUrl),
    });
  const clients = oauthClients.map(({ field, tokenUrl }) => [field, client(tokenUrl).optional()]);
  const service = z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 of A-Z, a-z, 0-9, . _ -'),
    keys: z.array(sha256).min(1).max(2),
    mutations: z.array(z.string()).optional(),
    credentials: z.record(z.string(), z.string()).default({}),
    ...(Object.fromEntries(clients) as object),
  });
  return z.strictObject({ services: z.array(service) });
}

/**
 * Parses and checks the text of a service keys file.
 *
 * @throws {Error} with one line that describes the first problem and repeats no key
 */
export function parseServiceKeys(text: string, names: ServiceKeyNames): readonly ServiceEntry[] {
  const decoded = createDecoder(names.oauthClients).safeParse(parseJson(text));
  if (!decoded.success) {
    const [issue] = decoded.error.issues;
    throw new Error(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { services } = decoded.data;
  const repeatedName = findRepeated(services.map(({ name }) => name));
  if (repeatedName !== undefined) throw new Error(`two services have the name ${repeatedName}`);
  if (findRepeated(services.flatMap(({ keys }) => [...new Set(keys)])) !== undefined) {
    throw new Error('two services have the same key');
  }
  return services.map((service) => {
    const configured = service as Readonly<Record<string, unknown>>;
    const clients = names.oauthClients.flatMap((client): [OAuthClientField, OAuthSettings][] => {
      const settings = configured[client.field] as OAuthSettings | undefined;
      return settings === undefined ? [] : [[client, settings]];
    });
    const entry = { ...service, clients: new Map(clients) };
    checkService(entry, names);
    return entry;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text, which may be a key.
    throw new Error('is not JSON');
  }
}

function checkService(service: ServiceEntry, names: ServiceKeyNames): void {
  const { name, mutations, credentials, clients } = service;
  for (const [{ field, header }, { tokenUrl }] of clients) {
    if (!isSecure(new URL(tokenUrl))) {
      throw new Error(`${name}: tokenUrl expects https:// (http:// for loopback hosts only)`);
    }
    if (header in credentials) {
      throw new Error(`${name}: expects ${field} or credentials.${header}, not both`);
    }
  }
  for (const mutation of mutations ?? []) {
    if (!names.mutations.has(mutation)) {
      throw new Error(`${name}: there is no mutation ${mutation}`);
    }
  }
  for (const header of Object.keys(credentials)) {
    if (!names.credentialHeaders.has(header)) {
      throw new Error(`${name}: ${header} is not a credential header`);
    }
  }
}

function findRepeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}
