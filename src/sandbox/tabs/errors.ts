import type { GraphiQLTab } from '../../graphiql/page.ts';
import { createTab, type Example } from './document.ts';

const member = { userId: '2b8f3e6d-7c91-4a43-ae5b-8c4d3fa09b02' };
const leader = { streamId: '1', leaderId: '106' };
const engineering = '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10';

/** One example for each error. `fields` are the fields that only this error has. */
const examples: readonly (Omit<Example, 'selections'> & { readonly fields?: string })[] = [
  {
    title: 'InvalidInputError',
    mutation: 'attachStreamLeader',
    input: { ...leader, streamId: 'Consulting' },
    fields: `issues {
  path
  message
}`,
  },
  {
    title: 'AuthenticationError',
    mutation: 'removeOrgMember',
    input: member,
    token: 'sandbox-expired',
    fields: 'problem',
  },
  {
    title: 'PermissionDeniedError',
    mutation: 'attachStreamLeader',
    input: leader,
    token: 'sandbox-forbidden',
    fields: 'requiredPermission',
  },
  {
    // A user whom Kaiten knows, but not in this group.
    title: 'NotFoundError',
    mutation: 'removeGroupUser',
    input: { groupUid: engineering, userId: '505' },
  },
  {
    // An archived stream.
    title: 'PreconditionFailedError',
    mutation: 'attachStreamLeader',
    input: { ...leader, streamId: '3' },
  },
  {
    title: 'PlanRequiredError',
    mutation: 'removeGroupUser',
    input: { groupUid: engineering, userId: '502' },
    token: 'sandbox-plan',
  },
  {
    title: 'LastOwnerError',
    mutation: 'leaveGroup',
    input: { groupId: 'Lo8NaOwnErTs4Kd7Q' },
  },
  {
    title: 'RateLimitedError',
    mutation: 'removeOrgMember',
    input: member,
    token: 'sandbox-throttled',
    fields: 'retryAfterSeconds',
  },
  {
    title: 'VendorUnavailableError',
    mutation: 'attachStreamLeader',
    input: leader,
    token: 'sandbox-down',
    fields: 'reason\nretryAfterSeconds',
  },
  {
    title: 'VendorContractError',
    mutation: 'removeOrgMember',
    input: member,
    token: 'sandbox-garbage',
  },
  {
    title: 'IdempotencyError',
    mutation: 'removeOrgMember',
    input: { ...member, idempotencyKey: 'with a space' },
    fields: 'problem\nretryAfterSeconds',
  },
];

/** The tabs for the errors. */
export const errorTabs: readonly GraphiQLTab[] = examples.map(({ fields, ...example }) =>
  createTab({ ...example, selections: fields === undefined ? {} : { [example.title]: fields } }),
);
