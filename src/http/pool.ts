import { Pool } from 'undici';

/** Sockets that the gateway opens to one vendor at most. */
export const connections = 64;

/** Largest answer that is read, in bytes. */
const maxResponseSize = 1024 * 1024;

/**
 * Idle time of a socket in ms, below the 5 s after which Node and many proxies close theirs: a
 * request written onto a socket that the vendor is just closing cannot be told from one that arrived.
 */
const keepAliveTimeout = 4_000;

/**
 * undici's own timers are coarse and were seen to fire early on reused sockets. The exact timer is
 * the attempt's; these stand behind it, in case that it is ever missed.
 */
const backstop = 2_000;

/**
 * The connection pool of one vendor.
 *
 * @param origin scheme, host and port, without a path
 * @param vendorTimeoutMs what one attempt may take, in ms
 */
export function createPool(origin: string, vendorTimeoutMs: number): Pool {
  return new Pool(origin, {
    connections,
    // An HTTP/2 client may replay a request by itself, and a POST must never be sent twice.
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout,
    keepAliveMaxTimeout: 60_000,
    keepAliveTimeoutThreshold: 1_000,
    maxResponseSize,
    connect: { timeout: vendorTimeoutMs },
    headersTimeout: vendorTimeoutMs + backstop,
    bodyTimeout: vendorTimeoutMs + backstop,
  });
}
