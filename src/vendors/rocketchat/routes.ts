import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { asObject, parseBody } from '../core/body.ts';

/** How long a route is assumed to be missing, in ms: the server may be upgraded at any time. */
const missingForMs = 10 * 60 * 1000;

/** The time until which the server of a client is assumed to lack `rooms.membersOrderedByRole`, in ms of `performance.now()`. */
const missingUntil = new WeakMap<object, number>();

/**
 * Returns whether a response is that of a server whose version does not have the route. Up to 7.2 such a path falls through
 * to the web application, which responds with 200 and its HTML page; newer servers respond with 404 in plain text, and
 * proxies with 405. A 404 with `success: false` comes from a route that exists (`API.v1.notFound()`).
 */
export function isUnknownRoute(response: VendorResponse): boolean {
  switch (response.status) {
    case 200:
      return isHtmlPage(response);
    case 404:
      return asObject(parseBody(response))?.['success'] !== false;
    default:
      return response.status === 405;
  }
}

function isHtmlPage(response: VendorResponse): boolean {
  if (response.text === null || parseBody(response) !== undefined) return false;
  const type = getHeader(response.headers, 'content-type') ?? '';
  return /\bhtml\b/i.test(type) || response.text.trimStart().startsWith('<');
}

/**
 * Returns whether the server was found, within the last 10 minutes, to lack `rooms.membersOrderedByRole`.
 *
 * @param client the process's client of the server
 */
export function lacksMembersByRole(client: object | null): boolean {
  return client !== null && (missingUntil.get(client) ?? 0) > performance.now();
}

/** Remembers for 10 minutes that the server of a client lacks `rooms.membersOrderedByRole`. */
export function rememberNoMembersByRole(client: object | null): void {
  if (client !== null) missingUntil.set(client, performance.now() + missingForMs);
}
