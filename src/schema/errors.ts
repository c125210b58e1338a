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
import { CredentialProblemType, InputIssueType, UnavailableReasonType } from './error-details.ts';
import { type ErrorMember, type ErrorType, MembershipErrorType } from './membership-error.ts';

const interfaces = [MembershipErrorType, ChangeResult];

const refOf = <E extends MembershipError>(type: ErrorType<E>) =>
  builder.objectRef<ErrorMember<E>>(type.name);

const retryAfter =
  'Seconds to wait before sending it again, null if no wait of at most 24 hours is named.';

interface Advice {
  readonly cause: string;
  readonly show: string;
  readonly act: string;
}

/** Why an error comes, what to show to people, what to do: `docs/errors.md` is made of it. */
function advised({ cause, show, act }: Advice): string {
  return `${cause}\n\nShow: ${show}\n\nDo: ${act}`;
}

const InvalidInputErrorType = refOf(InvalidInputError).implement({
  description: advised({
    cause:
      "An argument breaks the vendor's rule (found before any call), or the vendor answered 400.",
    show: 'what each of `issues` says, beside the input that its `path` names.',
    act: 'Mend the input. The same input gets the same answer.',
  }),
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
  description: advised({
    cause:
      'The request carries no usable credential for the vendor, the vendor answered 401, or Rocket.Chat requires a second factor.',
    show: 'that the person has to sign in at the vendor; anew where `problem` is `REJECTED`.',
    act: 'Send a good credential in the headers that `vendors { credentialHeaders }` names.',
  }),
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
  description: advised({
    cause: 'The credential is good, and its owner may not do this.',
    show: 'that the person may not do this, and `requiredPermission` where it is not null.',
    act: 'Ask an administrator of the vendor for the permission.',
  }),
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
  description: advised({
    cause: 'The thing or the membership does not exist, or the caller cannot see it.',
    show: 'that there is no such membership, or none that the person can see.',
    act: 'Load the list anew: somebody else may have ended it. Else look at the id, and at whose credentials were sent.',
  }),
  interfaces,
});

const PreconditionFailedErrorType = refOf(PreconditionFailedError).implement({
  description: advised({
    cause:
      'The vendor refuses in the present state: Streams switched off, a room archived, an app that prevents it.',
    show: 'that the vendor does not allow it as things are, and `vendorMessage`.',
    act: 'Change that state at the vendor, then send it again.',
  }),
  interfaces,
});

const PlanRequiredErrorType = refOf(PlanRequiredError).implement({
  description: advised({
    cause: "The vendor's tariff lacks the feature (402).",
    show: 'that the tariff of the company does not include this.',
    act: 'Tell whoever pays for the vendor.',
  }),
  interfaces,
});

const LastOwnerErrorType = refOf(LastOwnerError).implement({
  description: advised({
    cause: 'Whoever would go is the last owner of the room, and another owner must be named first.',
    show: 'that the room would be left without an owner.',
    act: 'Make somebody else an owner in Rocket.Chat, then send it again.',
  }),
  interfaces,
});

const RateLimitedErrorType = refOf(RateLimitedError).implement({
  description: advised({
    cause:
      "The vendor's rate limit is reached: it answered 429, or the gateway did not ask (`vendorStatus` is null).",
    show: 'when to try again, from `retryAfterSeconds`.',
    act: 'Wait so long, then send it again where `retryable` is true.',
  }),
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
  description: advised({
    cause:
      'No usable answer, a 5xx, or the gateway did not send. Read `outcome`: the change may have been made.',
    show: 'that the vendor cannot be reached, and by `outcome` that nothing was changed or that it is not known.',
    act: 'Send it again where `retryable` is true. Else look at the vendor first; after `NOT_CONFIGURED` tell whoever operates the gateway.',
  }),
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
  description: advised({
    cause:
      'The vendor gave an answer that no documented or known form covers, or something in between, such as a proxy, answered in its place. Read `outcome`.',
    show: 'that something is wrong between the gateway and the vendor, and by `outcome` that nothing was changed or that it is not known.',
    act: 'If `outcome` is `UNKNOWN`, look at the vendor first. Quote `requestId` to the operator of the gateway.',
  }),
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
