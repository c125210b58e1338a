import { change } from '../change.ts';
import type { Gateway } from '../gateway.ts';
import type { Keyed } from '../results.ts';
import * as operations from './operations.ts';
import type {
  AttachStreamLeaderInput,
  AttachStreamLeaderMutation,
  DetachStreamLeaderInput,
  DetachStreamLeaderMutation,
  RemoveGroupUserInput,
  RemoveGroupUserMutation,
  RemoveOrgMemberInput,
  RemoveOrgMemberMutation,
  LeaveGroupInput,
  LeaveGroupMutation,
  RemoveChatGroupMemberInput,
  RemoveChatGroupMemberMutation,
} from './types.ts';

export type {
  AttachStreamLeaderInput,
  DetachStreamLeaderInput,
  LeaveGroupInput,
  RemoveChatGroupMemberInput,
  RemoveGroupUserInput,
  RemoveOrgMemberInput,
} from './types.ts';

/** The result of `attachStreamLeader`. */
export type AttachStreamLeaderResult = NonNullable<AttachStreamLeaderMutation['attachStreamLeader']>;

/**
 * Makes a person a leader of a stream in Wethod. Sends the credentials for Wethod only.
 *
 * @throws {GatewayError} if the gateway returned no result; see its `outcome`
 */
export function attachStreamLeader(gateway: Gateway, input: AttachStreamLeaderInput): Promise<Keyed<AttachStreamLeaderResult>> {
  return change(gateway, {
    field: 'attachStreamLeader',
    operation: operations.attachStreamLeader,
    variables: { input },
    vendors: ['wethod'],
  });
}

/** The result of `detachStreamLeader`. */
export type DetachStreamLeaderResult = NonNullable<DetachStreamLeaderMutation['detachStreamLeader']>;

/**
 * Removes a person from the leaders of a stream in Wethod. Sends the credentials for Wethod only.
 *
 * @throws {GatewayError} if the gateway returned no result; see its `outcome`
 */
export function detachStreamLeader(gateway: Gateway, input: DetachStreamLeaderInput): Promise<Keyed<DetachStreamLeaderResult>> {
  return change(gateway, {
    field: 'detachStreamLeader',
    operation: operations.detachStreamLeader,
    variables: { input },
    vendors: ['wethod'],
  });
}

/** The result of `removeGroupUser`. */
export type RemoveGroupUserResult = NonNullable<RemoveGroupUserMutation['removeGroupUser']>;

/**
 * Removes a user from a group in Kaiten. Sends the credentials for Kaiten only.
 *
 * @throws {GatewayError} if the gateway returned no result; see its `outcome`
 */
export function removeGroupUser(gateway: Gateway, input: RemoveGroupUserInput): Promise<Keyed<RemoveGroupUserResult>> {
  return change(gateway, {
    field: 'removeGroupUser',
    operation: operations.removeGroupUser,
    variables: { input },
    vendors: ['kaiten'],
  });
}

/** The result of `removeOrgMember`. */
export type RemoveOrgMemberResult = NonNullable<RemoveOrgMemberMutation['removeOrgMember']>;

/**
 * Removes a person from the access token's organization in Aerospike Cloud. Sends the credentials for Aerospike Cloud
 * only.
 *
 * @throws {GatewayError} if the gateway returned no result; see its `outcome`
 */
export function removeOrgMember(gateway: Gateway, input: RemoveOrgMemberInput): Promise<Keyed<RemoveOrgMemberResult>> {
  return change(gateway, {
    field: 'removeOrgMember',
    operation: operations.removeOrgMember,
    variables: { input },
    vendors: ['aerospike'],
  });
}

/** The result of `leaveGroup`. */
export type LeaveGroupResult = NonNullable<LeaveGroupMutation['leaveGroup']>;

/**
 * Removes the owner of the credentials, never another person, from a private room in Rocket.Chat. Sends the credentials
 * for Rocket.Chat only.
 *
 * @throws {GatewayError} if the gateway returned no result; see its `outcome`
 */
export function leaveGroup(gateway: Gateway, input: LeaveGroupInput): Promise<Keyed<LeaveGroupResult>> {
  return change(gateway, {
    field: 'leaveGroup',
    operation: operations.leaveGroup,
    variables: { input },
    vendors: ['rocketchat'],
  });
}

/** The result of `removeChatGroupMember`. */
export type RemoveChatGroupMemberResult = NonNullable<RemoveChatGroupMemberMutation['removeChatGroupMember']>;

/**
 * Removes a person from a private room in Rocket.Chat. Sends the credentials for Rocket.Chat only.
 *
 * @throws {GatewayError} if the gateway returned no result; see its `outcome`
 */
export function removeChatGroupMember(gateway: Gateway, input: RemoveChatGroupMemberInput): Promise<Keyed<RemoveChatGroupMemberResult>> {
  return change(gateway, {
    field: 'removeChatGroupMember',
    operation: operations.removeChatGroupMember,
    variables: { input },
    vendors: ['rocketchat'],
  });
}

/** The result of any mutation. */
export type ChangeResult =
  | AttachStreamLeaderResult
  | DetachStreamLeaderResult
  | RemoveGroupUserResult
  | RemoveOrgMemberResult
  | LeaveGroupResult
  | RemoveChatGroupMemberResult;