import type { MembershipVendor } from '../errors.ts';
import { builder } from './builder.ts';
import { MembershipVendorType } from './vendor.ts';

/** The mutations that end a membership, with their descriptions. */
const endings = {
  detachStreamLeader: 'Ends the leadership of a stream.',
  removeGroupUser: 'Ends the membership in a group.',
  removeOrgMember: 'Ends the membership in the organization.',
  leaveGroup: "Ends the caller's own membership in a private room.",
  removeChatGroupMember: "Ends another user's membership in a private room.",
};

/** The mutation that ends a membership, and its input. */
export interface Ending {
  readonly mutation: keyof typeof endings;
  readonly input: Readonly<Record<string, string>>;
}

/** A membership of a person in any vendor. */
export interface Membership {
  readonly vendor: MembershipVendor;
  /** The name of the stream, group or room. It is null for an organization, whose name needs a call of its own. */
  readonly name: string | null;
  readonly end: Ending;
}

const EndingMutationType = builder.enumType('EndingMutation', {
  description: 'A mutation that ends a membership.',
  values: Object.fromEntries(
    Object.entries(endings).map(([name, description]) => [name, { description }]),
  ) as Record<Ending['mutation'], { description: string }>,
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
