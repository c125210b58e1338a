import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCost } from '../cost.ts';
import { describeEnd, type Membership, MembershipType } from '../membership.ts';
import { type FoundBy, MembershipsType } from '../memberships.ts';
import { getReads } from '../reads.ts';
import { GroupType } from './group.ts';
import { GroupUserType } from './group-user.ts';

const GroupMembership = builder
  .objectRef<Membership & FoundBy<'kaiten', 'groupsByEmail'>>('GroupMembership')
  .implement({
    description: 'The membership of a user in a group in Kaiten.',
    interfaces: [MembershipType],
    fields: (t) => ({
      group: t.expose('group', {
        type: GroupType,
        description: 'The group that the user belongs to.',
      }),
      user: t.expose('user', { type: GroupUserType, description: 'The user in Kaiten.' }),
    }),
  });

builder.objectField(MembershipsType, 'groups', (t) =>
  t.field({
    ...declareCost(2),
    type: [GroupMembership],
    // A group that the user has and the list lacks is an error in its place: if it were left out, it would seem not to exist.
    nullable: { list: true, items: true },
    description:
      'The groups that the person belongs to in Kaiten.\n\nThe field costs one call (GET /company/users) and, if Kaiten ' +
      'identifies a group only by its number, one for each 100 groups (GET /company/groups). If that list lacks a ' +
      'group, the item is null and has an entry in `errors`. Permission: the administrative section "Members".',
    resolve: async ({ email }, _args, context, info) =>
      (await getReads(context, info).kaiten.groupsByEmail(email)).map((found) => {
        if (found instanceof Error) return Promise.reject(found);
        const input = { groupUid: found.group.groupUid, userId: found.user.userId };
        const end = describeEnd(vendors.kaiten.changes.removeGroupUser, input);
        return { ...found, name: found.group.details?.name ?? null, ...end };
      }),
  }),
);
