import type { GatewayError, ReadError } from './errors.ts';
import type { Sentences } from './explain.ts';
import type { MembershipVendor, UnavailableReason } from './generated/types.ts';
import type { MembershipError, MembershipErrorOf } from './results.ts';

const titles: Readonly<Record<MembershipVendor, string>> = {
  WETHOD: 'Wethod',
  KAITEN: 'Kaiten',
  AEROSPIKE: 'Aerospike Cloud',
  ROCKETCHAT: 'Rocket.Chat',
};

/** How people call a vendor; one that came later than this client by its name in the schema. */
function getTitle({ vendor }: { readonly vendor: MembershipVendor | null }): string {
  return vendor === null ? 'The system' : (titles[vendor] ?? vendor);
}

/** What happened, what is known of the change, and what to do where nothing was changed. */
function explainFailure(error: MembershipError, what: string, advice: string): string {
  if (error.outcome === 'NOT_APPLIED') return `${what}, so nothing was changed; ${advice}.`;
  const look = `look in ${getTitle(error)} before anything else`;
  const next = error.retryable ? `${look}, or try again, which is safe` : look;
  return `${what}, and it is not known whether the change was made; ${next}.`;
}

function formatWait({ retryAfterSeconds: wait }: { readonly retryAfterSeconds?: number | null }) {
  if (wait == null) return 'in a while';
  const seconds = Math.max(1, Math.ceil(wait));
  if (seconds < 120) return seconds === 1 ? 'in a second' : `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

function quoteRequestId({ requestId }: { readonly requestId: string | null }): string {
  const who = 'tell whoever runs this service';
  return requestId === null ? who : `${who}, and quote ${requestId}`;
}

/** The last full stop would end the sentence too early. */
function stripFullStop(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

const reasons: Readonly<Record<UnavailableReason, string>> = {
  NOT_CONFIGURED: 'is not set up in this service',
  CONNECTION: 'could not be reached',
  TIMEOUT: 'did not answer in time',
  SERVER_ERROR: 'has a fault',
  CIRCUIT_OPEN: 'has failed too often of late and is given a rest',
  OVERLOADED: 'has too much to do at the moment',
  NOT_STARTED: 'was not asked, since the time was over',
};

function describeOutage(error: {
  readonly vendor: MembershipVendor | null;
  readonly reason: UnavailableReason | null;
}): string {
  const reason = error.reason === null ? undefined : reasons[error.reason];
  return `${getTitle(error)} ${reason ?? 'is not available'}`;
}

const credentials = {
  MISSING: { what: 'has not been told who you are', advice: 'sign in there' },
  MALFORMED: { what: 'cannot be given your credentials as they are', advice: 'enter them anew' },
  REJECTED: { what: 'does not accept your credentials', advice: 'sign in there anew' },
} as const;

function describeCredentials(
  error: Pick<MembershipErrorOf<'AuthenticationError'>, 'vendor' | 'problem'>,
) {
  const { what, advice } = credentials[error.problem] ?? credentials.REJECTED;
  return { what: `${getTitle(error)} ${what}`, advice };
}

const confirmChange = () => 'The change was made; there is nothing left to do.';

/** What a request that gave no result says of its change, or of its read. */
function explainRequestFailure(error: GatewayError, what: string, advice: string): string {
  switch (error.outcome) {
    case 'APPLIED':
      return `${what}, but the change was made; there is nothing left to do.`;
    case 'NOT_APPLIED':
      return `${what}, so nothing was changed; ${advice}.`;
    case 'UNKNOWN':
      return `${what}, and it is not known whether the change was made; look before you try again.`;
    default:
      return `${what}; ${advice}.`;
  }
}

function explainReadFailure({ details }: ReadError, what: string, advice: string): string {
  return `${getTitle(details)} ${what}, so this cannot be shown; ${advice}.`;
}

/** What is told in English. */
export const english: Sentences = {
  AttachStreamLeaderSuccess: confirmChange,
  DetachStreamLeaderSuccess: confirmChange,
  RemoveGroupUserSuccess: confirmChange,
  RemoveOrgMemberSuccess: confirmChange,
  LeaveGroupSuccess: confirmChange,
  RemoveChatGroupMemberSuccess: confirmChange,

  InvalidInputError: (error) => {
    const why = error.issues.map(({ message }) => stripFullStop(message)).join('; ');
    const what = `${getTitle(error)} cannot take what was entered (${why})`;
    return explainFailure(error, what, 'correct it and try again');
  },
  AuthenticationError: (error) => {
    const { what, advice } = describeCredentials(error);
    return explainFailure(error, what, `${advice} and try again`);
  },
  PermissionDeniedError: (error) => {
    const { requiredPermission: needed } = error;
    const what = `You may not do this in ${getTitle(error)}`;
    const asked = needed === null ? 'for the right to do it' : `for the permission ${needed}`;
    return explainFailure(error, what, `ask its administrator ${asked}`);
  },
  NotFoundError: (error) => {
    const what = `${getTitle(error)} has no such membership, or does not let you see it`;
    return explainFailure(error, what, 'reload the list, since it may have ended already');
  },
  PreconditionFailedError: (error) => {
    const what = `${getTitle(error)} does not allow this as things stand there`;
    const why = error.vendorMessage === null ? '' : ` (${stripFullStop(error.vendorMessage)})`;
    return explainFailure(error, what + why, 'ask its administrator');
  },
  PlanRequiredError: (error) =>
    explainFailure(
      error,
      `The plan that is paid for ${getTitle(error)} does not include this`,
      'ask whoever manages the plan',
    ),
  LastOwnerError: (error) =>
    explainFailure(
      error,
      `The room in ${getTitle(error)} would be left without an owner`,
      'make somebody else an owner first',
    ),
  RateLimitedError: (error) =>
    explainFailure(
      error,
      `${getTitle(error)} takes no more requests for now`,
      `try again ${formatWait(error)}`,
    ),
  VendorUnavailableError: (error) =>
    explainFailure(
      error,
      describeOutage(error),
      error.retryable ? `try again ${formatWait(error)}` : quoteRequestId(error),
    ),
  VendorContractError: (error) =>
    explainFailure(
      error,
      `${getTitle(error)} gave an answer that nobody expected`,
      quoteRequestId(error),
    ),

  NOT_SENT: (error) =>
    explainRequestFailure(error, 'The request could not be sent', 'reload the page and try again'),
  ABORTED: (error) =>
    explainRequestFailure(error, 'The request was given up before its answer came', 'try again'),
  NETWORK: (error) =>
    explainRequestFailure(error, 'The connection to the service failed', 'check it and try again'),
  UNEXPECTED_ANSWER: (error) =>
    explainRequestFailure(
      error,
      'The service gave an answer that cannot be read',
      quoteRequestId(error),
    ),
  UNAUTHENTICATED: (error) =>
    explainRequestFailure(
      error,
      'The service does not know who you are',
      'sign in anew and try again',
    ),
  CALLER_LIMIT: (error) =>
    explainRequestFailure(
      error,
      'You have asked for as much as one may',
      `try again ${formatWait(error)}`,
    ),
  STOPPING: (error) =>
    explainRequestFailure(error, 'The service is being restarted', 'try again in a moment'),
  REFUSED: (error) =>
    explainRequestFailure(error, 'The service refused the request', quoteRequestId(error)),
  INTERNAL: (error) =>
    explainRequestFailure(error, 'The service has a fault', quoteRequestId(error)),

  INVALID_INPUT_ERROR: (error) => {
    const why = (error.details.issues ?? [])
      .map(({ message }) => stripFullStop(message))
      .join('; ');
    return explainReadFailure(
      error,
      `cannot take what was entered (${why})`,
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
    explainReadFailure(error, 'does not allow this as things stand there', 'ask its administrator'),
  PLAN_REQUIRED_ERROR: (error) =>
    explainReadFailure(error, 'does not include this in your plan', 'ask whoever manages the plan'),
  RATE_LIMITED_ERROR: (error) =>
    explainReadFailure(error, 'takes no more requests for now', `try again ${formatWait(error)}`),
  VENDOR_UNAVAILABLE_ERROR: (error) => {
    const advice = error.retryable ? `try again ${formatWait(error)}` : quoteRequestId(error);
    return `${describeOutage(error.details)}, so this cannot be shown; ${advice}.`;
  },
  VENDOR_CONTRACT_ERROR: (error) =>
    explainReadFailure(error, 'gave an answer that nobody expected', quoteRequestId(error)),
  TOO_MANY_VENDOR_CALLS: (error) =>
    explainReadFailure(error, 'would have to be asked too often', 'ask for less at a time'),
  RESULT_TOO_LARGE: () => 'This list is too long, so it cannot be shown; ask for less at a time.',
  OTHER: (error) => explainReadFailure(error, 'could not be read', quoteRequestId(error)),

  otherwise: ({ outcome, retryable, message }) => {
    if (outcome === 'APPLIED') return confirmChange();
    const what = message === undefined ? 'The change was refused' : stripFullStop(message);
    if (outcome !== 'NOT_APPLIED') {
      return `${what}; look whether the change was made before you try again.`;
    }
    return `${what}; nothing was changed, and ${retryable ? 'you may try again later' : 'trying again will not help'}.`;
  },
};
