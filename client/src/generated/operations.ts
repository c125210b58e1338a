import type { Operation } from "../operation.ts";

import type {
  AttachStreamLeaderMutation,
  AttachStreamLeaderMutationVariables,
  DetachStreamLeaderMutation,
  DetachStreamLeaderMutationVariables,
  RemoveGroupUserMutation,
  RemoveGroupUserMutationVariables,
  RemoveOrgMemberMutation,
  RemoveOrgMemberMutationVariables,
  LeaveGroupMutation,
  LeaveGroupMutationVariables,
  RemoveChatGroupMemberMutation,
  RemoveChatGroupMemberMutationVariables,
  VendorsQuery,
  VendorsQueryVariables,
  MembershipsQuery,
  MembershipsQueryVariables,
  StreamQuery,
  StreamQueryVariables,
  StreamsQuery,
  StreamsQueryVariables,
  PersonQuery,
  PersonQueryVariables,
  GroupQuery,
  GroupQueryVariables,
  GroupsQuery,
  GroupsQueryVariables,
  GroupUserQuery,
  GroupUserQueryVariables,
  OrganizationQuery,
  OrganizationQueryVariables,
  OrgMemberQuery,
  OrgMemberQueryVariables,
  ChatGroupQuery,
  ChatGroupQueryVariables,
  ChatGroupsQuery,
  ChatGroupsQueryVariables,
  NodeQuery,
  NodeQueryVariables,
} from './types.ts';

export const attachStreamLeader: Operation<AttachStreamLeaderMutation, AttachStreamLeaderMutationVariables> = {
  id: 'a77c92fd0647411f310f8a33499112b53b2174be7bd4efee8a84d7322ba2efb3',
  text: "mutation AttachStreamLeader($input:AttachStreamLeaderInput!){attachStreamLeader(input:$input){__typename ...Outcome ...Failure ...on AttachStreamLeaderSuccess{confirmedBy leadership{...StreamLeadershipLink}}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}...on IdempotencyError{idempotencyProblem:problem retryAfterSeconds}}fragment Outcome on ChangeResult{outcome isReplay}fragment StreamLeadershipLink on StreamLeadership{id leadershipId streamId leaderId createdAt updatedAt deletedAt}",
};

export const detachStreamLeader: Operation<DetachStreamLeaderMutation, DetachStreamLeaderMutationVariables> = {
  id: 'c20a40f7e4c936a54a18201e59d36507231e93ad8ce8275ac722d411e1f01f00',
  text: "mutation DetachStreamLeader($input:DetachStreamLeaderInput!){detachStreamLeader(input:$input){__typename ...Outcome ...Failure ...on DetachStreamLeaderSuccess{confirmedBy streamId leaderId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}...on IdempotencyError{idempotencyProblem:problem retryAfterSeconds}}fragment Outcome on ChangeResult{outcome isReplay}",
};

export const removeGroupUser: Operation<RemoveGroupUserMutation, RemoveGroupUserMutationVariables> = {
  id: '6ed12ee535241abaf79b0507b25c59c1ca9623b5520305e1a2275f6a170ff62d',
  text: "mutation RemoveGroupUser($input:RemoveGroupUserInput!){removeGroupUser(input:$input){__typename ...Outcome ...Failure ...on RemoveGroupUserSuccess{confirmedBy groupUid userId user{...GroupUserDetails}}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}...on IdempotencyError{idempotencyProblem:problem retryAfterSeconds}}fragment GroupUserDetails on GroupUser{id userId fullName username email initials avatarType avatarInitialsUrl avatarUploadedUrl language timezone theme uiVersion activated virtual emailBlockedAt emailBlockedReason deleteRequestedAt createdAt updatedAt}fragment Outcome on ChangeResult{outcome isReplay}",
};

export const removeOrgMember: Operation<RemoveOrgMemberMutation, RemoveOrgMemberMutationVariables> = {
  id: '33c67028e017ec54087e4afcd87a571a10a01f591d9c072e59cbd202f02d3c5a',
  text: "mutation RemoveOrgMember($input:RemoveOrgMemberInput!){removeOrgMember(input:$input){__typename ...Outcome ...Failure ...on RemoveOrgMemberSuccess{confirmedBy userId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}...on IdempotencyError{idempotencyProblem:problem retryAfterSeconds}}fragment Outcome on ChangeResult{outcome isReplay}",
};

export const leaveGroup: Operation<LeaveGroupMutation, LeaveGroupMutationVariables> = {
  id: '9a11d4b4fd5472167439fcf596f6ec684a9d42ee95df57e367c591bc846be925',
  text: "mutation LeaveGroup($input:LeaveGroupInput!){leaveGroup(input:$input){__typename ...Outcome ...Failure ...on LeaveGroupSuccess{confirmedBy groupId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}...on IdempotencyError{idempotencyProblem:problem retryAfterSeconds}}fragment Outcome on ChangeResult{outcome isReplay}",
};

