import type { Plugin } from 'graphql-yoga';
import type { Lifecycle } from '../lifecycle.ts';

/** While the process stops: refuses new documents with 503, and tells keep-alive connections to close. */
export function useDrain(lifecycle: Lifecycle, endpoint: string): Plugin {
  return {
    onRequest({ url, fetchAPI, endResponse }) {
      if (!lifecycle.isStopping || !isUnder(endpoint, url.pathname)) return;
      const message = 'The gateway is stopping; nothing was begun. Send the request again.';
      const body = JSON.stringify({ errors: [{ message, extensions: { code: 'STOPPING' } }] });
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      endResponse(new fetchAPI.Response(body, { status: 503, headers }));
    },
    onResponse({ response }) {
      if (lifecycle.isStopping) response.headers.set('connection', 'close');
    },
  };
}

/** Yoga serves the endpoint with a slash behind it too. */
function isUnder(endpoint: string, pathname: string): boolean {
  return pathname === endpoint || pathname.startsWith(`${endpoint}/`);
}
