import type { Moment, Tenanted } from '../../domain/entities.ts';

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
