import {
  type InputIssue,
  InvalidInputError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
} from '../../errors.ts';
import { type Answer, header } from '../../upstream/response.ts';
import { isAnnouncedAsJson } from '../core/dialect.ts';
import { type Call, commonError, type Refusal, refused } from '../core/error-mapping.ts';
import { asObject, firstText, readJson } from '../core/json.ts';
import { readReply } from '../core/reply.ts';
import { rateLimitWait } from '../core/retry-after.ts';
import { vendorText } from '../core/sanitize.ts';

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
export function isAerospikeAnswer({ headers }: Answer, json: unknown): boolean {
  const object = asObject(json);
  const type = object?.['type'];
  if (typeof type === 'string' && type.startsWith('urn:aerospike:')) return true;
  return typeof object?.['message'] === 'string' && Boolean(header(headers, 'x-request-id'));
}

/** Returns whether the head of a cut answer is known of Aerospike: JSON, with the request id that all its answers bear. */
export function isAerospikeHead(answer: Answer): boolean {
  return isAnnouncedAsJson(answer) && Boolean(header(answer.headers, 'x-request-id'));
}

/**
 * What an answer that is no success means: the contract's column for Aerospike, after the vendor's
 * page "Remove org member" and the problem types of its newer documentation.
 */
export function aerospikeError(answer: Answer, call: Call): MembershipError {
  const body = asObject(readJson(answer));
  const type = body?.['type'];
  const refusal: Refusal = {
    vendor: 'AEROSPIKE',
    title,
    repeatable: call.repeatable,
    reply: readReply(
      answer,
      {
        code: firstText(body?.['code'], type),
        message: firstText(body?.['detail'], body?.['message'], body?.['title']),
      },
      call.redactor,
    ),
    ownWait: rateLimitWait(answer),
  };
  switch (answer.status) {
    case 400:
      if (typeof type === 'string' && type.endsWith('not-found')) {
        return new NotFoundError(refused(refusal, call.notFound));
      }
      return new InvalidInputError({
        ...refused(refusal, `${title} says that the input is not valid; see issues.`),
        issues: issues(body?.['context'], call, refusal.reply.message),
      });
    case 403:
      return new PermissionDeniedError({
        ...refused(refusal, `${title} does not allow this to the caller.`),
        requiredPermission: call.permission,
      });
    case 404:
      return new NotFoundError(refused(refusal, call.notFound));
    default:
      return commonError(answer, refusal);
  }
}

/**
 * Returns one issue for each field that the problem's context names as invalid or missing: the vendor's
 * OpenAPI, `ValidationErrorContext`.
 */
function issues(context: unknown, { redactor }: Call, said: string | null): InputIssue[] {
  const { invalid, missing } = asObject(context) ?? {};
  const clean = (raw: unknown, max = 500) => vendorText(raw, max, redactor);
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