export const removeChatGroupMember: Operation<RemoveChatGroupMemberMutation, RemoveChatGroupMemberMutationVariables> = {
  id: 'b12dbe08cd4a37c7425211b7c87d025079409859b5fc3e35b26e3d0b424fcb2c',
  text: "mutation RemoveChatGroupMember($input:RemoveChatGroupMemberInput!){removeChatGroupMember(input:$input){__typename ...Outcome ...Failure ...on RemoveChatGroupMemberSuccess{confirmedBy groupId userId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}...on IdempotencyError{idempotencyProblem:problem retryAfterSeconds}}fragment Outcome on ChangeResult{outcome isReplay}",
};

export const vendors: Operation<VendorsQuery, VendorsQueryVariables> = {
  id: 'bda3fb576311da4ff4d1cc22823b36a37e809c637128f58313912e8623a41ef0',
  text: "query Vendors{vendors{vendor title configured credentialHeaders}}",
};

export const memberships: Operation<MembershipsQuery, MembershipsQueryVariables> = {
  id: '730473633838c53baf1d2a8ce2cea9d2986d35f642d129ef67cdce2e8e7ec735',
  text: "query Memberships($email:String!){memberships(email:$email){email streamsLed{__typename ...HowToEnd leadership{...StreamLeadershipLink}stream{id streamId name}person{...PersonDetails}}groups{__typename ...HowToEnd group{id uid name}user{...GroupUserDetails}}organizations{__typename ...HowToEnd organization{id organizationId name}member{...OrgMemberDetails}}chatGroups{__typename ...HowToEnd isCaller chatGroup{id groupId name}user{id userId username name}}}}fragment GroupUserDetails on GroupUser{id userId fullName username email initials avatarType avatarInitialsUrl avatarUploadedUrl language timezone theme uiVersion activated virtual emailBlockedAt emailBlockedReason deleteRequestedAt createdAt updatedAt}fragment HowToEnd on Membership{name vendor end{mutation input}}fragment OrgMemberDetails on OrgMember{id userId firstName lastName email role createdAt}fragment PersonDetails on Person{id personId name surname email archived createdAt updatedAt}fragment StreamLeadershipLink on StreamLeadership{id leadershipId streamId leaderId createdAt updatedAt deletedAt}",
};

export const stream: Operation<StreamQuery, StreamQueryVariables> = {
  id: '6bfdf610ab0f6125fd61b410d11a898b28784b5a572caa3866b5687ae531c78e',
  text: "query Stream($id:ID!){stream(id:$id){...StreamDetails ...StreamPeople}}fragment PersonDetails on Person{id personId name surname email archived createdAt updatedAt}fragment StreamDetails on Stream{id streamId name isDefault archivedAt createdAt updatedAt}fragment StreamLeadershipLink on StreamLeadership{id leadershipId streamId leaderId createdAt updatedAt deletedAt}fragment StreamMembershipLink on StreamMembership{id membershipId streamId memberId startsAt endsAt createdAt updatedAt}fragment StreamPeople on Stream{leaders{...StreamLeadershipLink leader{...PersonDetails}}members{...StreamMembershipLink member{...PersonDetails}}}",
};

export const streams: Operation<StreamsQuery, StreamsQueryVariables> = {
  id: 'ccdbbebc515dba93c423c7820e1b49c19f05f998d024500d11cdf95d59041d38',
  text: "query Streams($first:Int$after:String$search:String$archived:Boolean){streams(first:$first after:$after search:$search archived:$archived){nodes{...StreamDetails ...StreamPeople}pageInfo{...Page}}}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}fragment PersonDetails on Person{id personId name surname email archived createdAt updatedAt}fragment StreamDetails on Stream{id streamId name isDefault archivedAt createdAt updatedAt}fragment StreamLeadershipLink on StreamLeadership{id leadershipId streamId leaderId createdAt updatedAt deletedAt}fragment StreamMembershipLink on StreamMembership{id membershipId streamId memberId startsAt endsAt createdAt updatedAt}fragment StreamPeople on Stream{leaders{...StreamLeadershipLink leader{...PersonDetails}}members{...StreamMembershipLink member{...PersonDetails}}}",
};

export const person: Operation<PersonQuery, PersonQueryVariables> = {
  id: '5d968ddb8a99bd1710aa9cb2b810603f3dbf7c87c5118c34e3f7a5f4d39b97cf',
  text: "query Person($id:ID!){person(id:$id){...PersonDetails}}fragment PersonDetails on Person{id personId name surname email archived createdAt updatedAt}",
};

export const group: Operation<GroupQuery, GroupQueryVariables> = {
  id: 'cc0f417e93768150f87e1342c40963af10f8b82a4b1e948f88ef4fb1b5600976',
  text: "query Group($uid:ID!$first:Int$after:String){group(uid:$uid){...GroupDetails users(first:$first after:$after){nodes{...GroupUserDetails}pageInfo{...Page}}}}fragment GroupDetails on Group{id uid name createdAt updatedAt}fragment GroupUserDetails on GroupUser{id userId fullName username email initials avatarType avatarInitialsUrl avatarUploadedUrl language timezone theme uiVersion activated virtual emailBlockedAt emailBlockedReason deleteRequestedAt createdAt updatedAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
};

