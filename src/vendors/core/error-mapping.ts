import {
  AuthenticationError,
  type InputIssue,
  InvalidInputError,
  type MembershipError,
  type MembershipVendor,
  NotFoundError,
  PermissionDeniedError,
  PlanRequiredError,
  RateLimitedError,
  VendorContractError,
  type VendorReply,
  VendorUnavailableError,
} from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import { asObject, parseBody } from './body.ts';
import type { Redactor } from './redactor.ts';
import { readReply } from './reply.ts';
import { parseRateLimitWait, parseRetryAfter } from './retry-after.ts';

/** The call that a response belongs to, as far as errors depend on it. */
export interface MappedCall {
  readonly vendor: { readonly id: MembershipVendor; readonly title: string };
  /** Whether the call may be sent twice: true for DELETE. */
  readonly isRepeatable: boolean;
  readonly redactor: Redactor;
  /** The message of a `NotFoundError`, which names what was not found. */
  readonly notFound: string;
  /** The permission that the vendor's documentation requires; null if it names none. */
  readonly permission: string | null;
  /** The gateway's argument for each field that the vendor may name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An error response whose body has been read. */
export interface VendorProblem {
  readonly call: MappedCall;
  readonly response: VendorResponse;
  /** The body as a JSON object; null if it is anything else. */
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly reply: VendorReply;
  /** The wait in ms that the vendor reports in its own way; null if it reports none. */
  readonly ownWaitMs: number | null;
}

/** The parts of an error body, unchecked. */
interface ErrorParts {
  readonly code: unknown;
  readonly message: unknown;
  readonly ownWaitMs?: number | null;
}

/** Makes the error of one status or of one type of errors. */
export type ErrorRow = (problem: VendorProblem) => MembershipError;

/**
 * Makes a vendor's error mapping from a table by status. Statuses that are not in it have the same meaning at every
 * vendor.
 *
 * @param readParts reads the vendor's code and message from its error body
 */
export function mapErrors(
  readParts: (response: VendorResponse, json: unknown) => ErrorParts,
  rows: Readonly<Record<number, ErrorRow>>,
): (response: VendorResponse, call: MappedCall) => MembershipError {
  return (response, call) => {
    const json = parseBody(response);
    const { code, message, ownWaitMs } = readParts(response, json);
    const problem: VendorProblem = {
      call,
      response,
      body: asObject(json),
      reply: readReply(response, { code, message }, call.redactor),
      ownWaitMs: parseRateLimitWait(response) ?? ownWaitMs ?? null,
    };
    return (rows[response.status] ?? toCommonError)(problem);
  };
}

/** Returns what every error of a rejection is made from: the vendor responded and made no change. */
export function toErrorInit({ call: { vendor }, reply }: VendorProblem, message: string) {
  return { vendor: vendor.id, reply, outcome: 'NOT_APPLIED', message } as const;
}

/** Returns the error for a status that means the same at every vendor, or that no vendor documents. */
export function toCommonError(problem: VendorProblem): MembershipError {
  const { title } = problem.call.vendor;
  const { status } = problem.response;
  if (status === 401) {
    const message = `${title} rejected the credential: it is wrong, expired or revoked. Send a valid one.`;
    return new AuthenticationError({ ...toErrorInit(problem, message), problem: 'REJECTED' });
  }
  if (status === 429) return toRateLimited(problem);
  if (status === 408 || status === 425) return toTimeout(problem);
  if (status >= 500 && status <= 599) return toServerError(problem);
  if (status >= 400 && status <= 499) {
    const message = `${title} rejected the request with status ${status}, which it does not document.`;
    return new VendorContractError(toErrorInit(problem, message));
  }
  return toContractError(problem);
}

/**
 * Returns the row for invalid input.
 *
 * @param readIssues reads what the vendor reports of single fields; its message is the only issue if there are none
 */
export function toInvalidInput(
  readIssues: (problem: VendorProblem, fallback: string) => readonly InputIssue[] = () => [],
  path: readonly string[] = ['input'],
): ErrorRow {
  return (problem) => {
    const { title } = problem.call.vendor;
    const fallback = problem.reply.message ?? `${title} does not report what is wrong.`;
    const issues = readIssues(problem, fallback);
    return new InvalidInputError({
      ...toErrorInit(problem, `${title} rejected the input. Correct it as described in issues.`),
      issues: issues.length > 0 ? issues : [{ path, message: fallback }],
    });
  };
}

/** Returns the error for a missing permission: by default the one that the call requires. */
export function toPermissionDenied(
  problem: VendorProblem,
  requiredPermission = problem.call.permission,
): PermissionDeniedError {
  const { title } = problem.call.vendor;
  const message = `${title} does not permit the caller to do this. Ask an administrator of ${title} for the permission.`;
  return new PermissionDeniedError({ ...toErrorInit(problem, message), requiredPermission });
}

/** Returns the error for something that does not exist, or that the caller cannot see. */
export function toNotFound(problem: VendorProblem): NotFoundError {
  return new NotFoundError(toErrorInit(problem, problem.call.notFound));
}

/** Returns the error for a feature that is not part of the company's plan. */
export function toPlanRequired(problem: VendorProblem): PlanRequiredError {
  const { title } = problem.call.vendor;
  const message = `The company's plan in ${title} does not include this feature. Upgrade the plan to use it.`;
  return new PlanRequiredError(toErrorInit(problem, message));
}

/** Returns the error for the vendor's rate limit. */
export function toRateLimited(problem: VendorProblem): RateLimitedError {
  const { vendor, isRepeatable } = problem.call;
  const message = `${vendor.title} rejected the request: its rate limit is reached. Send the request again later.`;
  return new RateLimitedError({
    ...toErrorInit(problem, message),
    isRepeatable,
    retryAfterSeconds: parseRetryAfter(problem.response, problem.ownWaitMs),
  });
}

/** Returns the error for a response in an unknown form, which may follow a change that was made. */
export function toContractError(problem: VendorProblem): VendorContractError {
  const message = describeUnreadable(problem.call.vendor);
  return new VendorContractError({ ...toErrorInit(problem, message), outcome: 'UNKNOWN' });
}

/** Returns the message for a response in an unknown form. */
export function describeUnreadable({ title }: { readonly title: string }): string {
  return `${title} sent a response that the gateway cannot interpret.`;
}

function toTimeout(problem: VendorProblem): VendorUnavailableError {
  const { vendor, isRepeatable } = problem.call;
  return new VendorUnavailableError({
    ...toErrorInit(problem, `${vendor.title} reported that the request took too long.`),
    outcome: 'UNKNOWN',
    isRepeatable,
    reason: 'TIMEOUT',
  });
}

// With these Cloudflare reports that it did not reach the vendor: the connection was refused (521), there is no route
// (523), TLS failed (525, 526), or the name was not found (530).
const unreachedStatuses = new Set([521, 523, 525, 526, 530]);

function toServerError(problem: VendorProblem): VendorUnavailableError {
  const { response, call } = problem;
  const { title } = call.vendor;
  const { status, headers } = response;
  const isUnreached = unreachedStatuses.has(status) && getHeader(headers, 'cf-ray') !== null;
  const message = isUnreached
    ? `${title} was not reached: Cloudflare, which is in front of it, responded with status ${status}. Send the request again later.`
    : `${title}, or a proxy in front of it, failed with status ${status}.`;
  return new VendorUnavailableError({
    ...toErrorInit(problem, message),
    outcome: isUnreached ? 'NOT_APPLIED' : 'UNKNOWN',
    isRepeatable: call.isRepeatable,
    reason: 'SERVER_ERROR',
    retryAfterSeconds: parseRetryAfter(response),
  });
}
