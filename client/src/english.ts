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
function titleOf({ vendor }: { readonly vendor: MembershipVendor | null }): string {
  return vendor === null ? 'The system' : (titles[vendor] ?? vendor);
}

/** What happened, what is known of the change, and what to do where nothing was changed. */
function said(error: MembershipError, what: string, advice: string): string {
  if (error.outcome === 'NOT_APPLIED') return `${what}, so nothing was changed; ${advice}.`;
  const look = `look in ${titleOf(error)} before anything else`;
  const next = error.retryable ? `${look}, or try again, which is safe` : look;
  return `${what}, and it is not known whether the change was made; ${next}.`;
}

function inSeconds({ retryAfterSeconds: wait }: { readonly retryAfterSeconds?: number | null }) {
  if (wait == null) return 'in a while';
  const seconds = Math.max(1, Math.ceil(wait));
  if (seconds < 120) return seconds === 1 ? 'in a second' : `in ${seconds} seconds`;
  return `in ${Math.ceil(seconds / 60)} minutes`;
}

function quoting({ requestId }: { readonly requestId: string | null }): string {
  const who = 'tell whoever runs this service';
  return requestId === null ? who : `${who}, and quote ${requestId}`;
}

/** The last full stop would end the sentence too early. */
function inside(text: string): string {
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

function unavailable(error: {
  readonly vendor: MembershipVendor | null;
  readonly reason: UnavailableReason | null;
}): string {
  const reason = error.reason === null ? undefined : reasons[error.reason];
  return `${titleOf(error)} ${reason ?? 'is not available'}`;
}

const credentials = {
  MISSING: { what: 'has not been told who you are', advice: 'sign in there' },
  MALFORMED: { what: 'cannot be given your credentials as they are', advice: 'enter them anew' },
  REJECTED: { what: 'does not accept your credentials', advice: 'sign in there anew' },
} as const;

function unauthenticated(
  error: Pick<MembershipErrorOf<'AuthenticationError'>, 'vendor' | 'problem'>,
) {
  const { what, advice } = credentials[error.problem] ?? credentials.REJECTED;
  return { what: `${titleOf(error)} ${what}`, advice };
}

const made = () => 'The change was made; there is nothing left to do.';

/** What a request that gave no result says of its change, or of its read. */
function failed(error: GatewayError, what: string, advice: string): string {
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

function unread({ details }: ReadError, what: string, advice: string): string {
  return `${titleOf(details)} ${what}, so this cannot be shown; ${advice}.`;
}

/** What is told in English. */
export const english: Sentences = {
  AttachStreamLeaderSuccess: made,
  DetachStreamLeaderSuccess: made,
  RemoveGroupUserSuccess: made,
  RemoveOrgMemberSuccess: made,
  LeaveGroupSuccess: made,
  RemoveChatGroupMemberSuccess: made,

  InvalidInputError: (error) => {
    const why = error.issues.map(({ message }) => inside(message)).join('; ');
    const what = `${titleOf(error)} cannot take what was entered (${why})`;
    return said(error, what, 'correct it and try again');
  },
  AuthenticationError: (error) => {
    const { what, advice } = unauthenticated(error);
    return said(error, what, `${advice} and try again`);
  },
  PermissionDeniedError: (error) => {
    const { requiredPermission: needed } = error;
    const what = `You may not do this in ${titleOf(error)}`;
    const asked = needed === null ? 'for the right to do it' : `for the permission ${needed}`;
    return said(error, what, `ask its administrator ${asked}`);
  },
  NotFoundError: (error) => {
    const what = `${titleOf(error)} has no such membership, or does not let you see it`;
    return said(error, what, 'reload the list, since it may have ended already');
  },
  PreconditionFailedError: (error) => {
    const what = `${titleOf(error)} does not allow this as things stand there`;
    const why = error.vendorMessage === null ? '' : ` (${inside(error.vendorMessage)})`;
    return said(error, what + why, 'ask its administrator');
  },
  PlanRequiredError: (error) =>
    said(
      error,
      `The plan that is paid for ${titleOf(error)} does not include this`,
      'ask whoever manages the plan',
    ),
  LastOwnerError: (error) =>
    said(
      error,
      `The room in ${titleOf(error)} would be left without an owner`,
      'make somebody else an owner first',
    ),
  RateLimitedError: (error) =>
    said(
      error,
      `${titleOf(error)} takes no more requests for now`,
      `try again ${inSeconds(error)}`,
    ),
  VendorUnavailableError: (error) =>
    said(
      error,
      unavailable(error),
      error.retryable ? `try again ${inSeconds(error)}` : quoting(error),
    ),
  VendorContractError: (error) =>
    said(error, `${titleOf(error)} gave an answer that nobody expected`, quoting(error)),

  NOT_SENT: (error) =>
    failed(error, 'The request could not be sent', 'reload the page and try again'),
  ABORTED: (error) => failed(error, 'The request was given up before its answer came', 'try again'),
  NETWORK: (error) =>
    failed(error, 'The connection to the service failed', 'check it and try again'),
  UNEXPECTED_ANSWER: (error) =>
    failed(error, 'The service gave an answer that cannot be read', quoting(error)),
  UNAUTHENTICATED: (error) =>
    failed(error, 'The service does not know who you are', 'sign in anew and try again'),
  CALLER_LIMIT: (error) =>
    failed(error, 'You have asked for as much as one may', `try again ${inSeconds(error)}`),
  STOPPING: (error) => failed(error, 'The service is being restarted', 'try again in a moment'),
  REFUSED: (error) => failed(error, 'The service refused the request', quoting(error)),
  INTERNAL: (error) => failed(error, 'The service has a fault', quoting(error)),

  INVALID_INPUT_ERROR: (error) => {
    const why = (error.details.issues ?? []).map(({ message }) => inside(message)).join('; ');
    return unread(error, `cannot take what was entered (${why})`, 'correct it and try again');
  },
  AUTHENTICATION_ERROR: (error) => {
    const { what, advice } = credentials[error.details.problem ?? 'REJECTED'];
    return unread(error, what, `${advice} and try again`);
  },
  PERMISSION_DENIED_ERROR: (error) =>
    unread(error, 'does not let you see it', 'ask its administrator'),
  NOT_FOUND_ERROR: (error) =>
    unread(error, 'does not have it, or does not let you see it', 'ask its administrator'),
  PRECONDITION_FAILED_ERROR: (error) =>
    unread(error, 'does not allow this as things stand there', 'ask its administrator'),
  PLAN_REQUIRED_ERROR: (error) =>
    unread(error, 'does not include this in your plan', 'ask whoever manages the plan'),
  RATE_LIMITED_ERROR: (error) =>
    unread(error, 'takes no more requests for now', `try again ${inSeconds(error)}`),
  VENDOR_UNAVAILABLE_ERROR: (error) => {
    const advice = error.retryable ? `try again ${inSeconds(error)}` : quoting(error);
    return `${unavailable(error.details)}, so this cannot be shown; ${advice}.`;
  },
  VENDOR_CONTRACT_ERROR: (error) =>
    unread(error, 'gave an answer that nobody expected', quoting(error)),
  TOO_MANY_VENDOR_CALLS: (error) =>
    unread(error, 'would have to be asked too often', 'ask for less at a time'),
  RESULT_TOO_LARGE: () => 'This list is too long, so it cannot be shown; ask for less at a time.',
  OTHER: (error) => unread(error, 'could not be read', quoting(error)),

  otherwise: ({ outcome, retryable, message }) => {
    if (outcome === 'APPLIED') return made();
    const what = message === undefined ? 'The change was refused' : inside(message);
    if (outcome !== 'NOT_APPLIED') {
      return `${what}; look whether the change was made before you try again.`;
    }
    return `${what}; nothing was changed, and ${retryable ? 'you may try again later' : 'trying again will not help'}.`;
  },
};
