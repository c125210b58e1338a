import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { asObject } from '../core/body.ts';
import { isAnnouncedAsJson, type VendorErrors } from '../core/dialect.ts';
import {
  mapErrors,
  toInvalidInput,
  toNotFound,
  toPermissionDenied,
  toPlanRequired,
} from '../core/error-mapping.ts';

/**
 * Kaiten's errors: a string, or an object with a string `message` and no `id`. Its 403 and 404 have no body, its 401 is a
 * bare string. The vendor's page "Remove user from group" documents the statuses.
 */
export const kaitenErrors: VendorErrors = {
  map: mapErrors(
    (response, json) => {
      const { code, message } = asObject(json) ?? {};
      return { code, message: message ?? readBareText(json, response) };
    },
    {
      400: toInvalidInput(),
      402: toPlanRequired,
      403: toPermissionDenied,
      404: toNotFound,
    },
  ),
  isErrorBody,
  // A missing route and a missing member look the same: neither has a body.
  isKnownResponse: (response, json) => {
    if (response.text?.trim() === '') return true;
    if (response.status === 403 || response.status === 404) return false;
    return isErrorBody(json) || readBareText(json, response) !== null;
  },
  isKnownHead: (response) => {
    const { status, headers } = response;
    if (status === 403 || status === 404) return false;
    if (status === 401) return !/html/i.test(getHeader(headers, 'content-type') ?? '');
    return isAnnouncedAsJson(response);
  },
};

function isErrorBody(json: unknown): boolean {
  const object = asObject(json);
  return typeof json === 'string' || (typeof object?.['message'] === 'string' && !('id' in object));
}

/** Returns the bare string of a 401, JSON or not. */
function readBareText(json: unknown, response: VendorResponse): string | null {
  if (typeof json === 'string') return json;
  if (response.status !== 401 || json !== undefined || response.text === null) return null;
  // Frameworks send bare strings as HTML too, so a page is recognised by its markup, not by its content type.
  const isPageOrJson = /^\s*["{[<]/.test(response.text);
  return isPageOrJson ? null : response.text;
}
