import type { MembershipVendor } from '../errors.ts';
import { vendorKeys, vendors } from '../vendors/index.ts';
import { builder } from './builder.ts';
import { MembershipVendorType } from './vendor.ts';

/** The mutation that ends a membership, and its input. */
export interface Ending {
  readonly mutation: string;
  readonly input: Readonly<Record<string, string>>;
}

/** A membership of a person in any vendor. */
export interface Membership {
  readonly vendor: MembershipVendor;
  /** The name of the stream, group or room. It is null for an organization, whose name needs a call of its own. */
  readonly name: string | null;
  readonly end: Ending;
}

/** A change of a vendor, by the fields of its input. */
interface EndingChange<Field extends string> {
  readonly name: string;
  readonly vendor: MembershipVendor;
  readonly input: Readonly<Record<Field, unknown>>;
}

/** Returns the fields of a membership that follow from the change that ends it. */
export function describeEnd<Field extends string>(
  { name, vendor }: EndingChange<Field>,
  input: Readonly<Record<Field, string>>,
): Pick<Membership, 'vendor' | 'end'> {
  return { vendor, end: { mutation: name, input } };
}

const endings = vendorKeys
  .flatMap((key) => Object.values<{ name: string; ending?: string }>(vendors[key].changes))
  .flatMap(({ name, ending }) => (ending === undefined ? [] : [[name, { description: ending }]]));

const EndingMutationType = builder.enumType('EndingMutation', {
  description: 'A mutation that ends a membership.',
  values: Object.fromEntries(endings) as Record<string, { description: string }>,
});

const MembershipEndType = builder.objectRef<Ending>('MembershipEnd').implement({
  description: 'The mutation that ends a membership, and its input.',
  fields: (t) => ({
    mutation: t.expose('mutation', {
      type: EndingMutationType,
      description: 'The name of the mutation.',
    }),
    input: t.expose('input', {
      type: 'JSONObject',
      description:
        'The input of the mutation. Send it unchanged, as a variable: {"query": "mutation ($input: RemoveOrgMemberInput!) …", "variables": {"input": …}}.',
    }),
  }),
});

/** The interface of a {@link Membership}. */
export const MembershipType = builder.interfaceRef<Membership>('Membership').implement({
  description: 'A membership of a person in one of the vendors.',
  fields: (t) => ({
    vendor: t.expose('vendor', {
      type: MembershipVendorType,
      description: 'The vendor of the membership.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'The name of the stream, group, organization or room.',
    }),
    end: t.expose('end', {
      type: MembershipEndType,
      description:
        'The mutation that ends the membership. The vendor checks only at that time whether the caller is allowed to end it.',
    }),
  }),
});
