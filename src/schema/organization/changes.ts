import { vendors } from '../../vendors/index.ts';
import { declareCost } from '../cost.ts';
import { defineChange } from '../define-change.ts';
import { findOrganization, OrganizationType } from './organization.ts';

defineChange(vendors.aerospike.changes.removeOrgMember, {
  purpose:
    'Removes a person from the Aerospike Cloud organization that the access token belongs to.',
  input: 'The person to remove.',
  ids: { userId: "Aerospike's ID of the person to remove" },
  state: 'the person is no longer a member of the organization',
  fields: (t) => ({
    userId: t.exposeID('userId', {
      description: "Aerospike's ID of the person, from the input, in lower case.",
    }),
    organization: t.field({
      ...declareCost(1),
      type: OrganizationType,
      nullable: true,
      description:
        'The organization, read after the change. GET /organization is called only if more than its members is selected.',
      resolve: (_removed, _args, context, info) => findOrganization(context, info),
    }),
  }),
});
