/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation AttachStreamLeader($input: AttachStreamLeaderInput!) {\n    attachStreamLeader(input: $input) {\n      __typename\n      ... on AttachStreamLeaderSuccess {\n        outcome\n        confirmedBy\n        leadership { id leadershipId streamId leaderId createdAt updatedAt deletedAt }\n      }\n      ...Failure\n    }\n  }\n": typeof types.AttachStreamLeaderDocument,
    "\n  mutation DetachStreamLeader($input: DetachStreamLeaderInput!) {\n    detachStreamLeader(input: $input) {\n      __typename\n      ... on DetachStreamLeaderSuccess { outcome confirmedBy streamId leaderId }\n      ...Failure\n    }\n  }\n": typeof types.DetachStreamLeaderDocument,
    "\n  mutation RemoveGroupUser($input: RemoveGroupUserInput!) {\n    removeGroupUser(input: $input) {\n      __typename\n      ... on RemoveGroupUserSuccess {\n        outcome\n        confirmedBy\n        groupUid\n        userId\n        user {\n          id userId fullName email username initials avatarType avatarInitialsUrl avatarUploadedUrl\n          language timezone theme uiVersion activated virtual createdAt updatedAt emailBlockedAt\n          emailBlockedReason deleteRequestedAt\n        }\n      }\n      ...Failure\n    }\n  }\n": typeof types.RemoveGroupUserDocument,
    "\n  mutation RemoveOrgMember($input: RemoveOrgMemberInput!) {\n    removeOrgMember(input: $input) {\n      __typename\n      ... on RemoveOrgMemberSuccess { outcome confirmedBy userId }\n      ...Failure\n    }\n  }\n": typeof types.RemoveOrgMemberDocument,
    "\n  mutation LeaveGroup($input: LeaveGroupInput!) {\n    leaveGroup(input: $input) {\n      __typename\n      ... on LeaveGroupSuccess { outcome confirmedBy groupId }\n      ...Failure\n    }\n  }\n": typeof types.LeaveGroupDocument,
    "\n  mutation RemoveChatGroupMember($input: RemoveChatGroupMemberInput!) {\n    removeChatGroupMember(input: $input) {\n      __typename\n      ... on RemoveChatGroupMemberSuccess { outcome confirmedBy groupId userId }\n      ...Failure\n    }\n  }\n": typeof types.RemoveChatGroupMemberDocument,
    "\n  fragment Failure on MembershipError {\n    outcome\n    message\n    vendor\n    retryable\n    vendorStatus\n    vendorCode\n    vendorMessage\n    vendorRequestId\n    requestId\n    ... on InvalidInputError { issues { path message } }\n    ... on AuthenticationError { problem }\n    ... on PermissionDeniedError { requiredPermission }\n    ... on RateLimitedError { retryAfterSeconds }\n    ... on VendorUnavailableError { reason retryAfterSeconds }\n  }\n": typeof types.FailureFragmentDoc,
    "\n  query Vendors {\n    vendors { vendor title configured credentialHeaders }\n  }\n": typeof types.VendorsDocument,
};
const documents: Documents = {
    "\n  mutation AttachStreamLeader($input: AttachStreamLeaderInput!) {\n    attachStreamLeader(input: $input) {\n      __typename\n      ... on AttachStreamLeaderSuccess {\n        outcome\n        confirmedBy\n        leadership { id leadershipId streamId leaderId createdAt updatedAt deletedAt }\n      }\n      ...Failure\n    }\n  }\n": types.AttachStreamLeaderDocument,
    "\n  mutation DetachStreamLeader($input: DetachStreamLeaderInput!) {\n    detachStreamLeader(input: $input) {\n      __typename\n      ... on DetachStreamLeaderSuccess { outcome confirmedBy streamId leaderId }\n      ...Failure\n    }\n  }\n": types.DetachStreamLeaderDocument,
    "\n  mutation RemoveGroupUser($input: RemoveGroupUserInput!) {\n    removeGroupUser(input: $input) {\n      __typename\n      ... on RemoveGroupUserSuccess {\n        outcome\n        confirmedBy\n        groupUid\n        userId\n        user {\n          id userId fullName email username initials avatarType avatarInitialsUrl avatarUploadedUrl\n          language timezone theme uiVersion activated virtual createdAt updatedAt emailBlockedAt\n          emailBlockedReason deleteRequestedAt\n        }\n      }\n      ...Failure\n    }\n  }\n": types.RemoveGroupUserDocument,
    "\n  mutation RemoveOrgMember($input: RemoveOrgMemberInput!) {\n    removeOrgMember(input: $input) {\n      __typename\n      ... on RemoveOrgMemberSuccess { outcome confirmedBy userId }\n      ...Failure\n    }\n  }\n": types.RemoveOrgMemberDocument,
    "\n  mutation LeaveGroup($input: LeaveGroupInput!) {\n    leaveGroup(input: $input) {\n      __typename\n      ... on LeaveGroupSuccess { outcome confirmedBy groupId }\n      ...Failure\n    }\n  }\n": types.LeaveGroupDocument,
    "\n  mutation RemoveChatGroupMember($input: RemoveChatGroupMemberInput!) {\n    removeChatGroupMember(input: $input) {\n      __typename\n      ... on RemoveChatGroupMemberSuccess { outcome confirmedBy groupId userId }\n      ...Failure\n    }\n  }\n": types.RemoveChatGroupMemberDocument,
    "\n  fragment Failure on MembershipError {\n    outcome\n    message\n    vendor\n    retryable\n    vendorStatus\n    vendorCode\n    vendorMessage\n    vendorRequestId\n    requestId\n    ... on InvalidInputError { issues { path message } }\n    ... on AuthenticationError { problem }\n    ... on PermissionDeniedError { requiredPermission }\n    ... on RateLimitedError { retryAfterSeconds }\n    ... on VendorUnavailableError { reason retryAfterSeconds }\n  }\n": types.FailureFragmentDoc,
    "\n  query Vendors {\n    vendors { vendor title configured credentialHeaders }\n  }\n": types.VendorsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AttachStreamLeader($input: AttachStreamLeaderInput!) {\n    attachStreamLeader(input: $input) {\n      __typename\n      ... on AttachStreamLeaderSuccess {\n        outcome\n        confirmedBy\n        leadership { id leadershipId streamId leaderId createdAt updatedAt deletedAt }\n      }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation AttachStreamLeader($input: AttachStreamLeaderInput!) {\n    attachStreamLeader(input: $input) {\n      __typename\n      ... on AttachStreamLeaderSuccess {\n        outcome\n        confirmedBy\n        leadership { id leadershipId streamId leaderId createdAt updatedAt deletedAt }\n      }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DetachStreamLeader($input: DetachStreamLeaderInput!) {\n    detachStreamLeader(input: $input) {\n      __typename\n      ... on DetachStreamLeaderSuccess { outcome confirmedBy streamId leaderId }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation DetachStreamLeader($input: DetachStreamLeaderInput!) {\n    detachStreamLeader(input: $input) {\n      __typename\n      ... on DetachStreamLeaderSuccess { outcome confirmedBy streamId leaderId }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveGroupUser($input: RemoveGroupUserInput!) {\n    removeGroupUser(input: $input) {\n      __typename\n      ... on RemoveGroupUserSuccess {\n        outcome\n        confirmedBy\n        groupUid\n        userId\n        user {\n          id userId fullName email username initials avatarType avatarInitialsUrl avatarUploadedUrl\n          language timezone theme uiVersion activated virtual createdAt updatedAt emailBlockedAt\n          emailBlockedReason deleteRequestedAt\n        }\n      }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveGroupUser($input: RemoveGroupUserInput!) {\n    removeGroupUser(input: $input) {\n      __typename\n      ... on RemoveGroupUserSuccess {\n        outcome\n        confirmedBy\n        groupUid\n        userId\n        user {\n          id userId fullName email username initials avatarType avatarInitialsUrl avatarUploadedUrl\n          language timezone theme uiVersion activated virtual createdAt updatedAt emailBlockedAt\n          emailBlockedReason deleteRequestedAt\n        }\n      }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveOrgMember($input: RemoveOrgMemberInput!) {\n    removeOrgMember(input: $input) {\n      __typename\n      ... on RemoveOrgMemberSuccess { outcome confirmedBy userId }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveOrgMember($input: RemoveOrgMemberInput!) {\n    removeOrgMember(input: $input) {\n      __typename\n      ... on RemoveOrgMemberSuccess { outcome confirmedBy userId }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveGroup($input: LeaveGroupInput!) {\n    leaveGroup(input: $input) {\n      __typename\n      ... on LeaveGroupSuccess { outcome confirmedBy groupId }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveGroup($input: LeaveGroupInput!) {\n    leaveGroup(input: $input) {\n      __typename\n      ... on LeaveGroupSuccess { outcome confirmedBy groupId }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveChatGroupMember($input: RemoveChatGroupMemberInput!) {\n    removeChatGroupMember(input: $input) {\n      __typename\n      ... on RemoveChatGroupMemberSuccess { outcome confirmedBy groupId userId }\n      ...Failure\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveChatGroupMember($input: RemoveChatGroupMemberInput!) {\n    removeChatGroupMember(input: $input) {\n      __typename\n      ... on RemoveChatGroupMemberSuccess { outcome confirmedBy groupId userId }\n      ...Failure\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Failure on MembershipError {\n    outcome\n    message\n    vendor\n    retryable\n    vendorStatus\n    vendorCode\n    vendorMessage\n    vendorRequestId\n    requestId\n    ... on InvalidInputError { issues { path message } }\n    ... on AuthenticationError { problem }\n    ... on PermissionDeniedError { requiredPermission }\n    ... on RateLimitedError { retryAfterSeconds }\n    ... on VendorUnavailableError { reason retryAfterSeconds }\n  }\n"): (typeof documents)["\n  fragment Failure on MembershipError {\n    outcome\n    message\n    vendor\n    retryable\n    vendorStatus\n    vendorCode\n    vendorMessage\n    vendorRequestId\n    requestId\n    ... on InvalidInputError { issues { path message } }\n    ... on AuthenticationError { problem }\n    ... on PermissionDeniedError { requiredPermission }\n    ... on RateLimitedError { retryAfterSeconds }\n    ... on VendorUnavailableError { reason retryAfterSeconds }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Vendors {\n    vendors { vendor title configured credentialHeaders }\n  }\n"): (typeof documents)["\n  query Vendors {\n    vendors { vendor title configured credentialHeaders }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;