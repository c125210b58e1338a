import type { OrgMemberRemoved } from '../../domain/change-results.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { findOrganization, OrganizationType } from './organization.ts';

const RemoveOrgMemberSuccess = builder
  .objectRef<OrgMemberRemoved>('RemoveOrgMemberSuccess')
  .implement({
    description: 'The person is not a member of the organisation any more.',
    interfaces: [ChangeSuccess, ChangeResult],
    fields: (t) => ({
      userId: t.exposeID('userId', { description: "Aerospike's id of the person, in lower case." }),
      organization: t.field({
        ...declareCost(1),
        type: OrganizationType,
        nullable: true,
        description:
          'The organisation, read after the change: GET /organization, where more than its members is selected.',
        resolve: (_removed, _args, context, info) => findOrganization(context, info),
      }),
    }),
  });

const RemoveOrgMemberInput = builder.inputType('RemoveOrgMemberInput', {
  description: "Who is to leave the credential's organisation.",
  fields: (t) => ({
    userId: t.id({ required: true, description: "Aerospike's id of the person: a UUID." }),
  }),
});

builder.mutationField('removeOrgMember', (t) =>
  t.field({
    ...declareCost(vendors.aerospike.changes.removeOrgMember.maxCalls),
    type: defineChangeResult('removeOrgMember', RemoveOrgMemberSuccess, commonErrors),
    nullable: true,
    description: describeRootField(
      'Takes a person out of the Aerospike Cloud organisation that the access token belongs to.',
      {
        vendor: 'aerospike',
        call: 'DELETE /organization/members/{userId}',
        permission: '`update:org`',
      },
    ),
    args: {
      input: t.arg({ type: RemoveOrgMemberInput, required: true, description: 'The person.' }),
    },
    resolve: createChangeResolver(vendors.aerospike.changes.removeOrgMember, commonErrors),
  }),
);
