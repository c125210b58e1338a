import type { Tenanted } from '../../domain/entities.ts';

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
