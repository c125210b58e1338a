import type { Gateway } from './gateway.ts';
import * as operations from './generated/operations.ts';
import type * as types from './generated/types.ts';
import { type Read, read } from './read.ts';

/**
 * The vendors, whether the gateway is set up for each, and the credential headers that it takes. Calls
 * no vendor.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * Where the person with an e-mail address is a member, in all four vendors, each membership with what
 * ends it. A list that could not be read is null and stands in `errors`.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * A stream of Wethod with its leaders and members, null where there is none.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * The streams of Wethod, page by page, with their leaders and members.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * A person of Wethod, null where there is none.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * A group of Kaiten with a page of its users, null where there is none.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * The groups of Kaiten, page by page.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * A user of Kaiten, null where there is none or the caller cannot see him.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * The Aerospike Cloud organisation of the access token, with a page of its members.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * A member of the Aerospike Cloud organisation of the access token, null where there is none.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * A private room of Rocket.Chat with a page of its members, null where there is none or the caller
 * cannot see it.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * The private rooms of Rocket.Chat that the caller is in, page by page.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
 * Whatever has an opaque id, without what is below it; null where it does not exist any more.
 *
 * @throws {GatewayError} where it could not be read at all; a `ReadError` where its vendor failed
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
