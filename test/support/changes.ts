import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type VendorChange, type VendorId, vendors } from '../../src/vendors/index.ts';
import type { FailureFragment } from '../gql/graphql.ts';
import { credentials, type TestGateway } from './gateway.ts';
import * as operations from './operations.ts';

/** The ids that the tests' changes name. */
export const ids = {
  streamId: '7',
  leaderId: '42',
  groupUid: '5f0c7a9e-2b41',
  kaitenUserId: '501',
  memberId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
  groupId: 'ByehQjC44FwMeiLbX',
  chatUserId: 'k3WpTzR8sLmYvQn6D',
} as const;

/** The result of a change, whichever it was: a success's or an error's fields. */
export type ChangeResult = { readonly __typename: string } & Partial<
  Omit<FailureFragment, '__typename'>
> &
  Record<string, unknown>;

/** One of the vendors' changes, made with good ids. */
export interface Change {
  readonly name: string;
  readonly vendor: VendorId;
  readonly urlVariable: string;
  readonly method: 'POST' | 'DELETE';
  /** The path that the vendor sees, below its URL. */
  readonly path: string;
  readonly isPost: boolean;
  /** An answer of the vendor that is a success. */
  readonly success: { readonly status: number; readonly body?: string };
  make(
    gateway: TestGateway,
    headers?: Readonly<Record<string, string>> | Headers,
  ): Promise<ChangeResult>;
}

/** What a change's declaration does not say. The path is a literal, so that it is tested too. */
interface ChangeCase<Input> extends Pick<Change, 'path' | 'success'> {
  readonly document: TypedDocumentNode<object, { readonly input: Input }>;
  readonly input: Input;
}

function toChange<Input extends { readonly [Field in keyof Input]: string }>(
  declared: VendorChange<VendorId, Input, object>,
  { path, success, document, input }: ChangeCase<Input>,
): Change {
  const { name, vendor, key, method } = declared;
  const { urlVariable } = vendors[key];
  const make: Change['make'] = async (gateway, headers = credentials) =>
    getOnlyResult(await gateway.send(document, { input }, headers));
  return { name, vendor, urlVariable, method, path, isPost: method === 'POST', success, make };
}

const { wethod, kaiten, aerospike, rocketchat } = vendors;
const leader = { streamId: ids.streamId, leaderId: ids.leaderId };
const link = {
  id: 9,
  stream_id: 7,
  leader_id: 42,
  created_at: '2026-04-24T10:03:54.905Z',
  deleted_at: null,
};

/** The changes by name. */
export const changes = {
  attachStreamLeader: toChange(wethod.changes.attachStreamLeader, {
    document: operations.attachStreamLeader,
    input: leader,
    path: '/api/streams/7/leaders/42',
    success: { status: 200, body: JSON.stringify(link) },
  }),
  detachStreamLeader: toChange(wethod.changes.detachStreamLeader, {
    document: operations.detachStreamLeader,
    input: leader,
    path: '/api/streams/7/leaders/42',
    success: { status: 200 },
  }),
  removeGroupUser: toChange(kaiten.changes.removeGroupUser, {
    document: operations.removeGroupUser,
    input: { groupUid: ids.groupUid, userId: ids.kaitenUserId },
    path: '/groups/5f0c7a9e-2b41/users/501',
    success: { status: 200, body: JSON.stringify({ id: 501, full_name: 'Irina Sokolova' }) },
  }),
  removeOrgMember: toChange(aerospike.changes.removeOrgMember, {
    document: operations.removeOrgMember,
    input: { userId: ids.memberId },
    path: `/organization/members/${ids.memberId}`,
    success: { status: 204 },
  }),
  leaveGroup: toChange(rocketchat.changes.leaveGroup, {
    document: operations.leaveGroup,
    input: { groupId: ids.groupId },
    path: '/api/v1/groups.leave',
    success: { status: 200, body: '{"success":true}' },
  }),
  removeChatGroupMember: toChange(rocketchat.changes.removeChatGroupMember, {
    document: operations.removeChatGroupMember,
    input: { groupId: ids.groupId, userId: ids.chatUserId },
    path: '/api/v1/groups.kick',
    success: { status: 200, body: '{"success":true}' },
  }),
};

/** The changes as a list. */
export const allChanges: readonly Change[] = Object.values(changes);

/** One change for each HTTP method, for rules about a call that no vendor's code takes part in. */
export const changePerMethod: readonly Change[] = [
  changes.attachStreamLeader,
  changes.removeOrgMember,
];

/** One change for each vendor, for rules about a vendor's responses, whichever change they are for. */
export const changePerVendor: readonly Change[] = [
  changes.detachStreamLeader,
  changes.removeGroupUser,
  changes.removeOrgMember,
  changes.removeChatGroupMember,
];

/**
 * Returns all rows for one change of each method, and the first for the others, for rules that depend on the vendor only
 * in how a change is read back.
 */
export function pickRows<Row>(change: Change, rows: readonly Row[]): readonly Row[] {
  return changePerMethod.includes(change) ? rows : rows.slice(0, 1);
}

function getOnlyResult(answer: {
  data: object;
  errors: readonly unknown[];
  text: string;
}): ChangeResult {
  if (answer.errors.length > 0) throw new Error(`an entry in errors: ${answer.text}`);
  const [result] = Object.values(answer.data);
  return result as ChangeResult;
}
