import type { GatewayError, ReadError } from './errors.ts';
import type { Sentences } from './explain.ts';
import { addSuccesses } from './generated/by-mutation.ts';
import type { IdempotencyProblem, MembershipVendor, UnavailableReason } from './generated/types.ts';
import { titles } from './generated/vendors.ts';
import type { ChangeSuccess, MembershipError, MembershipErrorOf } from './results.ts';

/** Returns the name of a vendor. A vendor that is newer than this client has its name in the schema. */
function getTitle({ vendor }: { readonly vendor: MembershipVendor | null }): string {
  return vendor === null ? 'The system' : (titles[vendor] ?? vendor);
}

/** Explains a failed change: what happened, whether the change was made, and what to do. */
function explainFailure(error: MembershipError, what: string, advice: string): string {
  if (error.outcome === 'NOT_APPLIED') return `${what}, so nothing was changed; ${advice}.`;
  const look = `check ${getTitle(error)} before you do anything else`;
  const next = error.retryable ? `${look}, or try again, which is safe` : look;
  return `${what}, and it is not known whether the change was made; ${next}.`;
}

function formatWait({ retryAfterSeconds: wait }: { readonly retryAfterSeconds?: number | null }) {
  if (wait == null) return 'later';
  const seconds = Math.max(1, Math.ceil(wait));
  if (seconds < 120) return seconds === 1 ? 'in a second' : `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

function quoteRequestId({ requestId }: { readonly requestId: string | null }): string {
  const advice = 'contact the operator of this service';
  return requestId === null ? advice : `${advice} and quote ${requestId}`;
}

/** Removes the full stop of a text that becomes part of a sentence. */
function stripFullStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

const reasons: Readonly<Record<UnavailableReason, string>> = {
  NOT_CONFIGURED: 'is not configured in this service',
  CONNECTION: 'could not be reached',
  TIMEOUT: 'did not respond in time',
  SERVER_ERROR: 'reported a failure',
  CIRCUIT_OPEN: 'has failed too often recently and is paused',
  OVERLOADED: 'has too many requests waiting at the moment',
  NOT_STARTED: 'was not called before the time ran out',
};

function describeOutage(error: {
  readonly vendor: MembershipVendor | null;
  readonly reason: UnavailableReason | null;
}): string {
  const reason = error.reason === null ? undefined : reasons[error.reason];
  return `${getTitle(error)} ${reason ?? 'is not available'}`;
}

const credentials = {
  MISSING: { what: 'did not receive your credentials', advice: 'sign in there' },
  MALFORMED: { what: 'cannot accept your credentials in this form', advice: 'enter them again' },
  REJECTED: { what: 'does not accept your credentials', advice: 'sign in there again' },
} as const;

function describeCredentials(
  error: Pick<MembershipErrorOf<'AuthenticationError'>, 'vendor' | 'problem'>,
) {
  const { what, advice } = credentials[error.problem] ?? credentials.REJECTED;
  return { what: `${getTitle(error)} ${what}`, advice };
}

const keyProblems: Readonly<Record<IdempotencyProblem, { what: string; advice: string }>> = {
  IN_PROGRESS: { what: 'The same change is already in progress', advice: 'try again' },
  OTHER_INPUT: {
    what: 'This request was mistaken for another one',
    advice: 'try again with a new key',
  },
  MALFORMED: { what: 'The key of this request is malformed', advice: 'try again with a new key' },
  NOT_AVAILABLE: {
    what: 'This service cannot recognize repeated requests',
    advice: 'try again without a key',
  },
};

const confirmChange = ({ isReplay = false }: { readonly isReplay?: boolean }) =>
  `The change was made${isReplay ? ' by an earlier request' : ''}; there is nothing left to do.`;

/** Explains a request without a result: what happened, whether a change was made, and what to do. */
function explainRequestFailure(error: GatewayError, what: string, advice: string): string {
  switch (error.outcome) {
    case 'APPLIED':
      return `${what}, but the change was made; there is nothing left to do.`;
    case 'NOT_APPLIED':
      return `${what}, so nothing was changed; ${advice}.`;
    case 'UNKNOWN': {
      const next = error.retryable ? 'try again, which is safe' : 'check before you try again';
      return `${what}, and it is not known whether the change was made; ${next}.`;
    }
    default:
      return `${what}; ${advice}.`;
  }
}

function explainReadFailure({ details }: ReadError, what: string, advice: string): string {
  return `${getTitle(details)} ${what}, so this cannot be shown; ${advice}.`;
}

const failures: Omit<Sentences, ChangeSuccess['__typename']> = {
  InvalidInputError: (error) => {
    const why = error.issues.map(({ message }) => stripFullStop(message)).join('; ');
    const what = `${getTitle(error)} does not accept the input (${why})`;
    return explainFailure(error, what, 'correct it and try again');
  },
  AuthenticationError: (error) => {
    const { what, advice } = describeCredentials(error);
    return explainFailure(error, what, `${advice} and try again`);
  },
  PermissionDeniedError: (error) => {
    const { requiredPermission: needed } = error;
    const what = `You are not allowed to do this in ${getTitle(error)}`;
    const asked = needed === null ? 'for permission' : `for the permission ${needed}`;
    return explainFailure(error, what, `ask its administrator ${asked}`);
  },
  NotFoundError: (error) => {
    const what = `${getTitle(error)} has no such membership, or does not let you see it`;
    return explainFailure(error, what, 'reload the list, since it may have ended already');
  },
  PreconditionFailedError: (error) => {
    const what = `${getTitle(error)} does not allow this in its current state`;
    const why = error.vendorMessage === null ? '' : ` (${stripFullStop(error.vendorMessage)})`;
    return explainFailure(error, what + why, 'ask its administrator');
  },
  PlanRequiredError: (error) =>
    explainFailure(
      error,
      `The company's plan for ${getTitle(error)} does not include this`,
      'ask the person who manages the plan',
    ),
  LastOwnerError: (error) =>
    explainFailure(
      error,
      `The room in ${getTitle(error)} would be left without an owner`,
      'make another person an owner first',
    ),
  RateLimitedError: (error) =>
    explainFailure(
      error,
      `${getTitle(error)} accepts no more requests for now`,
      `try again ${formatWait(error)}`,
    ),
  IdempotencyError: (error) => {
    const { what, advice } = keyProblems[error.idempotencyProblem] ?? keyProblems.MALFORMED;
    return explainFailure(error, what, error.retryable ? `${advice} ${formatWait(error)}` : advice);
  },
  VendorUnavailableError: (error) =>
    explainFailure(
      error,
      describeOutage(error),
      error.retryable ? `try again ${formatWait(error)}` : quoteRequestId(error),
    ),
  VendorContractError: (error) =>
    explainFailure(error, `${getTitle(error)} sent an unexpected response`, quoteRequestId(error)),

  NOT_SENT: (error) =>
    explainRequestFailure(error, 'The request could not be sent', 'reload the page and try again'),
  ABORTED: (error) =>
    explainRequestFailure(
      error,
      'The request was cancelled before its response arrived',
      'try again',
    ),
  NETWORK: (error) =>
    explainRequestFailure(error, 'The connection to the service failed', 'check it and try again'),
  UNEXPECTED_ANSWER: (error) =>
    explainRequestFailure(
      error,
      'The service sent a response that cannot be read',
      quoteRequestId(error),
    ),
  UNAUTHENTICATED: (error) =>
    explainRequestFailure(
      error,
      'You are not signed in to this service',
      'sign in again and try again',
    ),
  CALLER_LIMIT: (error) =>
    explainRequestFailure(
      error,
      'You have reached a limit of this service',
      `try again ${formatWait(error)}`,
    ),
  STOPPING: (error) =>
    explainRequestFailure(error, 'The service is being restarted', 'try again in a moment'),
  REFUSED: (error) =>
    explainRequestFailure(error, 'The service rejected the request', quoteRequestId(error)),
  INTERNAL: (error) =>
    explainRequestFailure(error, 'The service had an internal error', quoteRequestId(error)),

  INVALID_INPUT_ERROR: (error) => {
    const why = (error.details.issues ?? [])
      .map(({ message }) => stripFullStop(message))
      .join('; ');
    return explainReadFailure(
      error,
      `does not accept the input (${why})`,
      'correct it and try again',
    );
  },
  AUTHENTICATION_ERROR: (error) => {
    const { what, advice } = credentials[error.details.problem ?? 'REJECTED'];
    return explainReadFailure(error, what, `${advice} and try again`);
  },
  PERMISSION_DENIED_ERROR: (error) =>
    explainReadFailure(error, 'does not let you see it', 'ask its administrator'),
  NOT_FOUND_ERROR: (error) =>
    explainReadFailure(
      error,
      'does not have it, or does not let you see it',
      'ask its administrator',
    ),
  PRECONDITION_FAILED_ERROR: (error) =>
    explainReadFailure(error, 'does not allow this in its current state', 'ask its administrator'),
  PLAN_REQUIRED_ERROR: (error) =>
    explainReadFailure(
      error,
      'does not include this in your plan',
      'ask the person who manages the plan',
    ),
  RATE_LIMITED_ERROR: (error) =>
    explainReadFailure(error, 'accepts no more requests for now', `try again ${formatWait(error)}`),
  VENDOR_UNAVAILABLE_ERROR: (error) => {
    const advice = error.retryable ? `try again ${formatWait(error)}` : quoteRequestId(error);
    return `${describeOutage(error.details)}, so this cannot be shown; ${advice}.`;
  },
  VENDOR_CONTRACT_ERROR: (error) =>
    explainReadFailure(error, 'sent an unexpected response', quoteRequestId(error)),
  TOO_MANY_VENDOR_CALLS: (error) =>
    explainReadFailure(error, 'would need too many requests', 'request less at a time'),
  RESULT_TOO_LARGE: () => 'This list is too long, so it cannot be shown; request less at a time.',
  OTHER: (error) => explainReadFailure(error, 'could not be read', quoteRequestId(error)),

  otherwise: (later) => {
    const { outcome, retryable, message } = later;
    if (outcome === 'APPLIED') return confirmChange(later);
    const what = message === undefined ? 'The change was rejected' : stripFullStop(message);
    if (outcome !== 'NOT_APPLIED') {
      return `${what}; check whether the change was made before you try again.`;
    }
    return `${what}; nothing was changed, and ${retryable ? 'you may try again later' : 'trying again will not help'}.`;
  },
};

/** The English sentences. */
export const english: Sentences = /* @__PURE__ */ addSuccesses(confirmChange, failures);
