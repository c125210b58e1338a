import { createRequire } from 'node:module';

type Undici = typeof import('undici');

const require = createRequire(import.meta.url);

// Of undici only what calls the vendors, from where its index has it: the index loads `fetch`, WebSockets and
// caches besides, which took a tenth of a start.

/** A pool of connections to one origin. */
export const Pool: Undici['Pool'] = require('undici/lib/dispatcher/pool.js');
/** Makes what opens a pool's connections. */
export const buildConnector: Undici['buildConnector'] = require('undici/lib/core/connect.js');
/** What pools have in common. */
export const Dispatcher: Undici['Dispatcher'] = require('undici/lib/dispatcher/dispatcher.js');
/** What undici's calls fail with. */
export const errors: Undici['errors'] = require('undici/lib/core/errors.js');

/**
 * Loads what opens tunnels through a proxy, which few have. It takes the index: only there pools get the methods by
 * which it calls the proxy.
 */
export function loadProxyAgent(): Undici['ProxyAgent'] {
  return (require('undici') as Undici).ProxyAgent;
}
