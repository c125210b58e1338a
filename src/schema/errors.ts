import {
  AuthenticationError,
  type CredentialProblem,
  type InputIssue,
  InvalidInputError,
  LastOwnerError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
  PlanRequiredError,
  PreconditionFailedError,
  RateLimitedError,
  type UnavailableReason,
  VendorContractError,
  VendorUnavailableError,
} from '../errors.ts';
import { builder } from './builder.ts';
import { ChangeResult } from './change.ts';
import { type ErrorMember, type ErrorType, MembershipErrorType } from './membership-error.ts';

const CredentialProblemType = builder.enumType('CredentialProblem', {
  description: 'What is wrong with a credential.',
  values: {
    MISSING: {
      description: 'A header that the vendor needs was not sent. The vendor was not called.',
    },
    MALFORMED: {
      description:
        'A header has not the form that it takes, or was sent twice. The vendor was not called.',
    },
    REJECTED: {
      description: 'The vendor answered 401: the credential is wrong, expired or revoked.',
    },
  } satisfies Record<CredentialProblem, { description: string }>,
});

const UnavailableReasonType = builder.enumType('UnavailableReason', {
  description: 'Why a vendor gave no usable answer, or was not asked.',
  values: {
    NOT_CONFIGURED: { description: 'This gateway has no URL for the vendor.' },
    CONNECTION: { description: 'No connection could be made, or it was lost.' },
    TIMEOUT: { description: 'No complete answer came in time.' },
    SERVER_ERROR: { description: 'The vendor answered with a 5xx status.' },
    CIRCUIT_OPEN: {
      description: 'The vendor failed too often of late; the gateway holds back. Nothing was sent.',
    },
    OVERLOADED: {
      description: 'Too many calls to this vendor are under way in this gateway. Nothing was sent.',
    },
    NOT_STARTED: {
      description:
        "The document's time or the process ended before this field began. Nothing was sent.",
    },
  } satisfies Record<UnavailableReason, { description: string }>,
});

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One thing that is wrong with the input.',
  fields: (t) => ({
    path: t.stringList({
      description: 'Where, from the arguments on, such as ["input", "streamId"].',
      resolve: (issue) => [...issue.path],
    }),
    message: t.exposeString('message', {
      description: 'What it takes and what it got, or what the vendor says of it.',
    }),
  }),
});

const interfaces = [MembershipErrorType, ChangeResult];

const refOf = <E extends MembershipError>(type: ErrorType<E>) =>
  builder.objectRef<ErrorMember<E>>(type.name);

const retryAfter =
  'Seconds to wait before sending it again, null where the vendor tells none that can be read.';

const InvalidInputErrorType = refOf(InvalidInputError).implement({
  description:
    "An argument breaks the vendor's rule (found before any call), or the vendor answered 400.",
  interfaces,
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueType],
      description: 'What is wrong, at least one.',
      resolve: ({ error }) => [...error.issues],
    }),
  }),
});

const AuthenticationErrorType = refOf(AuthenticationError).implement({
  description:
    'The request carries no usable credential for the vendor, or the vendor answered 401.',
  interfaces,
  fields: (t) => ({
    problem: t.field({
      type: CredentialProblemType,
      resolve: ({ error }) => error.problem,
      description: 'What is wrong with the credential.',
    }),
  }),
});

const PermissionDeniedErrorType = refOf(PermissionDeniedError).implement({
  description: 'The credential is good, and its owner may not do this.',
  interfaces,
  fields: (t) => ({
    requiredPermission: t.string({
      nullable: true,
      resolve: ({ error }) => error.requiredPermission,
      description:
        "The permission that the vendor's documentation asks for, null where it names none.",
    }),
  }),
});

const NotFoundErrorType = refOf(NotFoundError).implement({
  description: 'The thing or the membership does not exist, or the caller cannot see it.',
  interfaces,
});

const PreconditionFailedErrorType = refOf(PreconditionFailedError).implement({
  description:
    'The vendor refuses in the present state: Streams switched off, a room archived, an app that prevents it.',
  interfaces,
});

const PlanRequiredErrorType = refOf(PlanRequiredError).implement({
  description: "The vendor's tariff lacks the feature (402).",
  interfaces,
});

const LastOwnerErrorType = refOf(LastOwnerError).implement({
  description: 'The caller is the last owner of the room, and must name another owner first.',
  interfaces,
});

const RateLimitedErrorType = refOf(RateLimitedError).implement({
  description: "The vendor's rate limit is reached (429).",
  interfaces,
  fields: (t) => ({
    retryAfterSeconds: t.float({
      nullable: true,
      resolve: ({ error }) => error.retryAfterSeconds,
      description: retryAfter,
    }),
  }),
});

const VendorUnavailableErrorType = refOf(VendorUnavailableError).implement({
  description:
    'No usable answer, a 5xx, or the gateway did not send. Read outcome: the change may have been made.',
  interfaces,
  fields: (t) => ({
    reason: t.field({
      type: UnavailableReasonType,
      description: 'Why.',
      resolve: ({ error }) => error.reason,
    }),
    retryAfterSeconds: t.float({
      nullable: true,
      resolve: ({ error }) => error.retryAfterSeconds,
      description: retryAfter,
    }),
  }),
});

const VendorContractErrorType = refOf(VendorContractError).implement({
  description: 'The vendor gave an answer that no documented or known form covers. Read outcome.',
  interfaces,
});

/** The face that each class of errors has in the graph: a `builder.objectRef` of its own `ErrorMember`. */
export const errorTypes: ReadonlyMap<ErrorType, unknown> = new Map<ErrorType, unknown>([
  [InvalidInputError, InvalidInputErrorType],
  [AuthenticationError, AuthenticationErrorType],
  [PermissionDeniedError, PermissionDeniedErrorType],
  [NotFoundError, NotFoundErrorType],
  [PreconditionFailedError, PreconditionFailedErrorType],
  [PlanRequiredError, PlanRequiredErrorType],
  [LastOwnerError, LastOwnerErrorType],
  [RateLimitedError, RateLimitedErrorType],
  [VendorUnavailableError, VendorUnavailableErrorType],
  [VendorContractError, VendorContractErrorType],
]);

/** What every mutation may answer beside its success; some vendors have more. */
export const commonErrors: readonly ErrorType[] = [
  InvalidInputError,
  AuthenticationError,
  PermissionDeniedError,
  NotFoundError,
  RateLimitedError,
  VendorUnavailableError,
  VendorContractError,
];
