import type { Confirmed } from '../domain/change-results.ts';
import type { ChangeConfirmation, ChangeOutcome } from '../errors.ts';
import { builder } from './builder.ts';

/** Whether a change is in place. */
const ChangeOutcomeType = builder.enumType('ChangeOutcome', {
  description: 'What is known of a change after the call.',
  values: {
    APPLIED: {
      description:
        'The requested state was seen to hold after the change was sent (which does not prove that this call alone caused it).',
    },
    NOT_APPLIED: {
      description:
        'This call made no change: nothing arrived at the vendor, or the vendor refused.',
    },
    UNKNOWN: {
      description:
        'The vendor may or may not have made the change: it was sent, and no answer settles it. Look before you send again.',
    },
  } satisfies Record<ChangeOutcome, { description: string }>,
});

const ChangeConfirmationType = builder.enumType('ChangeConfirmation', {
  description: 'How a success became known.',
  values: {
    VENDOR_RESPONSE: { description: 'The vendor said so.' },
    REPEAT: { description: 'A repeated removal found nothing left, and a read-back agreed.' },
    READ_BACK: {
      description:
        'A read shows it, after the answer was lost, was unclear, or came from something other than the vendor.',
    },
  } satisfies Record<ChangeConfirmation, { description: string }>,
});

/** What successes and errors have in common. */
export const ChangeResult = builder
  .interfaceRef<{ readonly outcome: ChangeOutcome }>('ChangeResult')
  .implement({
    description: 'The result of a mutation, success or error.',
    fields: (t) => ({
      outcome: t.expose('outcome', {
        type: ChangeOutcomeType,
        description: 'APPLIED on every success; NOT_APPLIED or UNKNOWN on every error.',
      }),
    }),
  });

/** What all successes have in common. */
export const ChangeSuccess = builder.interfaceRef<Confirmed>('ChangeSuccess').implement({
  description: 'A change that is in place.',
  interfaces: [ChangeResult],
  fields: (t) => ({
    confirmedBy: t.expose('confirmedBy', {
      type: ChangeConfirmationType,
      description: 'How that became known.',
    }),
  }),
});
