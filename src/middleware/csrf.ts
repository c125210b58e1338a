import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import { refuse } from '../server/response.ts';

/**
 * The media types that a page may send to another origin without a preflight (Fetch standard, "CORS-safelisted
 * request-header"); empty for none. A malformed content type is not included, since it needs a preflight.
 */
const simpleTypes = new Set([
  '',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/**
 * Creates the middleware that rejects requests which any page could send without a preflight: those to the API whose
 * content type is that of a form or missing, unless they have a header that requires a preflight.
 *
 * @param endpoint the API's path
 * @param preflighted headers that no page can send without a preflight, in lower case
 */
export function createCsrfPrevention(endpoint: string, preflighted: readonly string[]): Middleware {
  return {
    onRequest(incoming) {
      const { method, path, headers, contentType } = incoming;
      if (!isApi(endpoint, path) || (method !== 'POST' && method !== 'GET')) return;
      const { mediaType } = contentType;
      if (mediaType === null || !simpleTypes.has(mediaType)) return;
      if (preflighted.some((name) => headers.has(name))) return;
      const message =
        'Any web page could have sent this request. Send the content-type application/json, or the header x-request-id or apollo-require-preflight.';
      return refuse(incoming, { status: 400, message, code: 'CSRF' });
    },
  };
}
