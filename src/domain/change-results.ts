import type { ChangeConfirmation } from '../errors.ts';
import type { GroupUser, StreamLeadership } from './entities.ts';

/** A change that is in place, and how that became known. */
export interface Confirmed {
  readonly outcome: 'APPLIED';
  readonly confirmedBy: ChangeConfirmation;
}

/** The person leads the stream. */
export interface StreamLeaderAttached extends Confirmed {
  readonly leadership: StreamLeadership;
}

/** The person does not lead the stream any more. */
export interface StreamLeaderDetached extends Confirmed {
  readonly streamId: string;
  readonly leaderId: string;
}

/** The user is not in the group any more; `user` where the vendor sent it along. */
export interface GroupUserRemoved extends Confirmed {
  readonly groupUid: string;
  readonly userId: string;
  readonly user: GroupUser | null;
}

/** The person is not a member of the organisation any more. */
export interface OrgMemberRemoved extends Confirmed {
  readonly userId: string;
}

/** The caller is not in the room any more. */
export interface GroupLeft extends Confirmed {
  readonly groupId: string;
}

/** The person is not in the room any more. */
export interface ChatGroupMemberRemoved extends Confirmed {
  readonly groupId: string;
  readonly userId: string;
}
