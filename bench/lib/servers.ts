import { fileURLToPath } from 'node:url';
import { type Measured, startMeasured } from './process.ts';

/** The servers that are measured side by side. */
export const serverNames = ['bare', 'ours', 'mercurius', 'apollo', 'yoga'] as const;

/** One of them. */
export type ServerName = (typeof serverNames)[number];

/** What a server is in the report. */
export const titles: Readonly<Record<ServerName, string>> = {
  bare: 'bare proxy: node:http, undici `request`',
  ours: '**membership-gateway**',
  mercurius: 'Mercurius with JIT',
  apollo: 'Apollo Server, datasource-rest',
  yoga: 'Yoga as the listener, global `fetch`',
};

/** The core of the servers; load and vendors have the other. */
export const serverCore = 0;

/** What counts calls and requests: on, and never the limit. */
const limited = [
  'WETHOD_PACE',
  'KAITEN_PACE',
  'AEROSPIKE_PACE',
  'ROCKETCHAT_PACE',
  'CALLER_REQUESTS',
  'CALLER_CHANGES',
];

/** Those that `npm start` gives to Node.js. */
const ownFlags = ['--max-semi-space-size=16'];

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Starts one of the servers.
 *
 * @param vendorUrl the vendor, with what it is to do as the first step of the path
 */
export function startServer(
  name: ServerName,
  vendorUrl: string,
  { env = {}, flags = [] }: { env?: Record<string, string>; flags?: readonly string[] } = {},
): Promise<Measured> {
  if (name !== 'ours') {
    return startMeasured(
      [...flags, at(`servers/${name}.js`)],
      { VENDOR_URL: vendorUrl },
      serverCore,
    );
  }
  return startMeasured(
    [...flags, ...ownFlags, at('../src/main.ts')],
    {
      PORT: '0',
      ADMIN_PORT: '0',
      WETHOD_URL: vendorUrl,
      AEROSPIKE_URL: vendorUrl,
      ...Object.fromEntries(limited.map((variable) => [variable, '1000000/1'])),
      ...env,
    },
    serverCore,
    /127\.0\.0\.1:(\d+)\/graphql/,
  );
}
