import type { Confirmed } from '../domain/change-results.ts';
import type { ChangeConfirmation, ChangeOutcome } from '../errors.ts';
import { builder } from './builder.ts';

const ChangeOutcomeType = builder.enumType('ChangeOutcome', {
  description: 'Whether a change took effect, as far as the gateway could determine.',
  values: {
    APPLIED: {
      description:
        'The requested state holds: it was confirmed after the change was sent. This does not prove that this request alone caused it.',
    },
    NOT_APPLIED: {
      description:
        'This request changed nothing: nothing reached the vendor, or the vendor refused the change.',
    },
    UNKNOWN: {
      description:
        'The vendor may or may not have made the change: the request was sent, but neither a response nor a follow-up read shows whether it took effect. Check the current state before you send it again.',
    },
  } satisfies Record<ChangeOutcome, { description: string }>,
});

const ChangeConfirmationType = builder.enumType('ChangeConfirmation', {
  description: 'The evidence that a change took effect.',
  values: {
    VENDOR_RESPONSE: { description: 'The vendor confirmed the change in its response.' },
    REPEAT: {
      description:
        'A repeated removal found nothing left to remove, and a follow-up read confirmed that.',
    },
    READ_BACK: {
      description:
        'A follow-up read shows the change, after the response was lost, was unclear, or came from something other than the vendor.',
    },
  } satisfies Record<ChangeConfirmation, { description: string }>,
});

/** The interface of the successes and errors of all mutations. */
export const ChangeResult = builder
  .interfaceRef<{ readonly outcome: ChangeOutcome; readonly isReplay: boolean }>('ChangeResult')
  .implement({
    description: 'The result of a mutation: a success or an error.',
    fields: (t) => ({
      outcome: t.expose('outcome', {
        type: ChangeOutcomeType,
        description:
          'Whether the change took effect: `APPLIED` on every success, `NOT_APPLIED` or `UNKNOWN` on every error.',
      }),
      isReplay: t.exposeBoolean('isReplay', {
        description:
          'Whether this request sent no change, and this is the result of an earlier or simultaneous request with the same `idempotencyKey`.',
      }),
    }),
  });

/** The interface of the successes of all mutations. */
export const ChangeSuccess = builder.interfaceRef<Confirmed>('ChangeSuccess').implement({
  description: 'The result of a mutation whose change took effect.',
  interfaces: [ChangeResult],
  fields: (t) => ({
    confirmedBy: t.expose('confirmedBy', {
      type: ChangeConfirmationType,
      description: 'The evidence that the change took effect.',
    }),
  }),
});
