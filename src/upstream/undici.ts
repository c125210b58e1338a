import { createRequire } from 'node:module';

type Undici = typeof import('undici');

const require = createRequire(import.meta.url);

// Only the parts of undici that call vendors, loaded by their own paths: its index also loads `fetch`, WebSockets and
// caches, which is 1.24 of a start's CPU (optimisations.md, undici).

/** A pool of connections to one origin. */
export const Pool: Undici['Pool'] = require('undici/lib/dispatcher/pool.js');
/** Creates the function that opens a pool's connections. */
export const buildConnector: Undici['buildConnector'] = require('undici/lib/core/connect.js');
/** The base class of pools. */
export const Dispatcher: Undici['Dispatcher'] = require('undici/lib/dispatcher/dispatcher.js');
/** The errors of undici. */
export const errors: Undici['errors'] = require('undici/lib/core/errors.js');

/**
 * Loads the agent that opens tunnels through a proxy, which few deployments need. It is loaded from the index: only there
 * pools get the methods with which it calls the proxy.
 */
export function loadProxyAgent(): Undici['ProxyAgent'] {
  return (require('undici') as Undici).ProxyAgent;
}
