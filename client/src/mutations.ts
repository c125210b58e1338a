import { change } from './change.ts';
import type { Gateway } from './gateway.ts';
import * as operations from './generated/operations.ts';
import type {
  AttachStreamLeaderInput,
  DetachStreamLeaderInput,
  LeaveGroupInput,
  RemoveChatGroupMemberInput,
  RemoveGroupUserInput,
  RemoveOrgMemberInput,
} from './generated/types.ts';
import type {
  AttachStreamLeaderResult,
  DetachStreamLeaderResult,
  LeaveGroupResult,
  RemoveChatGroupMemberResult,
  RemoveGroupUserResult,
  RemoveOrgMemberResult,
} from './results.ts';

/**
 * Makes a person a leader of a stream in Wethod. Sends the credentials for Wethod only.
 *
 * @throws {GatewayError} where the gateway gave no result; `outcome` says what is known of the change
 */
export function attachStreamLeader(
  gateway: Gateway,
  input: AttachStreamLeaderInput,
): Promise<AttachStreamLeaderResult> {
  return change(gateway, {
    field: 'attachStreamLeader',
    operation: operations.attachStreamLeader,
    variables: { input },
    vendors: ['wethod'],
  });
}

/**
 * Takes a person from the leaders of a stream in Wethod. Sends the credentials for Wethod only.
 *
 * @throws {GatewayError} where the gateway gave no result; `outcome` says what is known of the change
 */
export function detachStreamLeader(
  gateway: Gateway,
  input: DetachStreamLeaderInput,
): Promise<DetachStreamLeaderResult> {
  return change(gateway, {
    field: 'detachStreamLeader',
    operation: operations.detachStreamLeader,
    variables: { input },
    vendors: ['wethod'],
  });
}

/**
 * Takes a user out of a group in Kaiten. Sends the credentials for Kaiten only.
 *
 * @throws {GatewayError} where the gateway gave no result; `outcome` says what is known of the change
 */
export function removeGroupUser(
  gateway: Gateway,
  input: RemoveGroupUserInput,
): Promise<RemoveGroupUserResult> {
  return change(gateway, {
    field: 'removeGroupUser',
    operation: operations.removeGroupUser,
    variables: { input },
    vendors: ['kaiten'],
  });
}

/**
 * Takes a person out of the Aerospike Cloud organisation of the access token. Sends the credentials for Aerospike Cloud only.
 *
 * @throws {GatewayError} where the gateway gave no result; `outcome` says what is known of the change
 */
export function removeOrgMember(
  gateway: Gateway,
  input: RemoveOrgMemberInput,
): Promise<RemoveOrgMemberResult> {
  return change(gateway, {
    field: 'removeOrgMember',
    operation: operations.removeOrgMember,
    variables: { input },
    vendors: ['aerospike'],
  });
}

/**
 * Takes the owner of the credentials, and never another person, out of a private room in Rocket.Chat. Sends the credentials for Rocket.Chat only.
 *
 * @throws {GatewayError} where the gateway gave no result; `outcome` says what is known of the change
 */
export function leaveGroup(gateway: Gateway, input: LeaveGroupInput): Promise<LeaveGroupResult> {
  return change(gateway, {
    field: 'leaveGroup',
    operation: operations.leaveGroup,
    variables: { input },
    vendors: ['rocketchat'],
  });
}

/**
 * Takes somebody out of a private room in Rocket.Chat. Sends the credentials for Rocket.Chat only.
 *
 * @throws {GatewayError} where the gateway gave no result; `outcome` says what is known of the change
 */
export function removeChatGroupMember(
  gateway: Gateway,
  input: RemoveChatGroupMemberInput,
): Promise<RemoveChatGroupMemberResult> {
  return change(gateway, {
    field: 'removeChatGroupMember',
    operation: operations.removeChatGroupMember,
    variables: { input },
    vendors: ['rocketchat'],
  });
}
