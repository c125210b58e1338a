import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { asObject, readJson } from '../core/json.ts';

/** How long a route is taken to be missing, in ms: the server may be upgraded at any time. */
const missingForMs = 10 * 60 * 1000;

/** Until when, in ms as `performance.now()` reports them, the server behind a client is taken to lack `rooms.membersOrderedByRole`. */
const missingUntil = new WeakMap<object, number>();

/**
 * Returns whether an answer is a server's reply to a route that its version does not have. Up to 7.2 such a path falls
 * through to the web application, which answers 200 with its HTML page; newer servers answer 404 in plain text, and
 * proxies 405. A 404 with `success: false` is the answer of a route that exists (`API.v1.notFound()`).
 */
export function isUnknownRoute(answer: VendorResponse): boolean {
  switch (answer.status) {
    case 200:
      return isPage(answer);
    case 404:
      return asObject(readJson(answer))?.['success'] !== false;
    default:
      return answer.status === 405;
  }
}

function isPage(answer: VendorResponse): boolean {
  if (answer.text === null || readJson(answer) !== undefined) return false;
  const type = getHeader(answer.headers, 'content-type') ?? '';
  return /\bhtml\b/i.test(type) || answer.text.trimStart().startsWith('<');
}

/**
 * Returns whether the server was found, within the last 10 minutes, to lack `rooms.membersOrderedByRole`.
 *
 * @param client the process's client of the server
 */
export function lacksMembersByRole(client: object | null): boolean {
  return client !== null && (missingUntil.get(client) ?? 0) > performance.now();
}

/** Remembers for 10 minutes that the server behind a client lacks `rooms.membersOrderedByRole`. */
export function noteNoMembersByRole(client: object | null): void {
  if (client !== null) missingUntil.set(client, performance.now() + missingForMs);
}
