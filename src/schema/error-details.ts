import type { IdempotencyProblem } from '../changes/idempotency-error.ts';
import type { CredentialProblem, InputIssue, UnavailableReason } from '../errors.ts';
import { builder } from './builder.ts';

/** The enum of {@link CredentialProblem}. */
export const CredentialProblemType = builder.enumType('CredentialProblem', {
  description: 'The reason why a credential cannot be used.',
  values: {
    MISSING: {
      description: 'A header that the vendor requires is missing. The vendor was not called.',
    },
    MALFORMED: {
      description: 'A header is malformed or was sent more than once. The vendor was not called.',
    },
    REJECTED: {
      description:
        'The vendor rejected the credential: it is wrong, expired or revoked, or Rocket.Chat requires a second factor.',
    },
  } satisfies Record<CredentialProblem, { description: string }>,
});

/** The enum of {@link UnavailableReason}. */
export const UnavailableReasonType = builder.enumType('UnavailableReason', {
  description: 'The reason why there is no usable response from a vendor.',
  values: {
    NOT_CONFIGURED: { description: 'This gateway has no URL for the vendor.' },
    CONNECTION: { description: 'The connection could not be established, or it was lost.' },
    TIMEOUT: { description: 'No complete response arrived in time.' },
    SERVER_ERROR: {
      description: 'The vendor, or a proxy in front of it, responded with a 5xx status.',
    },
    CIRCUIT_OPEN: {
      description:
        'The vendor failed too often recently, so the gateway has paused all calls to it. Nothing was sent.',
    },
    OVERLOADED: {
      description:
        'Too many calls to this vendor are in flight or queued in this gateway. Nothing was sent.',
    },
    NOT_STARTED: {
      description:
        'The time for the document ran out, the gateway stopped, or its audit log or database could not be written, before this field began. Nothing was sent.',
    },
  } satisfies Record<UnavailableReason, { description: string }>,
});

/** The enum of {@link IdempotencyProblem}. */
export const IdempotencyProblemType = builder.enumType('IdempotencyProblem', {
  description: 'The reason why an idempotency key prevented a change from being sent.',
  values: {
    IN_PROGRESS: {
      description:
        'Another request with this key is in progress. Send the mutation again with the same key to get its result.',
    },
    OTHER_INPUT: {
      description: 'The key was used for another change. Use a key of its own for each change.',
    },
    MALFORMED: {
      description: 'The key does not consist of 1 to 255 visible ASCII characters.',
    },
    NOT_AVAILABLE: {
      description: 'This gateway has no database, which idempotency keys need.',
    },
  } satisfies Record<IdempotencyProblem, { description: string }>,
});

/** The object of {@link InputIssue}. */
export const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'A problem with one value of the input.',
  fields: (t) => ({
    path: t.stringList({
      description:
        'The path of the value, starting with the argument, such as `["input", "streamId"]`.',
      resolve: (issue) => [...issue.path],
    }),
    message: t.exposeString('message', {
      description:
        "The expected and the received value, or the vendor's own explanation of the problem.",
    }),
  }),
});