export const groups: Operation<GroupsQuery, GroupsQueryVariables> = {
  id: 'f6f665d997f24ed4e9ca4d329c013ea667e65e0214a480e16f4c5b5915d1ed5c',
  text: "query Groups($first:Int$after:String$search:String){groups(first:$first after:$after search:$search){nodes{...GroupDetails}pageInfo{...Page}}}fragment GroupDetails on Group{id uid name createdAt updatedAt}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
};

export const groupUser: Operation<GroupUserQuery, GroupUserQueryVariables> = {
  id: 'c2a9edeff570c614520923ed6ede6700d81f52260c952a11ac001885b80ce85a',
  text: "query GroupUser($id:ID!){groupUser(id:$id){...GroupUserDetails}}fragment GroupUserDetails on GroupUser{id userId fullName username email initials avatarType avatarInitialsUrl avatarUploadedUrl language timezone theme uiVersion activated virtual emailBlockedAt emailBlockedReason deleteRequestedAt createdAt updatedAt}",
};

export const organization: Operation<OrganizationQuery, OrganizationQueryVariables> = {
  id: 'c7c9fb907d9a08ca2bf64ada00f0604c6b8cfc8bcf066b4832677eaf40965468',
  text: "query Organization($first:Int$after:String){organization{...OrganizationDetails members(first:$first after:$after){nodes{...OrgMemberDetails}pageInfo{...Page}}}}fragment OrgMemberDetails on OrgMember{id userId firstName lastName email role createdAt}fragment OrganizationDetails on Organization{id organizationId name billingPlan}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
};

export const orgMember: Operation<OrgMemberQuery, OrgMemberQueryVariables> = {
  id: '3beb2ad7de81f59fb15cece5646cb03acb278bbdc74e57e6790b876f15fecaa7',
  text: "query OrgMember($id:ID!){orgMember(id:$id){...OrgMemberDetails}}fragment OrgMemberDetails on OrgMember{id userId firstName lastName email role createdAt}",
};

export const chatGroup: Operation<ChatGroupQuery, ChatGroupQueryVariables> = {
  id: '54cb21b68b003e3c5d44d907842adda99132e199108b7d51c606f456be034264',
  text: "query ChatGroup($id:ID!$first:Int$after:String$filter:String){chatGroup(id:$id){...ChatGroupDetails owner{...ChatUserDetails}members(first:$first after:$after filter:$filter){nodes{roles user{...ChatUserDetails}}pageInfo{...Page}}}}fragment ChatGroupDetails on ChatGroup{id groupId name archived readOnly usersCount}fragment ChatUserDetails on ChatUser{id userId username name}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
};

export const chatGroups: Operation<ChatGroupsQuery, ChatGroupsQueryVariables> = {
  id: '51750cb7da3dd90b082838ed8a0dbb594682b8b9d67aa733310bccb6ee003393',
  text: "query ChatGroups($first:Int$after:String){chatGroups(first:$first after:$after){nodes{...ChatGroupDetails owner{id userId username}}pageInfo{...Page}}}fragment ChatGroupDetails on ChatGroup{id groupId name archived readOnly usersCount}fragment Page on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}",
};

export const node: Operation<NodeQuery, NodeQueryVariables> = {
  id: '7451ae1c8472118c9ad4a72890b88dee2b9c2bc680acd78b8ef9002ae653f418',
  text: "query Node($id:ID!){node(id:$id){__typename id ...StreamDetails ...StreamLeadershipLink ...StreamMembershipLink ...PersonDetails ...GroupDetails ...GroupUserDetails ...OrganizationDetails ...OrgMemberDetails ...ChatGroupDetails ...ChatUserDetails}}fragment ChatGroupDetails on ChatGroup{id groupId name archived readOnly usersCount}fragment ChatUserDetails on ChatUser{id userId username name}fragment GroupDetails on Group{id uid name createdAt updatedAt}fragment GroupUserDetails on GroupUser{id userId fullName username email initials avatarType avatarInitialsUrl avatarUploadedUrl language timezone theme uiVersion activated virtual emailBlockedAt emailBlockedReason deleteRequestedAt createdAt updatedAt}fragment OrgMemberDetails on OrgMember{id userId firstName lastName email role createdAt}fragment OrganizationDetails on Organization{id organizationId name billingPlan}fragment PersonDetails on Person{id personId name surname email archived createdAt updatedAt}fragment StreamDetails on Stream{id streamId name isDefault archivedAt createdAt updatedAt}fragment StreamLeadershipLink on StreamLeadership{id leadershipId streamId leaderId createdAt updatedAt deletedAt}fragment StreamMembershipLink on StreamMembership{id membershipId streamId memberId startsAt endsAt createdAt updatedAt}",
};