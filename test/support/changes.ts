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

/** One of the six changes, made with good ids. */
export interface Change {
  readonly name: string;
  readonly vendor: 'WETHOD' | 'KAITEN' | 'AEROSPIKE' | 'ROCKETCHAT';
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

const leader = { streamId: ids.streamId, leaderId: ids.leaderId };
const link = {
  id: 9,
  stream_id: 7,
  leader_id: 42,
  created_at: '2026-04-24T10:03:54.905Z',
  deleted_at: null,
};
const wethodPath = '/api/streams/7/leaders/42';

/** The six changes. */
export const changes = {
  attachStreamLeader: {
    name: 'attachStreamLeader',
    vendor: 'WETHOD',
    urlVariable: 'WETHOD_URL',
    method: 'POST',
    path: wethodPath,
    isPost: true,
    success: { status: 200, body: JSON.stringify(link) },
    make: async (gateway, headers = credentials) =>
      getOnlyResult(await gateway.send(operations.attachStreamLeader, { input: leader }, headers)),
  },
  detachStreamLeader: {
    name: 'detachStreamLeader',
    vendor: 'WETHOD',
    urlVariable: 'WETHOD_URL',
    method: 'DELETE',
    path: wethodPath,
    isPost: false,
    success: { status: 200 },
    make: async (gateway, headers = credentials) =>
      getOnlyResult(await gateway.send(operations.detachStreamLeader, { input: leader }, headers)),
  },
  removeGroupUser: {
    name: 'removeGroupUser',
    vendor: 'KAITEN',
    urlVariable: 'KAITEN_URL',
    method: 'DELETE',
    path: '/groups/5f0c7a9e-2b41/users/501',
    isPost: false,
    success: { status: 200, body: JSON.stringify({ id: 501, full_name: 'Irina Sokolova' }) },
    make: async (gateway, headers = credentials) =>
      getOnlyResult(
        await gateway.send(
          operations.removeGroupUser,
          { input: { groupUid: ids.groupUid, userId: ids.kaitenUserId } },
          headers,
        ),
      ),
  },
  removeOrgMember: {
    name: 'removeOrgMember',
    vendor: 'AEROSPIKE',
    urlVariable: 'AEROSPIKE_URL',
    method: 'DELETE',
    path: `/organization/members/${ids.memberId}`,
    isPost: false,
    success: { status: 204 },
    make: async (gateway, headers = credentials) =>
      getOnlyResult(
        await gateway.send(
          operations.removeOrgMember,
          { input: { userId: ids.memberId } },
          headers,
        ),
      ),
  },
  leaveGroup: {
    name: 'leaveGroup',
    vendor: 'ROCKETCHAT',
    urlVariable: 'ROCKETCHAT_URL',
    method: 'POST',
    path: '/api/v1/groups.leave',
    isPost: true,
    success: { status: 200, body: '{"success":true}' },
    make: async (gateway, headers = credentials) =>
      getOnlyResult(
        await gateway.send(operations.leaveGroup, { input: { groupId: ids.groupId } }, headers),
      ),
  },
  removeChatGroupMember: {
    name: 'removeChatGroupMember',
    vendor: 'ROCKETCHAT',
    urlVariable: 'ROCKETCHAT_URL',
    method: 'POST',
    path: '/api/v1/groups.kick',
    isPost: true,
    success: { status: 200, body: '{"success":true}' },
    make: async (gateway, headers = credentials) =>
      getOnlyResult(
        await gateway.send(
          operations.removeChatGroupMember,
          { input: { groupId: ids.groupId, userId: ids.chatUserId } },
          headers,
        ),
      ),
  },
} as const satisfies Record<string, Change>;

/** The six changes as a list. */
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
