import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readImage } from '../../scripts/production/image.ts';
import { type Measured, startMeasured } from './process.ts';

/** The measured servers. */
export const serverNames = ['bare', 'ours', 'mercurius', 'apollo', 'yoga', 'hive'] as const;

/** The name of a measured server. */
export type ServerName = (typeof serverNames)[number];

/** The servers of a quick run, after one scene has included all of them. */
export const fewServers: readonly ServerName[] = ['bare', 'ours'];

/** The title of each server in the report. */
export const titles: Readonly<Record<ServerName, string>> = {
  bare: 'bare proxy: node:http, undici `request`',
  ours: '**membership-gateway**',
  mercurius: 'Mercurius with JIT',
  apollo: 'Apollo Server, datasource-rest',
  yoga: 'Yoga as the listener, global `fetch`',
  hive: 'Hive Gateway over OpenAPI documents',
};

/** The core of the servers. The load and the vendors use the other. */
export const serverCore = 0;

/** The URLs of a server's vendors. The first segment of the path selects a vendor's behavior. */
export interface VendorUrls {
  readonly wethod: string;
  /** The URL of Aerospike, by default Wethod's. */
  readonly aerospike?: string;
  /** The URLs of Kaiten and Rocket.Chat, for the gateway only. */
  readonly others?: string;
}

/** Options for starting a server. */
export interface StartOptions {
  /** Environment variables, for the gateway only. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node.js. */
  readonly flags?: readonly string[];
  /** Whether the gateway runs from source and not as the image's bundle, for flags that load modules of it. */
  readonly isFromSource?: boolean;
}

/** The gateway's timeouts for a vendor that hangs: none ends before a measurement does, nor in its queue. */
export const patientEnv = {
  VENDOR_TIMEOUT_MS: '600000',
  FIELD_TIMEOUT_MS: '1800000',
  REQUEST_TIMEOUT_MS: '1800000',
  SHUTDOWN_GRACE_MS: '1800001',
};

/** Limits that are on, but too high to be reached. */
const limited = [
  'WETHOD_RATE_LIMIT',
  'KAITEN_RATE_LIMIT',
  'AEROSPIKE_RATE_LIMIT',
  'ROCKETCHAT_RATE_LIMIT',
  'CALLER_REQUESTS',
  'CALLER_CHANGES',
];

const resolvePath = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Starts one of the servers. */
export function startServer(
  name: ServerName,
  { wethod, aerospike = wethod, others }: VendorUrls,
  { env = {}, flags = [], isFromSource = false }: StartOptions = {},
): Promise<Measured> {
  const urls = { WETHOD_URL: wethod, AEROSPIKE_URL: aerospike };
  if (name === 'hive') compose();
  if (name !== 'ours') {
    const main = resolvePath(name === 'hive' ? 'servers/hive/server.js' : `servers/${name}.js`);
    return startMeasured([...flags, main], urls, serverCore);
  }
  // A gateway without a log does not tell its port, and without an admin port has only one.
  const isSilent = env['LOG_LEVEL'] === 'silent';
  const told = isSilent ? [`--import=${resolvePath('lib/tell-port.ts')}`] : [];
  return startMeasured(
    [
      ...flags,
      ...told,
      ...startFlags(),
      resolvePath(isFromSource ? '../src/main.ts' : '../dist/main.js'),
    ],
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

/** Starts the relay, which only forwards bytes: see `servers/relay.js`. */
export function startRelay(vendorUrl: string): Promise<Measured> {
  return startMeasured([resolvePath('servers/relay.js')], { WETHOD_URL: vendorUrl }, serverCore);
}

/**
 * Returns the flags that the image gives to Node.js.
 *
 * @throws {Error} if the Dockerfile starts another program
 */
export function startFlags(): string[] {
  const { start } = readImage(readFileSync(resolvePath('../Dockerfile'), 'utf8'));
  const [command, ...args] = start;
  if (command !== 'node' || args.at(-1) !== 'dist/main.js') {
    throw new Error(`Dockerfile: expected node [flags] dist/main.js, received ${start.join(' ')}`);
  }
  return args.slice(0, -1);
}

let isComposed = false;

/** Composes Hive Gateway's supergraph, which is done once before a deployment. */
function compose(): void {
  if (isComposed) return;
  execFileSync(process.execPath, [resolvePath('servers/hive/compose.js')], { stdio: 'inherit' });
  isComposed = true;
}
