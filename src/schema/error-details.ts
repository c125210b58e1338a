import type { CredentialProblem, InputIssue, UnavailableReason } from '../errors.ts';
import { builder } from './builder.ts';

/** The enum of {@link CredentialProblem}. */
export const CredentialProblemType = builder.enumType('CredentialProblem', {
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
      description:
        'The vendor rejected the credential: it is wrong, expired or revoked, or Rocket.Chat requires a second factor.',
    },
  } satisfies Record<CredentialProblem, { description: string }>,
});

/** The enum of {@link UnavailableReason}. */
export const UnavailableReasonType = builder.enumType('UnavailableReason', {
  description: 'Why a vendor gave no usable answer, or was not asked.',
  values: {
    NOT_CONFIGURED: { description: 'This gateway has no URL for the vendor.' },
    CONNECTION: { description: 'No connection could be made, or it was lost.' },
    TIMEOUT: { description: 'No complete answer came in time.' },
    SERVER_ERROR: {
      description: 'The vendor, or a proxy in front of it, answered with a 5xx status.',
    },
    CIRCUIT_OPEN: {
      description:
        'The vendor failed too often recently, so that the gateway sends it no calls. Nothing was sent.',
    },
    OVERLOADED: {
      description:
        'Too many calls to this vendor are in flight or queued in this gateway. Nothing was sent.',
    },
    NOT_STARTED: {
      description:
        "The document's time or the process ended before this field began. Nothing was sent.",
    },
  } satisfies Record<UnavailableReason, { description: string }>,
});

/** The object of {@link InputIssue}. */
export const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
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
