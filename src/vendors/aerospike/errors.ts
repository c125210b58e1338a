import type { InputIssue } from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { asObject, findFirstText } from '../core/body.ts';
import { isAnnouncedAsJson, type VendorErrors } from '../core/dialect.ts';
import {
  mapErrors,
  toInvalidInput,
  toNotFound,
  toPermissionDenied,
  type VendorProblem,
} from '../core/error-mapping.ts';
import { sanitizeText } from '../core/reply.ts';

const maxIssues = 20;

/**
 * Aerospike's errors: a string `message`, or problem details (RFC 9457). The vendor's page "Remove org member" documents
 * the statuses, its newer documentation the problem types.
 */
export const aerospikeErrors: VendorErrors = {
  map: mapErrors(
    (_response, json) => {
      const { code, type, detail, message, title } = asObject(json) ?? {};
      return { code: findFirstText(code, type), message: findFirstText(detail, message, title) };
    },
    {
      400: (problem) =>
        findFirstText(problem.body?.['type'])?.endsWith('not-found')
          ? toNotFound(problem)
          : toAerospikeInvalidInput(problem),
      403: toPermissionDenied,
      404: toNotFound,
    },
  ),
  isErrorBody: (json) => {
    const { message, type, title } = asObject(json) ?? {};
    return typeof message === 'string' || (typeof type === 'string' && typeof title === 'string');
  },
  // Problem details of the vendor's own types, or a `message` with the `X-Request-Id` that all its responses have: many
  // gateways send problem details of other types, or `{"message":"Not Found"}`.
  isKnownResponse: (response, json) => {
    const { message, type } = asObject(json) ?? {};
    if (typeof type === 'string' && type.startsWith('urn:aerospike:')) return true;
    return typeof message === 'string' && hasRequestId(response);
  },
  isKnownHead: (response) => isAnnouncedAsJson(response) && hasRequestId(response),
};

function hasRequestId({ headers }: VendorResponse): boolean {
  return Boolean(getHeader(headers, 'x-request-id'));
}

const toAerospikeInvalidInput = toInvalidInput(readIssues);

/**
 * Returns one issue for each field that the problem's context names as invalid or missing: the vendor's OpenAPI,
 * `ValidationErrorContext`.
 */
function readIssues({ body, call: { redactor } }: VendorProblem, fallback: string): InputIssue[] {
  const { invalid, missing } = asObject(body?.['context']) ?? {};
  const clean = (raw: unknown, max = 500) => sanitizeText(raw, max, redactor);
  const createIssue = (pointer: unknown, message: string): InputIssue[] => {
    const names = typeof pointer === 'string' ? parsePointer(pointer) : [];
    const path = names.map((name) => clean(name, 100));
    const isReadable = path.length > 0 && path.every((name) => name !== null);
    return isReadable ? [{ path: ['input', ...path], message }] : [];
  };
  return [
    ...limitItems(invalid).flatMap((raw) => {
      const { field, description, type } = asObject(raw) ?? {};
      return createIssue(field, clean(description) ?? clean(type) ?? fallback);
    }),
    ...limitItems(missing).flatMap((field) => createIssue(field, 'This field is required.')),
  ].slice(0, maxIssues);
}

function limitItems(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.slice(0, maxIssues) : [];
}

/** Returns the names in a JSON Pointer (RFC 6901). */
function parsePointer(pointer: string): string[] {
  const names = pointer.split('/').slice(1, 10);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
