import { graphql } from '../gql/index.ts';

/** Every mutation, with every field that a success of it has. */
export const attachStreamLeader = graphql(`
  mutation AttachStreamLeader($input: AttachStreamLeaderInput!) {
    attachStreamLeader(input: $input) {
      __typename
      ... on AttachStreamLeaderSuccess {
        outcome
        confirmedBy
        leadership { id leadershipId streamId leaderId createdAt updatedAt deletedAt }
      }
      ...Failure
    }
  }
`);

export const detachStreamLeader = graphql(`
  mutation DetachStreamLeader($input: DetachStreamLeaderInput!) {
    detachStreamLeader(input: $input) {
      __typename
      ... on DetachStreamLeaderSuccess { outcome confirmedBy streamId leaderId }
      ...Failure
    }
  }
`);

export const removeGroupUser = graphql(`
  mutation RemoveGroupUser($input: RemoveGroupUserInput!) {
    removeGroupUser(input: $input) {
      __typename
      ... on RemoveGroupUserSuccess {
        outcome
        confirmedBy
        groupUid
        userId
        user {
          id userId fullName email username initials avatarType avatarInitialsUrl avatarUploadedUrl
          language timezone theme uiVersion activated virtual createdAt updatedAt emailBlockedAt
          emailBlockedReason deleteRequestedAt
        }
      }
      ...Failure
    }
  }
`);

export const removeOrgMember = graphql(`
  mutation RemoveOrgMember($input: RemoveOrgMemberInput!) {
    removeOrgMember(input: $input) {
      __typename
      ... on RemoveOrgMemberSuccess { outcome confirmedBy userId }
      ...Failure
    }
  }
`);

export const leaveGroup = graphql(`
  mutation LeaveGroup($input: LeaveGroupInput!) {
    leaveGroup(input: $input) {
      __typename
      ... on LeaveGroupSuccess { outcome confirmedBy groupId }
      ...Failure
    }
  }
`);

export const removeChatGroupMember = graphql(`
  mutation RemoveChatGroupMember($input: RemoveChatGroupMemberInput!) {
    removeChatGroupMember(input: $input) {
      __typename
      ... on RemoveChatGroupMemberSuccess { outcome confirmedBy groupId userId }
      ...Failure
    }
  }
`);

export const failure = graphql(`
  fragment Failure on MembershipError {
    outcome
    message
    vendor
    retryable
    vendorStatus
    vendorCode
    vendorMessage
    vendorRequestId
    requestId
    ... on InvalidInputError { issues { path message } }
    ... on AuthenticationError { problem }
    ... on PermissionDeniedError { requiredPermission }
    ... on RateLimitedError { retryAfterSeconds }
    ... on VendorUnavailableError { reason retryAfterSeconds }
  }
`);

export const vendors = graphql(`
  query Vendors {
    vendors { vendor title configured credentialHeaders }
  }
`);
