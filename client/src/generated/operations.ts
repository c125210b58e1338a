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
  id: '06ad897fbc601559ac0a57b0429e6768858940691419a4b1313ff12a75ba264d',
  text: "mutation AttachStreamLeader($input:AttachStreamLeaderInput!){attachStreamLeader(input:$input){__typename ...Outcome ...Failure ...on AttachStreamLeaderSuccess{confirmedBy leadership{...StreamLeadershipLink}}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}}fragment Outcome on ChangeResult{outcome}fragment StreamLeadershipLink on StreamLeadership{id leadershipId streamId leaderId createdAt updatedAt deletedAt}",
};

export const detachStreamLeader: Operation<DetachStreamLeaderMutation, DetachStreamLeaderMutationVariables> = {
  id: '2e8117a3084191f45fa45d5388ad9caab0c225704c16f33fafa3b31efbcda2be',
  text: "mutation DetachStreamLeader($input:DetachStreamLeaderInput!){detachStreamLeader(input:$input){__typename ...Outcome ...Failure ...on DetachStreamLeaderSuccess{confirmedBy streamId leaderId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}}fragment Outcome on ChangeResult{outcome}",
};

export const removeGroupUser: Operation<RemoveGroupUserMutation, RemoveGroupUserMutationVariables> = {
  id: '7746b35dcd8365b224be02d267991209c9a66127cda718d4ef42a06f8bc878f8',
  text: "mutation RemoveGroupUser($input:RemoveGroupUserInput!){removeGroupUser(input:$input){__typename ...Outcome ...Failure ...on RemoveGroupUserSuccess{confirmedBy groupUid userId user{...GroupUserDetails}}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}}fragment GroupUserDetails on GroupUser{id userId fullName username email initials avatarType avatarInitialsUrl avatarUploadedUrl language timezone theme uiVersion activated virtual emailBlockedAt emailBlockedReason deleteRequestedAt createdAt updatedAt}fragment Outcome on ChangeResult{outcome}",
};

export const removeOrgMember: Operation<RemoveOrgMemberMutation, RemoveOrgMemberMutationVariables> = {
  id: 'ca8c4b730a1aef33a05351adce721eb9dce0bba3b924152633d926a2df4189fa',
  text: "mutation RemoveOrgMember($input:RemoveOrgMemberInput!){removeOrgMember(input:$input){__typename ...Outcome ...Failure ...on RemoveOrgMemberSuccess{confirmedBy userId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}}fragment Outcome on ChangeResult{outcome}",
};

export const leaveGroup: Operation<LeaveGroupMutation, LeaveGroupMutationVariables> = {
  id: 'dcd5a2170793a88cc6c026aa5f2ed7bcbd0f501a482786b52169702a00312f50',
  text: "mutation LeaveGroup($input:LeaveGroupInput!){leaveGroup(input:$input){__typename ...Outcome ...Failure ...on LeaveGroupSuccess{confirmedBy groupId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}}fragment Outcome on ChangeResult{outcome}",
};

export const removeChatGroupMember: Operation<RemoveChatGroupMemberMutation, RemoveChatGroupMemberMutationVariables> = {
  id: '108b4b460b0d6be760f4bc4903d86acdfea9b60b5c7206be15004a08825e950e',
  text: "mutation RemoveChatGroupMember($input:RemoveChatGroupMemberInput!){removeChatGroupMember(input:$input){__typename ...Outcome ...Failure ...on RemoveChatGroupMemberSuccess{confirmedBy groupId userId}}}fragment Failure on MembershipError{message vendor retryable requestId vendorStatus vendorCode vendorMessage vendorRequestId ...on InvalidInputError{issues{path message}}...on AuthenticationError{problem}...on PermissionDeniedError{requiredPermission}...on RateLimitedError{retryAfterSeconds}...on VendorUnavailableError{reason retryAfterSeconds}}fragment Outcome on ChangeResult{outcome}",
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