/** A moment in UTC, as `Date.toISOString` writes it. */
export type Moment = string;

/** An entity of a tenant: two tenants of one vendor may use the same ids. */
interface Tenanted {
  readonly tenant: string;
}

/** A part of a list, starting at an offset. */
export interface Listing<Item> {
  readonly items: readonly Item[];
  /** The place of the first item in the whole list, starting at 0. */
  readonly offset: number;
  /** The place of each item in the whole list, if some of the list are left out. */
  readonly places?: readonly number[];
  /** Returns whether items follow, which may take a call. */
  hasMore(): Promise<boolean>;
}

/** The own fields of a stream of Wethod. */
export interface StreamDetails {
  readonly name: string | null;
  readonly isDefault: boolean | null;
  readonly archivedAt: Moment | null;
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment | null;
}

/** A stream of Wethod; undefined fields have not been read. */
export interface Stream extends Tenanted {
  readonly streamId: string;
  readonly details?: StreamDetails;
  /** The present leaders only. */
  readonly leaders?: readonly StreamLeadership[];
  readonly members?: readonly StreamMembership[];
}

/** The link between a stream of Wethod and a person who leads it. */
export interface StreamLeadership extends Tenanted {
  /** The id of the link itself. */
  readonly leadershipId: string;
  readonly streamId: string;
  readonly leaderId: string;
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment | null;
  readonly deletedAt: Moment | null;
}

/** The link between a stream of Wethod and a person who works in it, for a time or without an end. */
export interface StreamMembership extends Tenanted {
  /** The id of the link itself. */
  readonly membershipId: string;
  readonly streamId: string;
  readonly memberId: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment | null;
}

/** A person of Wethod. */
export interface Person extends Tenanted {
  readonly personId: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly surname: string | null;
  readonly isArchived: boolean | null;
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment | null;
}

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

/** An organization of Aerospike Cloud. */
export interface Organization {
  readonly organizationId: string;
  readonly name: string | null;
  readonly billingPlan: string | null;
}

/** The role of a member in an organization. */
export type OrgRole = 'ORG_ADMIN' | 'ORG_OWNER';

/** A member of the organization that the credential belongs to. */
export interface OrgMember {
  readonly userId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly role: OrgRole | null;
  readonly createdAt: Moment | null;
}

/** A user of Rocket.Chat; undefined fields have not been read. */
export interface ChatUser extends Tenanted {
  readonly userId: string;
  readonly username: string | null;
  readonly name?: string | null;
}

/** The own fields of a private room of Rocket.Chat. */
export interface ChatGroupDetails {
  readonly name: string | null;
  readonly isArchived: boolean | null;
  readonly isReadOnly: boolean | null;
  readonly owner: ChatUser | null;
  readonly usersCount: number | null;
}

/** A private room of Rocket.Chat; undefined fields have not been read. */
export interface ChatGroup extends Tenanted {
  readonly groupId: string;
  /** The display name, if it was read without the other details. */
  readonly name?: string | null;
  /**
   * The name in the room's address, if only that was read. The display name differs from it in discussions and in
   * rooms with spaces or other special characters in their names.
   */
  readonly slug?: string | null;
  readonly details?: ChatGroupDetails;
}

/** A member of a room; the roles are null if the vendor did not return them. */
export interface ChatGroupMember {
  readonly user: ChatUser;
  readonly roles: readonly string[] | null;
}
