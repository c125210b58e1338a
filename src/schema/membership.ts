import type { MembershipVendor } from '../errors.ts';
import { builder } from './builder.ts';
import { MembershipVendorType } from './vendor.ts';

/** The mutations that end a membership, under their own names. */
const endings = {
  detachStreamLeader: 'Ends the leadership of a stream.',
  removeGroupUser: 'Ends the membership in a group.',
  removeOrgMember: 'Ends the membership in the organisation.',
  leaveGroup: "Ends the caller's own membership in a private room.",
  removeChatGroupMember: "Ends somebody else's membership in a private room.",
};

/** Which mutation ends a membership, and with which input. */
export interface Ending {
  readonly mutation: keyof typeof endings;
  readonly input: Readonly<Record<string, string>>;
}

/** What all memberships have in common. */
export interface Membership {
  readonly vendor: MembershipVendor;
  /** Of the stream, group or room; of an organization it takes a call of its own, and is null here. */
  readonly name: string | null;
  readonly end: Ending;
}

const EndingMutationType = builder.enumType('EndingMutation', {
  description: 'A mutation that ends a membership, under its own name.',
  values: Object.fromEntries(
    Object.entries(endings).map(([name, description]) => [name, { description }]),
  ) as Record<Ending['mutation'], { description: string }>,
});

const MembershipEndType = builder.objectRef<Ending>('MembershipEnd').implement({
  description: 'How a membership is ended.',
  fields: (t) => ({
    mutation: t.expose('mutation', {
      type: EndingMutationType,
      description: 'The name of the mutation.',
    }),
    input: t.expose('input', {
      type: 'JSONObject',
      description:
        'Its input, to be sent as it is: {"query": "mutation ($input: RemoveOrgMemberInput!) …", "variables": {"input": …}}.',
    }),
  }),
});

/** A membership of a person in whichever vendor. */
export const MembershipType = builder.interfaceRef<Membership>('Membership').implement({
  description: 'A place that a person has in one of the vendors.',
  fields: (t) => ({
    vendor: t.expose('vendor', { type: MembershipVendorType, description: 'In which vendor.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'The name of the stream, the group, the organisation or the room.',
    }),
    end: t.expose('end', {
      type: MembershipEndType,
      description: 'How it is ended. Whether the caller may end it shows when it is tried.',
    }),
  }),
});
