import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentials } from './gateway.ts';

/** Callers that a gateway knows by name. */
export interface NamedCallers extends AsyncDisposable {
  /** The part of the environment that makes them known. */
  readonly env: { readonly SERVICE_KEYS_FILE: string };
  /**
   * Returns the headers of a request of one of them.
   *
   * @param token stands in the vendors' credentials
   */
  as(name: string, token?: string): Record<string, string>;
  /** Takes a caller out of the file. */
  remove(name: string): Promise<void>;
}

/** A caller by name, with what else a file of service keys holds of it. */
export interface NamedCaller {
  readonly name: string;
  readonly credentials?: Readonly<Record<string, string>>;
}

/** Writes a file of service keys for callers with these names. */
export async function nameCallers(
  ...callers: readonly (string | NamedCaller)[]
): Promise<NamedCallers> {
  const named = callers.map((one) => (typeof one === 'string' ? { name: one } : one));
  const folder = await mkdtemp(join(tmpdir(), 'callers-'));
  const file = join(folder, 'keys.json');
  const hash = (key: string) => createHash('sha256').update(key).digest('hex');
  const write = (known: readonly NamedCaller[]) => {
    const services = known.map((one) => ({ ...one, keys: [hash(`key-of-${one.name}`)] }));
    return writeFile(file, JSON.stringify({ services }));
  };
  await write(named);
  return {
    env: { SERVICE_KEYS_FILE: file },
    as: (name, token = `token-of-${name}`) => ({
      ...credentials,
      authorization: `Bearer key-of-${name}`,
      'wethod-authorization': `Bearer ${token}`,
      'kaiten-authorization': `Bearer ${token}`,
      'aerospike-authorization': `Bearer ${token}`,
      'rocketchat-auth-token': token,
    }),
    remove: (removed) => write(named.filter(({ name }) => name !== removed)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
