import type { Pool } from 'undici';
import { correctReading } from './connector.ts';
import { largestBody } from './content-coding.ts';
import { ProxiedPool } from './proxied-pool.ts';
import * as undici from './undici.ts';

/**
 * The idle time of a socket in ms, below the 5 s after which Node and many proxies close theirs: a request on a socket that
 * the vendor closes at that moment cannot be distinguished from one that arrived.
 */
const keepAliveTimeout = 4_000;

/**
 * Creates the connection pool of one vendor, or of another server. It has no timeouts for calls: the caller ends them.
 *
 * @param origin scheme, host and port, without a path
 * @param timeoutMs the timeout for opening a connection, in ms
 * @param proxy the proxy that the connections are tunnelled through; null for direct connections
 * @param connections the most sockets
 */
export function createPool(
  origin: string,
  timeoutMs: number,
  proxy: URL | null,
  connections = 64,
): Pool | ProxiedPool {
  const options: Pool.Options = {
    connections,
    // An HTTP/2 client may repeat a request on its own, and a POST must never be sent twice.
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout,
    keepAliveMaxTimeout: 60_000,
    keepAliveTimeoutThreshold: 1_000,
    maxResponseSize: largestBody,
    // A connection that is never idle would stay at an old address forever.
    clientTtl: 60_000,
    // The caller ends calls that take too long, exact to the ms and to the last byte. undici's timers are coarser, fired
    // early on reused sockets, and are set three times for each call.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const connect = undici.buildConnector({ timeout: timeoutMs, allowH2: false });
  return proxy === null
    ? new undici.Pool(origin, { ...options, connect: correctReading(connect) })
    : new ProxiedPool(origin, proxy, timeoutMs, options);
}
