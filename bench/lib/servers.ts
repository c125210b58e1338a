import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Measured, startMeasured } from './process.ts';

/** The servers that are measured side by side. */
export const serverNames = ['bare', 'ours', 'mercurius', 'apollo', 'yoga', 'hive'] as const;

/** One of them. */
export type ServerName = (typeof serverNames)[number];

/** Those that a quick run takes, where one scene has shown all of them. */
export const fewServers: readonly ServerName[] = ['bare', 'ours'];

/** What a server is in the report. */
export const titles: Readonly<Record<ServerName, string>> = {
  bare: 'bare proxy: node:http, undici `request`',
  ours: '**membership-gateway**',
  mercurius: 'Mercurius with JIT',
  apollo: 'Apollo Server, datasource-rest',
  yoga: 'Yoga as the listener, global `fetch`',
  hive: 'Hive Gateway over OpenAPI documents',
};

/** The core of the servers; load and vendors have the other. */
export const serverCore = 0;

/** Where a server finds its vendors; what a vendor is to do is the first step of its path. */
export interface VendorUrls {
  readonly wethod: string;
  /** Wethod's where it is not given. */
  readonly aerospike?: string;
  /** Kaiten and Rocket.Chat, which only the gateway knows; off where not given. */
  readonly others?: string;
}

/** What a server is started with beside its vendors. */
export interface StartOptions {
  /** For the gateway alone. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node.js. */
  readonly flags?: readonly string[];
}

/** What counts calls and requests: on, and never the limit. */
const limited = [
  'WETHOD_RATE_LIMIT',
  'KAITEN_RATE_LIMIT',
  'AEROSPIKE_RATE_LIMIT',
  'ROCKETCHAT_RATE_LIMIT',
  'CALLER_REQUESTS',
  'CALLER_CHANGES',
];

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Starts one of the servers. */
export function startServer(
  name: ServerName,
  { wethod, aerospike = wethod, others }: VendorUrls,
  { env = {}, flags = [] }: StartOptions = {},
): Promise<Measured> {
  const urls = { WETHOD_URL: wethod, AEROSPIKE_URL: aerospike };
  if (name === 'hive') compose();
  if (name !== 'ours') {
    const main = at(name === 'hive' ? 'servers/hive/server.js' : `servers/${name}.js`);
    return startMeasured([...flags, main], urls, serverCore);
  }
  // A gateway without a log does not tell its port, and without an admin port has only one.
  const isSilent = env['LOG_LEVEL'] === 'silent';
  const told = isSilent ? [`--import=${at('lib/tell-port.ts')}`] : [];
  return startMeasured(
    [...flags, ...told, ...startFlags(), at('../src/main.ts')],
    {
      PORT: '0',
      ADMIN_PORT: isSilent ? 'off' : '0',
      ...urls,
      ...(others === undefined ? {} : { KAITEN_URL: others, ROCKETCHAT_URL: others }),
      ...Object.fromEntries(limited.map((variable) => [variable, '1000000/1'])),
      ...env,
    },
    serverCore,
    isSilent ? /port (\d+)/ : /127\.0\.0\.1:(\d+)\/graphql/,
  );
}

/** Starts what only carries bytes: see `servers/relay.js`. */
export function startRelay(vendorUrl: string): Promise<Measured> {
  return startMeasured([at('servers/relay.js')], { WETHOD_URL: vendorUrl }, serverCore);
}

/**
 * The flags that `npm start` gives to Node.js.
 *
 * @throws {Error} where they cannot be read from the script
 */
export function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(at('../package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  const [, flags] = /^(?:exec )?node ((?:--\S+ )*)src\/main\.ts$/.exec(scripts.start) ?? [];
  if (flags === undefined)
    throw new Error(
      `package.json: the script start is ${JSON.stringify(scripts.start)}; takes "exec node [flags] src/main.ts"`,
    );
  return flags.split(' ').filter(Boolean);
}

let isComposed = false;

/** Makes the supergraph of Hive Gateway, as is done once before it is deployed. */
function compose(): void {
  if (isComposed) return;
  execFileSync(process.execPath, [at('servers/hive/compose.js')], { stdio: 'inherit' });
  isComposed = true;
}
