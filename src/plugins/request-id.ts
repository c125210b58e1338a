import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';

const valid = /^[A-Za-z0-9._-]{1,128}$/;
const ids = new WeakMap<Request, string>();

/** The id of a request: the one that its caller sent in `x-request-id`, or else a new one. */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const sent = request.headers.get('x-request-id');
  const id = sent !== null && valid.test(sent) ? sent : randomUUID();
  ids.set(request, id);
  return id;
}

/** Puts the request's id on its answer. */
export function useRequestId(): Plugin {
  return {
    onResponse({ request, response }) {
      response.headers.set('x-request-id', requestIdOf(request));
    },
  };
}
