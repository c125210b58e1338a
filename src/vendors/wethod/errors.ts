import { type InputIssue, PreconditionFailedError } from '../../errors.ts';
import { asObject } from '../core/body.ts';
import { isAnnouncedAsJson, type VendorErrors } from '../core/dialect.ts';
import {
  type MappedCall,
  mapErrors,
  toErrorInit,
  toInvalidInput,
  toNotFound,
  toPermissionDenied,
  type VendorProblem,
} from '../core/error-mapping.ts';
import { sanitizeText } from '../core/reply.ts';

const maxIssues = 20;

/**
 * Wethod's errors: an object with a string `key`. The vendor's pages "Attach leader to stream" and "Detach leader from
 * stream" document the statuses.
 */
export const wethodErrors: VendorErrors = {
  map: mapErrors(
    (_response, json) => {
      const { key, message } = asObject(json) ?? {};
      return { code: key, message };
    },
    {
      400: toInvalidInput(readIssues),
      403: toPermissionDenied,
      404: toNotFound,
      412: (problem) =>
        new PreconditionFailedError(
          toErrorInit(
            problem,
            'Wethod cannot make the change in its current state: Streams may be switched off. Change that first.',
          ),
        ),
    },
  ),
  isErrorBody,
  isKnownResponse: (_response, json) => isErrorBody(json),
  isKnownHead: isAnnouncedAsJson,
};

function isErrorBody(json: unknown): boolean {
  return typeof asObject(json)?.['key'] === 'string';
}

function readIssues({ body, call }: VendorProblem, fallback: string): InputIssue[] {
  const failures = body?.['failures'];
  const list = Array.isArray(failures) ? failures.slice(0, maxIssues) : [];
  return list.flatMap((raw) => {
    const failure = asObject(raw);
    const message = sanitizeText(failure?.['message'], 500, call.redactor);
    const field = sanitizeText(failure?.['field'], 100, call.redactor);
    if (message === null && field === null) return [];
    const path = field === null ? ['input'] : ['input', toArgument(field, call)];
    return [{ path, message: message ?? fallback }];
  });
}

/** Returns the gateway's name of a field if it has one; the vendor may send any text, `constructor` too. */
function toArgument(field: string, { fields }: MappedCall): string {
  return Object.hasOwn(fields, field) ? (fields[field] ?? field) : field;
}
