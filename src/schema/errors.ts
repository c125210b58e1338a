import { IdempotencyError } from '../changes/idempotency-error.ts';
import {
  AuthenticationError,
  InvalidInputError,
  LastOwnerError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
  PlanRequiredError,
  PreconditionFailedError,
  RateLimitedError,
  VendorContractError,
  VendorUnavailableError,
} from '../errors.ts';
import { builder } from './builder.ts';
import { ChangeResult } from './change.ts';
import { describeError } from './description.ts';
import {
  CredentialProblemType,
  IdempotencyProblemType,
  InputIssueType,
  UnavailableReasonType,
} from './error-details.ts';
import { type ErrorMember, type ErrorType, MembershipErrorType } from './membership-error.ts';

const interfaces = [MembershipErrorType, ChangeResult];

/** Creates the reference of the type that shows a class of errors. */
function createErrorRef<E extends MembershipError>(type: ErrorType<E>) {
  return builder.objectRef<ErrorMember<E>>(type.name);
}

const retryAfterSeconds =
  'The number of seconds to wait before sending the mutation again. It is null if no wait of at most 24 hours is known.';

const InvalidInputErrorType = createErrorRef(InvalidInputError).implement({
  description: describeError({
    cause:
      "An argument breaks one of the vendor's rules (detected before any call), or the vendor responded with 400.",
    show: 'The `message` of each of the `issues`, next to the input that its `path` identifies.',
    act: 'Correct the input. The same input always gets the same error.',
  }),
  interfaces,
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueType],
      description: 'The problems of the input, at least one.',
      resolve: ({ error }) => [...error.issues],
    }),
  }),
});

const AuthenticationErrorType = createErrorRef(AuthenticationError).implement({
  description: describeError({
    cause:
      'The request has no usable credential for the vendor, the vendor responded with 401, or Rocket.Chat requires a second factor.',
    show: 'That the person must sign in to the vendor, or sign in again if `problem` is `REJECTED`.',
    act: 'Send a valid credential in the headers that `vendors { credentialHeaders }` lists.',
  }),
  interfaces,
  fields: (t) => ({
    problem: t.field({
      type: CredentialProblemType,
      resolve: ({ error }) => error.problem,
      description: 'The reason why the credential cannot be used.',
    }),
  }),
});

const PermissionDeniedErrorType = createErrorRef(PermissionDeniedError).implement({
  description: describeError({
    cause: 'The credential is valid, but its owner is not allowed to make this change.',
    show: 'That the person is not allowed to do this, and `requiredPermission` unless it is null.',
    act: 'Ask an administrator of the vendor for the permission.',
  }),
  interfaces,
  fields: (t) => ({
    requiredPermission: t.string({
      nullable: true,
      resolve: ({ error }) => error.requiredPermission,
      description:
        "The permission that the vendor's documentation requires. It is null if the documentation names none.",
    }),
  }),
});

const NotFoundErrorType = createErrorRef(NotFoundError).implement({
  description: describeError({
    cause:
      'The membership, or what it belongs to, does not exist, or the caller is not allowed to see it.',
    show: 'That there is no such membership, or none that the person is allowed to see.',
    act: 'Load the list again: the membership may have ended in the meantime. Otherwise check the IDs and whose credentials were sent.',
  }),
  interfaces,
});

const PreconditionFailedErrorType = createErrorRef(PreconditionFailedError).implement({
  description: describeError({
    cause:
      'The vendor refuses the change in the current state: for example, Streams is switched off, the room is archived, or an app prevents the change.',
    show: 'That the vendor does not allow the change in the current state, and `vendorMessage`.',
    act: 'Change that state in the vendor, then send the mutation again.',
  }),
  interfaces,
});

const PlanRequiredErrorType = createErrorRef(PlanRequiredError).implement({
  description: describeError({
    cause: "The company's plan with the vendor does not include this feature (402).",
    show: "That the company's plan does not include this feature.",
    act: "Ask the person who manages the company's plan with the vendor to upgrade it.",
  }),
  interfaces,
});

