import type { Gateway } from './gateway.ts';
import * as operations from './generated/operations.ts';
import type * as types from './generated/types.ts';
import { type Read, read } from './read.ts';

/**
 * Reads the vendors, whether each is configured, and its credential headers. Calls no vendor.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function vendors(gateway: Gateway): Promise<Read<types.VendorsQuery['vendors']>> {
  return read(gateway, {
    field: 'vendors',
    operation: operations.vendors,
    variables: {},
    vendors: [],
  });
}

/**
 * Reads the memberships of a person in all four vendors by e-mail address, each with the mutation that ends it. A list
 * that could not be read is null, with an entry in `errors`.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function memberships(
  gateway: Gateway,
  variables: types.MembershipsQueryVariables,
): Promise<Read<types.MembershipsQuery['memberships']>> {
  return read(gateway, {
    field: 'memberships',
    operation: operations.memberships,
    variables,
  });
}

/**
 * Reads a stream of Wethod with its leaders and members, or null if there is none.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function stream(
  gateway: Gateway,
  variables: types.StreamQueryVariables,
): Promise<Read<types.StreamQuery['stream']>> {
  return read(gateway, {
    field: 'stream',
    operation: operations.stream,
    variables,
    vendors: ['wethod'],
  });
}

/**
 * Reads a page of the streams of Wethod, with their leaders and members.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function streams(
  gateway: Gateway,
  variables: types.StreamsQueryVariables = {},
): Promise<Read<types.StreamsQuery['streams']>> {
  return read(gateway, {
    field: 'streams',
    operation: operations.streams,
    variables,
    vendors: ['wethod'],
  });
}

/**
 * Reads a person of Wethod, or null if there is none.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function person(
  gateway: Gateway,
  variables: types.PersonQueryVariables,
): Promise<Read<types.PersonQuery['person']>> {
  return read(gateway, {
    field: 'person',
    operation: operations.person,
    variables,
    vendors: ['wethod'],
  });
}

/**
 * Reads a group of Kaiten with a page of its users, or null if there is none.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function group(
  gateway: Gateway,
  variables: types.GroupQueryVariables,
): Promise<Read<types.GroupQuery['group']>> {
  return read(gateway, {
    field: 'group',
    operation: operations.group,
    variables,
    vendors: ['kaiten'],
  });
}

/**
 * Reads a page of the groups of Kaiten.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function groups(
  gateway: Gateway,
  variables: types.GroupsQueryVariables = {},
): Promise<Read<types.GroupsQuery['groups']>> {
  return read(gateway, {
    field: 'groups',
    operation: operations.groups,
    variables,
    vendors: ['kaiten'],
  });
}

/**
 * Reads a user of Kaiten, or null if there is none or the caller cannot see it.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function groupUser(
  gateway: Gateway,
  variables: types.GroupUserQueryVariables,
): Promise<Read<types.GroupUserQuery['groupUser']>> {
  return read(gateway, {
    field: 'groupUser',
    operation: operations.groupUser,
    variables,
    vendors: ['kaiten'],
  });
}

/**
 * Reads the access token's organization in Aerospike Cloud, with a page of its members.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function organization(
  gateway: Gateway,
  variables: types.OrganizationQueryVariables = {},
): Promise<Read<types.OrganizationQuery['organization']>> {
  return read(gateway, {
    field: 'organization',
    operation: operations.organization,
    variables,
    vendors: ['aerospike'],
  });
}

/**
 * Reads a member of the access token's organization in Aerospike Cloud, or null if there is none.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function orgMember(
  gateway: Gateway,
  variables: types.OrgMemberQueryVariables,
): Promise<Read<types.OrgMemberQuery['orgMember']>> {
  return read(gateway, {
    field: 'orgMember',
    operation: operations.orgMember,
    variables,
    vendors: ['aerospike'],
  });
}

/**
 * Reads a private room of Rocket.Chat with a page of its members, or null if there is none or the caller cannot see it.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function chatGroup(
  gateway: Gateway,
  variables: types.ChatGroupQueryVariables,
): Promise<Read<types.ChatGroupQuery['chatGroup']>> {
  return read(gateway, {
    field: 'chatGroup',
    operation: operations.chatGroup,
    variables,
    vendors: ['rocketchat'],
  });
}

/**
 * Reads a page of the private rooms of Rocket.Chat that the caller is a member of.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function chatGroups(
  gateway: Gateway,
  variables: types.ChatGroupsQueryVariables = {},
): Promise<Read<types.ChatGroupsQuery['chatGroups']>> {
  return read(gateway, {
    field: 'chatGroups',
    operation: operations.chatGroups,
    variables,
    vendors: ['rocketchat'],
  });
}

/**
 * Reads an object by its opaque ID, without nested objects, or null if it does not exist any more.
 *
 * @throws {GatewayError} if it could not be read at all; a `ReadError` if its vendor failed
 */
export function node(
  gateway: Gateway,
  variables: types.NodeQueryVariables,
): Promise<Read<types.NodeQuery['node']>> {
  return read(gateway, {
    field: 'node',
    operation: operations.node,
    variables,
  });
}
