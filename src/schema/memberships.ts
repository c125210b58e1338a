import { type EmailAddress, emailAddressRule, parseEmailAddress } from '../domain/email-address.ts';
import { ReadError } from '../read-error.ts';
import type { Reads } from '../vendors/index.ts';
import { builder } from './builder.ts';
import { ChatGroupType, readChatGroupName } from './chat/chat-group.ts';
import { ChatUserType } from './chat/chat-user.ts';
import { declareCost, declareCostOnce } from './cost.ts';
import { GroupType } from './group/group.ts';
import { GroupUserType } from './group/group-user.ts';
import { type Membership, MembershipType } from './membership.ts';
import { OrgMemberType } from './organization/org-member.ts';
import { OrganizationType } from './organization/organization.ts';
import { getReads } from './reads.ts';
import { PersonType } from './stream/person.ts';
import { StreamType } from './stream/stream.ts';
import { StreamLeadershipType } from './stream/stream-leadership.ts';

/** An item of what one of the reads of all memberships gives. */
type Found<Key extends keyof Reads, Method extends keyof Reads[Key]> = Reads[Key][Method] extends (
  email: EmailAddress,
) => Promise<readonly (infer Item)[]>
  ? Exclude<Item, Error>
  : never;

const StreamLeaderMembership = builder
  .objectRef<Membership & Found<'wethod', 'ledBy'>>('StreamLeaderMembership')
  .implement({
    description: 'The person leads a stream in Wethod.',
    interfaces: [MembershipType],
    fields: (t) => ({
      stream: t.expose('stream', { type: StreamType, description: 'The stream.' }),
      leadership: t.expose('leadership', {
        type: StreamLeadershipType,
        description: 'The link that says so.',
      }),
      person: t.expose('person', { type: PersonType, description: 'Who it is in Wethod.' }),
    }),
  });

const GroupMembership = builder
  .objectRef<Membership & Found<'kaiten', 'groupsByEmail'>>('GroupMembership')
  .implement({
    description: 'The person is a user of a group in Kaiten.',
    interfaces: [MembershipType],
    fields: (t) => ({
      group: t.expose('group', { type: GroupType, description: 'The group.' }),
      user: t.expose('user', { type: GroupUserType, description: 'Who it is in Kaiten.' }),
    }),
  });

const OrganizationMembership = builder
  .objectRef<Membership & { readonly member: Found<'aerospike', 'membersByEmail'> }>(
    'OrganizationMembership',
  )
  .implement({
    description: 'The person is a member of the Aerospike Cloud organisation of the access token.',
    interfaces: [MembershipType],
    fields: (t) => ({
      name: t.string({
        ...declareCostOnce(1),
        nullable: true,
        description: 'The name of the organisation: GET /organization.',
        resolve: async (_membership, _args, context, info) =>
          (await getReads(context, info).aerospike.organization())?.name ?? null,
      }),
      organization: t.field({
        ...declareCostOnce(1),
        type: OrganizationType,
        description: 'The organisation. What there is to tell of it costs GET /organization.',
        resolve: () => ({ details: null }),
      }),
      member: t.expose('member', { type: OrgMemberType, description: 'Who it is in Aerospike.' }),
    }),
  });

const ChatGroupMembership = builder
  .objectRef<Membership & Found<'rocketchat', 'roomsByEmail'>>('ChatGroupMembership')
  .implement({
    description: 'The person is a member of a private room of Rocket.Chat.',
    interfaces: [MembershipType],
    fields: (t) => ({
      name: t.string({
        // For each discussion one call of its own; the list for all rooms is among the calls of `chatGroups`.
        ...declareCost(1),
        nullable: true,
        description:
          "The room's display name: `GET groups.list`, and for a discussion `GET groups.info`. If neither shows it, the " +
          "name in the room's address.",
        resolve: ({ group }, _args, context, info) => readChatGroupName(group, context, info),
      }),
      chatGroup: t.expose('group', {
        ...declareCost(1),
        type: ChatGroupType,
        description: 'The room.',
      }),
      user: t.expose('user', { type: ChatUserType, description: 'Who it is in Rocket.Chat.' }),
      isCaller: t.exposeBoolean('isCaller', {
        description: 'Whether it is the caller, who leaves by leaveGroup; others are removed.',
      }),
    }),
  });

