import type { Plugin } from 'graphql-yoga';

/** What a page may send to another origin without being asked first (Fetch standard, "CORS-safelisted"). */
const simpleTypes = new Set([
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
export function useCsrfPrevention(endpoint: string, preflighted: readonly string[]): Plugin {
  return {
    onRequest({ request, url, fetchAPI, endResponse }) {
      const isApi = url.pathname === endpoint || url.pathname === `${endpoint}/`;
      if (!isApi || (request.method !== 'POST' && request.method !== 'GET')) return;
      if (!isSimple(request.headers.get('content-type'))) return;
      if (preflighted.some((name) => request.headers.has(name))) return;
      const message =
        'Refused, since any web page could have sent it: send the content-type application/json, or the header x-request-id.';
      const body = JSON.stringify({ errors: [{ message, extensions: { code: 'CSRF' } }] });
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      endResponse(new fetchAPI.Response(body, { status: 400, headers }));
    },
  };
}

function isSimple(contentType: string | null): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' || simpleTypes.has(type);
}
