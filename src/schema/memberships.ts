import { type EmailAddress, emailAddressRule, parseEmailAddress } from '../domain/email-address.ts';
import { ReadError } from '../read-error.ts';
import type { Reads } from '../vendors/index.ts';
import { builder } from './builder.ts';

/** An item that a vendor's reader finds by an e-mail address. */
export type FoundBy<
  Key extends keyof Reads,
  Method extends keyof Reads[Key],
> = Reads[Key][Method] extends (email: EmailAddress) => Promise<readonly (infer Item)[]>
  ? Exclude<Item, Error>
  : never;

/** The memberships of one person; each vendor's nouns add their list. */
export const MembershipsType = builder
  .objectRef<{ readonly email: EmailAddress }>('Memberships')
  .implement({
    description:
      'The memberships of one person. Each list is read independently: if its vendor fails, the list is null and has an entry in `errors`.',
    fields: (t) => ({
      email: t.exposeString('email', {
        description:
          'The normalized e-mail address that people are compared by: without surrounding spaces, in lower case, in ' +
          'Unicode normalization form C, and with the domain in ASCII.',
      }),
    }),
  });

builder.queryField('memberships', (t) =>
  t.field({
    type: MembershipsType,
    nullable: true,
    description:
      'Finds a person by e-mail address in all vendors and returns their memberships, each with the mutation that ' +
      'ends it. Only the vendors whose lists are selected are called, and only their credentials are required.',
    args: {
      email: t.arg.string({
        required: true,
        description:
          'The e-mail address of the person. Letter case, Unicode normalization, surrounding spaces, and whether the ' +
          'domain is written in Unicode or ASCII do not matter.',
      }),
    },
    resolve: (_root, { email: raw }) => {
      const email = parseEmailAddress(raw);
      if (email !== null) return { email };
      const message = `Expected ${emailAddressRule}, but received ${raw.length} characters that are not one.`;
      throw ReadError.createForArgument(null, { path: ['email'], message });
    },
  }),
);
