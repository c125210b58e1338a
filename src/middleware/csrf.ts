import { isApi } from '../server/handler.ts';
import type { Middleware } from '../server/middleware.ts';
import { refuse } from '../server/response.ts';

/**
 * What a page may send to another origin without a preflight, or without any content type (Fetch standard,
 * "CORS-safelisted request-header"). A malformed one is not among it.
 */
const simpleTypes = new Set([
  '',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/**
 * Refuses requests that any page could send without a preflight: those to the API whose content type is
 * a form's or none, unless they bear a header that only a preflight lets through.
 *
 * @param endpoint the API's path
 * @param preflighted headers that no page can send without a preflight, in lower case
 */
export function createCsrfPrevention(endpoint: string, preflighted: readonly string[]): Middleware {
  return {
    before(incoming) {
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
