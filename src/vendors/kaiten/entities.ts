import type { Moment, Tenanted } from '../../domain/entities.ts';

/** The own fields of a group of Kaiten. */
export interface GroupDetails {
  /** The number that identifies the group in lists of users. */
  readonly numericId: string;
  readonly name: string | null;
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment | null;
}

/** A group of Kaiten; what is undefined has not been read. */
export interface Group extends Tenanted {
  readonly groupUid: string;
  readonly details?: GroupDetails;
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
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment | null;
  readonly emailBlockedAt: Moment | null;
  readonly emailBlockedReason: string | null;
  readonly deleteRequestedAt: Moment | null;
}
