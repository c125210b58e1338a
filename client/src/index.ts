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
export * from './generated/mutations.ts';
export type {
  AvatarType,
  ChangeConfirmation,
  ChangeOutcome,
  ChatGroupQuery,
  ChatGroupsQuery,
  ColorTheme,
  CredentialProblem,
  EndingMutation,
  GroupQuery,
  GroupsQuery,
  GroupUserQuery,
  MembershipsQuery,
  MembershipVendor,
  NodeQuery,
  OrganizationQuery,
  OrgMemberQuery,
  OrgRole,
  PersonQuery,
  StreamQuery,
  StreamsQuery,
  UnavailableReason,
  VendorsQuery,
} from './generated/types.ts';
export { type Handlers, match } from './match.ts';
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
  type ChangeSuccess,
  isSuccess,
  type Keyed,
  type LaterMember,
  type MembershipEnd,
  type MembershipError,
  type MembershipErrorOf,
} from './results.ts';
export type { RetryOptions } from './retry.ts';