const Memberships = builder.objectRef<{ readonly email: EmailAddress }>('Memberships').implement({
  description:
    'Where a person is a member. Each list is read by itself: null, with an entry in errors, where its vendor fails.',
  fields: (t) => ({
    email: t.exposeString('email', {
      description:
        'The address in the form in which addresses are compared: without surrounding spaces, in lower case, composed ' +
        '(Unicode NFC), and with the domain in ASCII.',
    }),
    streamsLed: t.field({
      ...declareCost(2),
      type: [StreamLeaderMembership],
      nullable: true,
      description:
        'The streams that the person leads in Wethod.\n\nCosts one call for each 100 persons of the company (GET ' +
        '/api/persons) and, where somebody is found, one for each 100 streams (GET /api/streams). Permission: ' +
        'settings.team.',
      resolve: async ({ email }, _args, context, info) =>
        (await getReads(context, info).wethod.ledBy(email)).map((found) => {
          const { streamId, leaderId } = found.leadership;
          const end = { mutation: 'detachStreamLeader', input: { streamId, leaderId } } as const;
          return { ...found, vendor: 'WETHOD', name: found.stream.details?.name ?? null, end };
        }),
    }),
    groups: t.field({
      ...declareCost(2),
      type: [GroupMembership],
      // A group that is named and not listed is an error in its place: left out, it would not be there.
      nullable: { list: true, items: true },
      description:
        'The groups of Kaiten that the person is in.\n\nCosts one call (GET /company/users) and, if Kaiten names a group ' +
        'by its number only, one for each 100 groups (GET /company/groups). A group that Kaiten names like this and ' +
        'does not list is null, with an entry in errors. Permission: the administrative section "Members".',
      resolve: async ({ email }, _args, context, info) =>
        (await getReads(context, info).kaiten.groupsByEmail(email)).map((found) => {
          if (found instanceof Error) return Promise.reject(found);
          const input = { groupUid: found.group.groupUid, userId: found.user.userId };
          const end = { mutation: 'removeGroupUser', input } as const;
          return { ...found, vendor: 'KAITEN', name: found.group.details?.name ?? null, end };
        }),
    }),
    organizations: t.field({
      ...declareCost(1),
      type: [OrganizationMembership],
      nullable: true,
      description:
        'The Aerospike Cloud organisation of the access token, where the person is a member of it.\n\nCosts one call ' +
        'for each 100 members (GET /organization/members). Permission: read:org.',
      resolve: async ({ email }, _args, context, info) =>
        (await getReads(context, info).aerospike.membersByEmail(email)).map((member) => {
          const end = { mutation: 'removeOrgMember', input: { userId: member.userId } } as const;
          return { member, vendor: 'AEROSPIKE', name: null, end };
        }),
    }),
    chatGroups: t.field({
      // `me`, at most four forms of the address, the list of rooms, the caller's subscriptions, and 50 rooms one by one.
      ...declareCost(57),
      type: [ChatGroupMembership],
      nullable: true,
      description:
        'The private rooms of Rocket.Chat that the person is a member of, as far as the caller may see them.\n\nCosts ' +
        '`GET me` and, for the caller, one `GET groups.list` for each 100 rooms, and `GET subscriptions.get` if one of ' +
        'them is federated; for another user `GET users.info` (servers from 8.4 on), up to four times if the address ' +
        'has letters beyond ASCII. Permission to find other users by e-mail address: view-full-other-user-info. If the ' +
        "caller lacks the permission view-other-user-channels, the caller's own rooms are checked one by one, 50 at " +
        'most: `GET rooms.isMember`, or for an archived room `GET rooms.membersOrderedByRole`. With the permission, ' +
        'so are the federated rooms in which the user has no role.',
      resolve: async ({ email }, _args, context, info) =>
        (await getReads(context, info).rocketchat.roomsByEmail(email)).map((found) => {
          const { groupId } = found.group;
          const end = found.isCaller
            ? ({ mutation: 'leaveGroup', input: { groupId } } as const)
            : ({
                mutation: 'removeChatGroupMember',
                input: { groupId, userId: found.user.userId },
              } as const);
          return { ...found, vendor: 'ROCKETCHAT', name: null, end };
        }),
    }),
  }),
});

builder.queryField('memberships', (t) =>
  t.field({
    type: Memberships,
    nullable: true,
    description:
      'Where the person with an e-mail address is a member, in all four vendors, each membership with the mutation ' +
      'that ends it. Only the vendors whose lists are selected are asked. Credentials: those of the vendors whose ' +
      'lists are selected.',
    args: {
      email: t.arg.string({
        required: true,
        description:
          'An e-mail address. Case, Unicode normalization, surrounding spaces, and whether its domain is written in ' +
          'Unicode or ASCII do not matter.',
      }),
    },
    resolve: (_root, { email: raw }) => {
      const email = parseEmailAddress(raw);
      if (email !== null) return { email };
      const message = `Takes ${emailAddressRule}; got ${raw.length} characters that are none.`;
      throw ReadError.createForArgument(null, { path: ['email'], message });
    },
  }),
);
