import type {
  Person,
  StreamDetails,
  StreamLeadership,
  StreamMembership,
} from '../../domain/entities.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import type { WireValue } from '../core/decode-object.ts';
import type { Exchange } from '../core/exchange.ts';
import { clock } from '../core/retry-after.ts';
import type { personRow, StreamLeaderLink, streamMemberLink, streamRow } from './decode.ts';

type Wethod = Exchange<'WETHOD'>;

// A Date header tells whole seconds: a link deleted within the second of the answer is deleted.
const dateResolutionMs = 1_000;

/** Whether a link has not been deleted: Wethod keeps the deleted ones, with the time of it. */
export function isLive({ deleted_at }: StreamLeaderLink, answer: VendorResponse): boolean {
  if (deleted_at === null) return true;
  // Whichever clock is ahead: a link is not called live because one of them is behind.
  const now = Math.max(clock(answer) + dateResolutionMs, Date.now());
  return Date.parse(deleted_at) > now;
}

/** A leader's link under the names of the graph. */
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

/** A member's link under the names of the graph. */
export function toMembership(
  link: WireValue<typeof streamMemberLink>,
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

/** What a stream's row tells of it, under the names of the graph. */
export function toStreamDetails(
  row: WireValue<typeof streamRow>,
  { credentials }: Wethod,
): StreamDetails {
  return {
    name: credentials.redactor.data(row.name),
    isDefault: row.is_default ?? null,
    archivedAt: row.archived_at ?? null,
    createdAt: row.created_at ?? null,
    updatedAt: row.updated_at ?? null,
  };
}

/** A person under the names of the graph. */
export function toPerson(row: WireValue<typeof personRow>, exchange: Wethod): Person {
  const { redactor } = exchange.credentials;
  return {
    tenant: getCompany(exchange),
    personId: String(row.id),
    email: redactor.data(row.email),
    name: redactor.data(row.name),
    surname: redactor.data(row.surname),
    isArchived: row.is_archived ?? null,
    createdAt: row.created_at ?? null,
    updatedAt: row.updated_at ?? null,
  };
}

/** The company is the tenant: each has its own streams and persons, under the same numbers. */
export function getCompany({ credentials }: Pick<Wethod, 'credentials'>): string {
  return credentials.value('wethod-company');
}
