import type {
  AttachStreamLeaderMutation,
  ChangeOutcome,
  DetachStreamLeaderMutation,
  FailureFragment,
  LeaveGroupMutation,
  MembershipsQuery,
  RemoveChatGroupMemberMutation,
  RemoveGroupUserMutation,
  RemoveOrgMemberMutation,
} from './generated/types.ts';

/** What `attachStreamLeader` may answer. */
export type AttachStreamLeaderResult = NonNullable<
  AttachStreamLeaderMutation['attachStreamLeader']
>;

/** What `detachStreamLeader` may answer. */
export type DetachStreamLeaderResult = NonNullable<
  DetachStreamLeaderMutation['detachStreamLeader']
>;

/** What `removeGroupUser` may answer. */
export type RemoveGroupUserResult = NonNullable<RemoveGroupUserMutation['removeGroupUser']>;

/** What `removeOrgMember` may answer. */
export type RemoveOrgMemberResult = NonNullable<RemoveOrgMemberMutation['removeOrgMember']>;

/** What `leaveGroup` may answer. */
export type LeaveGroupResult = NonNullable<LeaveGroupMutation['leaveGroup']>;

/** What `removeChatGroupMember` may answer. */
export type RemoveChatGroupMemberResult = NonNullable<
  RemoveChatGroupMemberMutation['removeChatGroupMember']
>;

/** What any of the mutations may answer. */
export type ChangeResult =
  | AttachStreamLeaderResult
  | DetachStreamLeaderResult
  | RemoveGroupUserResult
  | RemoveOrgMemberResult
  | LeaveGroupResult
  | RemoveChatGroupMemberResult;

/** The members that say that the change was made. */
export type ChangeSuccess = Extract<ChangeResult, { readonly confirmedBy: unknown }>;

/** The members that say that it was not made, or that nobody knows. */
export type MembershipError = Exclude<ChangeResult, ChangeSuccess>;

/** One of them by its name, such as `MembershipErrorOf<'NotFoundError'>`. */
export type MembershipErrorOf<Name extends MembershipError['__typename']> = Extract<
  MembershipError,
  { readonly __typename: Name }
>;

/**
 * A member that came later than this client: it has a name that the client does not know, an outcome, and
 * what all errors have in common if it is one.
 */
export type LaterMember = {
  readonly __typename: string;
  readonly outcome: ChangeOutcome;
} & Partial<Pick<MembershipErrorOf<'NotFoundError'>, keyof FailureFragment & CommonField>>;

type CommonField = Exclude<keyof MembershipErrorOf<'NotFoundError'>, '__typename' | 'outcome'>;

/** Whether a change was made. */
export function isSuccess<Result extends ChangeResult>(
  result: Result,
): result is Extract<Result, ChangeSuccess> {
  return result.outcome === 'APPLIED';
}

/** What ends a membership, as `memberships` tells it. */
export type MembershipEnd = NonNullable<
  NonNullable<MembershipsQuery['memberships']>['streamsLed']
>[number]['end'];
