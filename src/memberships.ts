import type { ChangeConfirmation } from './errors.ts';

/** A change that is in place, and how that became known. */
export interface Confirmed {
  readonly outcome: 'APPLIED';
  readonly confirmedBy: ChangeConfirmation;
}

/** Whose data an entity is: two tenants of one vendor may use the same ids. */
interface Tenanted {
  readonly tenant: string;
}

/** A person leads a stream in Wethod. */
export interface StreamLeadership extends Tenanted {
  /** The id of the link itself. */
  readonly leadershipId: string;
  readonly streamId: string;
  readonly leaderId: string;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** Where a Kaiten user's picture comes from. */
export type AvatarType = 'GRAVATAR' | 'INITIALS' | 'UPLOADED';

/** The colours a Kaiten user chose. */
export type ColorTheme = 'LIGHT' | 'DARK' | 'AUTO';

/** A user of Kaiten, as a group's endpoints show one. */
export interface GroupUser extends Tenanted {
  readonly userId: string;
  readonly fullName: string | null;
  readonly email: string | null;
  readonly username: string | null;
  readonly initials: string | null;
  readonly avatarType: AvatarType | null;
  readonly avatarInitialsUrl: string | null;
  readonly avatarUploadedUrl: string | null;
  readonly language: string | null;
  readonly timezone: string | null;
  readonly theme: ColorTheme | null;
  readonly uiVersion: number | null;
  readonly activated: boolean | null;
  readonly virtual: boolean | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly emailBlockedAt: Date | null;
  readonly emailBlockedReason: string | null;
  readonly deleteRequestedAt: Date | null;
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
