import { PlanRequiredError } from '../../errors.ts';
import { vendors } from '../../vendors/index.ts';
import { declareCost } from '../cost.ts';
import { defineChange } from '../define-change.ts';
import { findGroup, GroupType } from './group.ts';
import { GroupUserType } from './group-user.ts';

defineChange(vendors.kaiten.changes.removeGroupUser, {
  purpose: 'Removes a user from a group in Kaiten.',
  errors: [PlanRequiredError],
  input: 'The group and the user to remove.',
  ids: {
    groupUid: "Kaiten's UID of the group (not its numeric ID)",
    userId: "Kaiten's ID of the user to remove",
  },
  state: 'the user is no longer in the group',
  fields: (t) => ({
    groupUid: t.exposeID('groupUid', {
      description: "Kaiten's UID of the group, from the input.",
    }),
    userId: t.exposeID('userId', { description: "Kaiten's ID of the user, from the input." }),
    user: t.expose('user', {
      type: GroupUserType,
      nullable: true,
      description: "The removed user, from Kaiten's response. It is null if that was lost.",
    }),
    group: t.field({
      ...declareCost(1),
      type: GroupType,
      nullable: true,
      description:
        'The group, read after the change. GET /company/groups/{uid} is called only if more than its users is selected.',
      resolve: ({ groupUid }, _args, context, info) => findGroup(groupUid, context, info),
    }),
  }),
});
