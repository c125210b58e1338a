import type { ChangeConfirmation } from '../errors.ts';
import type { GroupUser, StreamLeadership } from './entities.ts';

/** A change that is in place, and how that was confirmed. */
export interface Confirmed {
  readonly outcome: 'APPLIED';
  readonly confirmedBy: ChangeConfirmation;
  /** Whether this request sent nothing, and returns the end of another one with the same idempotency key. */
  readonly isReplay: boolean;
}

/** The result of `attachStreamLeader`. */
export interface StreamLeaderAttached extends Confirmed {
  readonly leadership: StreamLeadership;
}

/** The result of `detachStreamLeader`. */
export interface StreamLeaderDetached extends Confirmed {
  readonly streamId: string;
  readonly leaderId: string;
}

/** The result of `removeGroupUser`; `user` is null if the vendor's response was lost. */
export interface GroupUserRemoved extends Confirmed {
  readonly groupUid: string;
  readonly userId: string;
  readonly user: GroupUser | null;
}

/** The result of `removeOrgMember`. */
export interface OrgMemberRemoved extends Confirmed {
  readonly userId: string;
}

/** The result of `leaveGroup`. */
export interface GroupLeft extends Confirmed {
  readonly groupId: string;
}

/** The result of `removeChatGroupMember`. */
export interface ChatGroupMemberRemoved extends Confirmed {
  readonly groupId: string;
  readonly userId: string;
}
