import type { OrgMemberRemoved } from '../../domain/change-results.ts';
import { vendors } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { ChangeResult, ChangeSuccess } from '../change.ts';
import { createChangeResolver, defineChangeResult } from '../change-field.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { commonErrors } from '../errors.ts';
import { defineIdempotencyKey } from '../idempotency-key.ts';
import { findOrganization, OrganizationType } from './organization.ts';

const RemoveOrgMemberSuccess = builder
  .objectRef<OrgMemberRemoved>('RemoveOrgMemberSuccess')
  .implement({
    description:
      'The success of `removeOrgMember`: the person is no longer a member of the organization.',
    interfaces: [ChangeSuccess, ChangeResult],
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

const RemoveOrgMemberInput = builder.inputType('RemoveOrgMemberInput', {
  description: 'Input for `removeOrgMember`.',
  fields: (t) => ({
    userId: t.id({
      required: true,
      description: "Aerospike's ID of the person to remove: a UUID.",
    }),
    idempotencyKey: defineIdempotencyKey(t),
  }),
});

builder.mutationField('removeOrgMember', (t) =>
  t.field({
    ...declareCost(vendors.aerospike.changes.removeOrgMember.maxCalls),
    type: defineChangeResult('removeOrgMember', RemoveOrgMemberSuccess, commonErrors),
    nullable: true,
    description: describeRootField(
      'Removes a person from the Aerospike Cloud organization that the access token belongs to.',
      {
        vendor: 'aerospike',
        call: 'DELETE /organization/members/{userId}',
        permission: '`update:org`',
      },
    ),
    args: {
      input: t.arg({
        type: RemoveOrgMemberInput,
        required: true,
        description: 'The person to remove.',
      }),
    },
    resolve: createChangeResolver(vendors.aerospike.changes.removeOrgMember, commonErrors),
  }),
);
