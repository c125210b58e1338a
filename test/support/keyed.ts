import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ids } from './changes.ts';

/** A mutation with its input, to be sent with an idempotency key. */
export interface KeyedMutation {
  readonly name: string;
  readonly input: Readonly<Record<string, string>>;
  readonly isPost: boolean;
}

const leader = { streamId: ids.streamId, leaderId: ids.leaderId };

/** The six mutations. */
export const keyedMutations: readonly KeyedMutation[] = [
  { name: 'attachStreamLeader', input: leader, isPost: true },
  { name: 'detachStreamLeader', input: leader, isPost: false },
  {
    name: 'removeGroupUser',
    input: { groupUid: ids.groupUid, userId: ids.kaitenUserId },
    isPost: false,
  },
  { name: 'removeOrgMember', input: { userId: ids.memberId }, isPost: false },
  { name: 'leaveGroup', input: { groupId: ids.groupId }, isPost: true },
  {
    name: 'removeChatGroupMember',
    input: { groupId: ids.groupId, userId: ids.chatUserId },
    isPost: true,
  },
];

/** Returns the body of a request that sends a mutation with a key. */
export function createKeyedRequest(
  { name, input }: KeyedMutation,
  idempotencyKey: string | null,
): { readonly query: string; readonly variables: { readonly input: object } } {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation Keyed($input: ${type}!) {
    ${name}(input: $input) {
      __typename
      ... on ChangeResult { outcome isReplay }
      ... on ChangeSuccess { confirmedBy }
      ... on MembershipError { message retryable vendorStatus }
      ... on IdempotencyError { problem retryAfterSeconds }
    }
  }`;
  return { query, variables: { input: { ...input, idempotencyKey } } };
}

/** A folder for a database, deleted at the end. */
export interface DatabaseFolder extends AsyncDisposable {
  /** The value of `DATABASE_URL`. */
  readonly url: string;
}

/** Creates a folder for a database. */
export async function createDatabaseFolder(): Promise<DatabaseFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-db-'));
  return {
    url: `file:${join(folder, 'gateway.db')}`,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
