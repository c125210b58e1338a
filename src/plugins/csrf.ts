import { refusal } from '../server/answer.ts';
import { isApi } from '../server/handler.ts';
import type { Rule } from '../server/rule.ts';

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
export function csrfRule(endpoint: string, preflighted: readonly string[]): Rule {
  return {
    before({ method, path, headers }) {
      if (!isApi(endpoint, path) || (method !== 'POST' && method !== 'GET')) return;
      if (!isSimple(headers.get('content-type'))) return;
      if (preflighted.some((name) => headers.has(name))) return;
      const message =
        'Refused, since any web page could have sent it: send the content-type application/json, or the header x-request-id.';
      return refusal(400, message, 'CSRF');
    },
  };
}

function isSimple(contentType: string | null): boolean {
  if (contentType === 'application/json') return false;
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return type === '' || simpleTypes.has(type);
}
