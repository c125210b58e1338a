import {
  InvalidInputError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
  PlanRequiredError,
} from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { isAnnouncedAsJson } from '../core/dialect.ts';
import {
  type MappedCall,
  mapCommonError,
  toErrorInit,
  type VendorRefusal,
} from '../core/error-mapping.ts';
import { asObject, readJson } from '../core/json.ts';
import { readReply } from '../core/reply.ts';
import { parseRateLimitWait } from '../core/retry-after.ts';

const title = 'Kaiten';

/** Whether JSON is Kaiten's error form: a text, or an object with a text `message` and no `id`. */
export function isKaitenError(json: unknown): boolean {
  const object = asObject(json);
  return typeof json === 'string' || (typeof object?.['message'] === 'string' && !('id' in object));
}

/**
 * Returns whether an answer that is no success is known of Kaiten: nothing, its error form except with
 * 403 and 404, or the bare string of a 401. A missing route and a missing member look the same.
 */
export function isKaitenAnswer(answer: VendorResponse, json: unknown): boolean {
  if (answer.text?.trim() === '') return true;
  if (answer.status === 403 || answer.status === 404) return false;
  return isKaitenError(json) || bareText(json, answer) !== null;
}

/** Returns whether the head of a cut answer is known of Kaiten, whose 403 and 404 have no body, and whose 401 is a text. */
export function isKaitenHead(answer: VendorResponse): boolean {
  const { status, headers } = answer;
  if (status === 403 || status === 404) return false;
  if (status === 401) return !/html/i.test(getHeader(headers, 'content-type') ?? '');
  return isAnnouncedAsJson(answer);
}

/**
 * What an answer that is no success means: the contract's column for Kaiten, after the vendor's page
 * "Remove user from group".
 */
export function mapKaitenError(answer: VendorResponse, call: MappedCall): MembershipError {
  const json = readJson(answer);
  const body = asObject(json);
  const refusal: VendorRefusal = {
    vendor: 'KAITEN',
    title,
    repeatable: call.repeatable,
    reply: readReply(
      answer,
      { code: body?.['code'], message: body?.['message'] ?? bareText(json, answer) },
      call.redactor,
    ),
    ownWait: parseRateLimitWait(answer),
  };
  switch (answer.status) {
    case 400:
      return new InvalidInputError({
        ...toErrorInit(refusal, `${title} says that the input is not valid; see issues.`),
        issues: [
          {
            path: ['input'],
            message: refusal.reply.message ?? `${title} does not say what is wrong.`,
          },
        ],
      });
    case 402:
      return new PlanRequiredError(
        toErrorInit(refusal, `${title}: the company's tariff lacks this feature.`),
      );
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

/** The bare string of a 401, JSON or not. */
function bareText(json: unknown, answer: VendorResponse): string | null {
  if (typeof json === 'string') return json;
  if (answer.status !== 401 || json !== undefined || answer.text === null) return null;
  // Frameworks send bare strings as HTML too, so a page is told by its markup, not by its content type.
  const isPageOrJson = /^\s*["{[<]/.test(answer.text);
  return isPageOrJson ? null : answer.text;
}
