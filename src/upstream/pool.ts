import type { Pool } from 'undici';
import { correctReading } from './connector.ts';
import { largestBody } from './content-coding.ts';
import { ProxiedPool } from './proxied-pool.ts';
import * as undici from './undici.ts';

/**
 * Idle time of a socket in ms, below the 5 s after which Node and many proxies close theirs: a
 * request written onto a socket that the vendor is just closing cannot be told from one that arrived.
 */
const keepAliveTimeout = 4_000;

/**
 * The connection pool of one vendor, or of whom else the gateway calls. It ends no call: who makes one does.
 *
 * @param origin scheme, host and port, without a path
 * @param timeoutMs what it may take to open a connection, in ms
 * @param proxy what the connections are tunnels of; null where they are direct
 * @param connections sockets that are opened at most
 */
export function createPool(
  origin: string,
  timeoutMs: number,
  proxy: URL | null,
  connections = 64,
): Pool | ProxiedPool {
  const options: Pool.Options = {
    connections,
    // An HTTP/2 client may replay a request by itself, and a POST must never be sent twice.
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout,
    keepAliveMaxTimeout: 60_000,
    keepAliveTimeoutThreshold: 1_000,
    maxResponseSize: largestBody,
    // Whoever calls ends what takes too long, to the ms and to the last byte. undici's timers are coarser, were seen
    // to fire early on reused sockets, and are set three times for each call.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const connect = undici.buildConnector({ timeout: timeoutMs, allowH2: false });
  return proxy === null
    ? new undici.Pool(origin, { ...options, connect: correctReading(connect) })
    : new ProxiedPool(origin, proxy, timeoutMs, options);
}
