import {
  type InputIssue,
  InvalidInputError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
} from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { isAnnouncedAsJson } from '../core/dialect.ts';
import {
  type MappedCall,
  mapCommonError,
  toErrorInit,
  type VendorRefusal,
} from '../core/error-mapping.ts';
import { asObject, findFirstText, readJson } from '../core/json.ts';
import { readReply } from '../core/reply.ts';
import { parseRateLimitWait } from '../core/retry-after.ts';
import { sanitizeText } from '../core/sanitize.ts';

const title = 'Aerospike Cloud';
const maxIssues = 20;

/** Whether a body is one of Aerospike's error forms: a text `message`, or problem details (RFC 9457). */
export function isAerospikeError(json: unknown): boolean {
  const object = asObject(json);
  return (
    typeof object?.['message'] === 'string' ||
    (typeof object?.['type'] === 'string' && typeof object['title'] === 'string')
  );
}

/**
 * Returns whether an answer that is no success is known of Aerospike: problem details of its own types, or a
 * text `message` with the `X-Request-Id` that it sends with every answer. Many gateways send the former
 * with other types, or `{"message":"Not Found"}`.
 */
export function isAerospikeAnswer({ headers }: VendorResponse, json: unknown): boolean {
  const object = asObject(json);
  const type = object?.['type'];
  if (typeof type === 'string' && type.startsWith('urn:aerospike:')) return true;
  return typeof object?.['message'] === 'string' && Boolean(getHeader(headers, 'x-request-id'));
}

/** Returns whether the head of a cut answer is known of Aerospike: JSON, with the request id that all its answers bear. */
export function isAerospikeHead(answer: VendorResponse): boolean {
  return isAnnouncedAsJson(answer) && Boolean(getHeader(answer.headers, 'x-request-id'));
}

/**
 * What an answer that is no success means: the contract's column for Aerospike, after the vendor's
 * page "Remove org member" and the problem types of its newer documentation.
 */
export function mapAerospikeError(answer: VendorResponse, call: MappedCall): MembershipError {
  const body = asObject(readJson(answer));
  const type = body?.['type'];
  const refusal: VendorRefusal = {
    vendor: 'AEROSPIKE',
    title,
    repeatable: call.repeatable,
    reply: readReply(
      answer,
      {
        code: findFirstText(body?.['code'], type),
        message: findFirstText(body?.['detail'], body?.['message'], body?.['title']),
      },
      call.redactor,
    ),
    ownWait: parseRateLimitWait(answer),
  };
  switch (answer.status) {
    case 400:
      if (typeof type === 'string' && type.endsWith('not-found')) {
        return new NotFoundError(toErrorInit(refusal, call.notFound));
      }
      return new InvalidInputError({
        ...toErrorInit(refusal, `${title} says that the input is not valid; see issues.`),
        issues: issues(body?.['context'], call, refusal.reply.message),
      });
    case 403:
      return new PermissionDeniedError({
        ...toErrorInit(refusal, `${title} does not allow this to the caller.`),
        requiredPermission: call.permission,
      });
    case 404:
      return new NotFoundError(toErrorInit(refusal, call.notFound));
    default:
      return mapCommonError(answer, refusal);
  }
}

/**
 * Returns one issue for each field that the problem's context names as invalid or missing: the vendor's
 * OpenAPI, `ValidationErrorContext`.
 */
function issues(context: unknown, { redactor }: MappedCall, said: string | null): InputIssue[] {
  const { invalid, missing } = asObject(context) ?? {};
  const clean = (raw: unknown, max = 500) => sanitizeText(raw, max, redactor);
  const unclear = said ?? `${title} does not say what is wrong.`;
  const issue = (pointer: unknown, message: string): InputIssue[] => {
    const path =
      typeof pointer === 'string' ? namesOf(pointer).map((name) => clean(name, 100)) : [];
    const isReadable = path.length > 0 && path.every((name) => name !== null);
    return isReadable ? [{ path: ['input', ...path], message }] : [];
  };
  const found = [
    ...firstOf(invalid).flatMap((raw) => {
      const { field, description, type } = asObject(raw) ?? {};
      return issue(field, clean(description) ?? clean(type) ?? unclear);
    }),
    ...firstOf(missing).flatMap((field) => issue(field, 'This field is required.')),
  ].slice(0, maxIssues);
  return found.length > 0 ? found : [{ path: ['input'], message: unclear }];
}

function firstOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list.slice(0, maxIssues) : [];
}

/** The names that a JSON Pointer (RFC 6901) leads through. */
function namesOf(pointer: string): string[] {
  const names = pointer.split('/').slice(1, 10);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
