import {
  type InputIssue,
  InvalidInputError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
  PreconditionFailedError,
} from '../../errors.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import {
  type MappedCall,
  mapCommonError,
  toErrorInit,
  type VendorRefusal,
} from '../core/error-mapping.ts';
import { asObject, readJson } from '../core/json.ts';
import { readReply } from '../core/reply.ts';
import { parseRateLimitWait } from '../core/retry-after.ts';
import { sanitizeText } from '../core/sanitize.ts';

const title = 'Wethod';
const maxIssues = 20;

/** Whether a body is Wethod's error form: an object with a text `key`. */
export function isWethodError(json: unknown): boolean {
  return typeof asObject(json)?.['key'] === 'string';
}

/**
 * What an answer that is no success means: the contract's column for Wethod, after the vendor's
 * pages "Attach leader to stream" and "Detach leader from stream".
 */
export function mapWethodError(answer: VendorResponse, call: MappedCall): MembershipError {
  const body = asObject(readJson(answer));
  const refusal: VendorRefusal = {
    vendor: 'WETHOD',
    title,
    repeatable: call.repeatable,
    reply: readReply(answer, { code: body?.['key'], message: body?.['message'] }, call.redactor),
    ownWait: parseRateLimitWait(answer),
  };
  switch (answer.status) {
    case 400:
      return new InvalidInputError({
        ...toErrorInit(refusal, `${title} says that the input is not valid; see issues.`),
        issues: issues(body?.['failures'], call, refusal.reply.message),
      });
    case 403:
      return new PermissionDeniedError({
        ...toErrorInit(refusal, `${title} does not allow this to the caller.`),
        requiredPermission: call.permission,
      });
    case 404:
      return new NotFoundError(toErrorInit(refusal, call.notFound));
    case 412:
      return new PreconditionFailedError(
        toErrorInit(
          refusal,
          `${title} refuses this in the present state; Streams may be switched off.`,
        ),
      );
    default:
      return mapCommonError(answer, refusal);
  }
}

function issues(failures: unknown, call: MappedCall, message: string | null): InputIssue[] {
  const list = Array.isArray(failures) ? failures.slice(0, maxIssues) : [];
  const found = list.flatMap((failure) => issue(asObject(failure), call));
  const fallback = { path: ['input'], message: message ?? `${title} does not say what is wrong.` };
  return found.length > 0 ? found : [fallback];
}

function issue(failure: ReturnType<typeof asObject>, call: MappedCall): InputIssue[] {
  const message = sanitizeText(failure?.['message'], 500, call.redactor);
  const field = sanitizeText(failure?.['field'], 100, call.redactor);
  if (message === null && field === null) return [];
  return [
    {
      path: field === null ? ['input'] : ['input', ownName(field, call)],
      message: message ?? `${title} does not say what is wrong.`,
    },
  ];
}

/** Our name of a field where we have one; the vendor's text may be any, `constructor` too. */
function ownName(field: string, { fields }: MappedCall): string {
  return Object.hasOwn(fields, field) ? (fields[field] ?? field) : field;
}