const LastOwnerErrorType = createErrorRef(LastOwnerError).implement({
  description: describeError({
    cause:
      'The person to remove is the last owner of the room. Another member must become an owner first.',
    show: 'That the room would be left without an owner.',
    act: 'Make another member an owner in Rocket.Chat, then send the mutation again.',
  }),
  interfaces,
});

const RateLimitedErrorType = createErrorRef(RateLimitedError).implement({
  description: describeError({
    cause:
      "The vendor's rate limit is reached: the vendor responded with 429, or the gateway did not send the request (`vendorStatus` is null).",
    show: 'When to try again, from `retryAfterSeconds`.',
    act: 'Wait for that time, then send the mutation again if `retryable` is true.',
  }),
  interfaces,
  fields: (t) => ({
    retryAfterSeconds: t.float({
      nullable: true,
      resolve: ({ error }) => error.retryAfterSeconds,
      description: retryAfterSeconds,
    }),
  }),
});

const VendorUnavailableErrorType = createErrorRef(VendorUnavailableError).implement({
  description: describeError({
    cause:
      'The vendor sent no usable response or a 5xx status, or the gateway did not send the request. Check `outcome`: the change may have been made.',
    show: 'That the vendor cannot be reached and, depending on `outcome`, that nothing was changed or that the result is not known.',
    act: 'If `retryable` is true, send the mutation again. Otherwise check the current state in the vendor first. After `NOT_CONFIGURED`, inform the operator of the gateway.',
  }),
  interfaces,
  fields: (t) => ({
    reason: t.field({
      type: UnavailableReasonType,
      description: 'The reason why there is no usable response.',
      resolve: ({ error }) => error.reason,
    }),
    retryAfterSeconds: t.float({
      nullable: true,
      resolve: ({ error }) => error.retryAfterSeconds,
      description: retryAfterSeconds,
    }),
  }),
});

const VendorContractErrorType = createErrorRef(VendorContractError).implement({
  description: describeError({
    cause:
      'The response has a form that is neither documented nor known, or it came from something in between, such as a proxy. Check `outcome`.',
    show: 'That the gateway and the vendor do not understand each other and, depending on `outcome`, that nothing was changed or that the result is not known.',
    act: 'If `outcome` is `UNKNOWN`, check the current state in the vendor first. Report `requestId` to the operator of the gateway.',
  }),
  interfaces,
});

const IdempotencyErrorType = createErrorRef(IdempotencyError).implement({
  description: describeError({
    cause: 'The `idempotencyKey` prevented the change from being sent: `problem` says why.',
    show: 'After `IN_PROGRESS`, that the change is still in progress. The other problems are faults of the program.',
    act: 'After `IN_PROGRESS`, send the mutation again with the same key after `retryAfterSeconds`. Otherwise correct the key, or send the mutation without one.',
  }),
  interfaces,
  fields: (t) => ({
    problem: t.field({
      type: IdempotencyProblemType,
      description:
        'The reason why nothing was sent. Select it with an alias next to `problem` of `AuthenticationError`, which has another type.',
      resolve: ({ error }) => error.problem,
    }),
    retryAfterSeconds: t.float({
      nullable: true,
      resolve: ({ error }) => error.retryAfterSeconds,
      description: retryAfterSeconds,
    }),
  }),
});

/** The GraphQL type of each class of errors: a `builder.objectRef` of its `ErrorMember`. */
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
  [IdempotencyError, IdempotencyErrorType],
]);

/** The errors that every mutation can return; the mutations of some vendors can return more. */
export const commonErrors: readonly ErrorType[] = [
  InvalidInputError,
  AuthenticationError,
  PermissionDeniedError,
  NotFoundError,
  RateLimitedError,
  VendorUnavailableError,
  VendorContractError,
  IdempotencyError,
];
