import type { Decoded } from '../../domain/decode.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import type { Exchange } from '../core/exchange.ts';
import { readVendorClock } from '../core/retry-after.ts';
import type { person, StreamLeaderLink, stream, streamMemberLink } from './decode.ts';
import type { Person, StreamDetails, StreamLeadership, StreamMembership } from './entities.ts';

type Wethod = Exchange<'WETHOD'>;

// A Date header has whole seconds: a link deleted within the second of the response is deleted.
const dateResolutionMs = 1_000;

/** Returns whether a link has not been deleted: Wethod keeps deleted links with their time of deletion. */
export function isLive({ deleted_at }: StreamLeaderLink, response: VendorResponse): boolean {
  if (deleted_at === null) return true;
  // The later of the two clocks, so that a clock that is behind does not make a link live.
  const now = Math.max(readVendorClock(response) + dateResolutionMs, Date.now());
  return Date.parse(deleted_at) > now;
}

/** Converts a leader's link to an entity. */
export function toLeadership(link: StreamLeaderLink, exchange: Wethod): StreamLeadership {
  return {
    tenant: getCompany(exchange),
    leadershipId: String(link.id),
    streamId: String(link.stream_id),
    leaderId: String(link.leader_id),
    createdAt: link.created_at ?? null,
    updatedAt: link.updated_at ?? null,
    deletedAt: link.deleted_at,
  };
}

/** Converts a member's link to an entity. */
export function toMembership(
  link: Decoded<typeof streamMemberLink>,
  exchange: Wethod,
): StreamMembership {
  return {
    tenant: getCompany(exchange),
    membershipId: String(link.id),
    streamId: String(link.stream_id),
    memberId: String(link.member_id),
    startsAt: link.starts_at ?? null,
    endsAt: link.ends_at ?? null,
    createdAt: link.created_at ?? null,
    updatedAt: link.updated_at ?? null,
  };
}

/** Converts a stream to the details of its entity. */
export function toStreamDetails(
  row: Decoded<typeof stream>,
  { credentials }: Wethod,
): StreamDetails {
  return {
    name: credentials.redactor.redactValue(row.name),
    isDefault: row.is_default ?? null,
    archivedAt: row.archived_at ?? null,
    createdAt: row.created_at ?? null,
    updatedAt: row.updated_at ?? null,
  };
}

/** Converts a person to an entity. */
export function toPerson(row: Decoded<typeof person>, exchange: Wethod): Person {
  const { redactor } = exchange.credentials;
  return {
    tenant: getCompany(exchange),
    personId: String(row.id),
    email: redactor.redactValue(row.email),
    name: redactor.redactValue(row.name),
    surname: redactor.redactValue(row.surname),
    isArchived: row.is_archived ?? null,
    createdAt: row.created_at ?? null,
    updatedAt: row.updated_at ?? null,
  };
}

/** Returns the company, which is the tenant: the streams and persons of each have the same numbers. */
export function getCompany({ credentials }: Pick<Wethod, 'credentials'>): string {
  return credentials.value('wethod-company');
}
