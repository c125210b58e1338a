export { type Credentials, type CredentialVendor, credentialHeaders } from './credentials.ts';
export { endMembership } from './end-membership.ts';
export { english } from './english.ts';
export {
  GatewayError,
  type GatewayErrorCode,
  type GatewayErrorInit,
  ReadError,
  type ReadErrorCode,
  type ReadErrorDetails,
} from './errors.ts';
export { explain, type Sentences } from './explain.ts';
export type { Gateway } from './gateway.ts';
export type {
  AttachStreamLeaderInput,
  AvatarType,
  ChangeConfirmation,
  ChangeOutcome,
  ChatGroupQuery,
  ChatGroupsQuery,
  ColorTheme,
  CredentialProblem,
  DetachStreamLeaderInput,
  EndingMutation,
  GroupQuery,
  GroupsQuery,
  GroupUserQuery,
  LeaveGroupInput,
  MembershipsQuery,
  MembershipVendor,
  NodeQuery,
  OrganizationQuery,
  OrgMemberQuery,
  OrgRole,
  PersonQuery,
  RemoveChatGroupMemberInput,
  RemoveGroupUserInput,
  RemoveOrgMemberInput,
  StreamQuery,
  StreamsQuery,
  UnavailableReason,
  VendorsQuery,
} from './generated/types.ts';
export { type Handlers, match } from './match.ts';
export {
  attachStreamLeader,
  detachStreamLeader,
  leaveGroup,
  removeChatGroupMember,
  removeGroupUser,
  removeOrgMember,
} from './mutations.ts';
export {
  chatGroup,
  chatGroups,
  group,
  groups,
  groupUser,
  memberships,
  node,
  organization,
  orgMember,
  person,
  stream,
  streams,
  vendors,
} from './queries.ts';
export type { Read } from './read.ts';
export {
  type AttachStreamLeaderResult,
  type ChangeResult,
  type ChangeSuccess,
  type DetachStreamLeaderResult,
  isSuccess,
  type LaterMember,
  type LeaveGroupResult,
  type MembershipEnd,
  type MembershipError,
  type MembershipErrorOf,
  type RemoveChatGroupMemberResult,
  type RemoveGroupUserResult,
  type RemoveOrgMemberResult,
} from './results.ts';
