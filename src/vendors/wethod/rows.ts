import { asObject } from '../core/body.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import { stream, streamLeaderLink, streamMemberLink } from './decode.ts';
import type { Stream, StreamLeadership, StreamMembership } from './entities.ts';
import { getCompany, isLive, toLeadership, toMembership, toStreamDetails } from './map.ts';

type WethodReader = VendorReader<'WETHOD'>;

/** A leader of a list that contains former leaders too. */
type ListedLeader = StreamLeadership & { readonly isLive: boolean };

/** Decodes a list of streams, with the links that the vendor includes in them. @throws {ReadError} */
export function decodeStreams(reader: WethodReader, reading: Reading<'WETHOD'>): Stream[] {
  const rows = reader.decodeAll(reading, reading.json, stream, 'stream');
  return rows.map((row, index) => {
    const streamId = String(row.id);
    const raw = asObject((reading.json as readonly unknown[])[index]);
    const [leaders, members] = [raw?.['stream_leaders'], raw?.['stream_members']];
    return {
      tenant: getCompany(reading),
      streamId,
      details: toStreamDetails(row, reading),
      // If the vendor leaves them out, they are read with calls of their own.
      ...(leaders != null && {
        leaders: decodeLeaders(reader, reading, leaders, streamId).filter((one) => one.isLive),
      }),
      ...(members != null && { members: decodeMembers(reader, reading, members, streamId) }),
    };
  });
}

/** Decodes the leaders of a stream. @throws {ReadError} if a link belongs to another stream */
export function decodeLeaders(
  reader: WethodReader,
  reading: Reading<'WETHOD'>,
  json: unknown,
  streamId: string,
): ListedLeader[] {
  return reader.decodeAll(reading, json, streamLeaderLink, 'stream leader').map((link) => {
    if (String(link.stream_id) !== streamId) throw reader.createUnreadableError(reading);
    return { ...toLeadership(link, reading), isLive: isLive(link, reading.response) };
  });
}

/** Decodes the members of a stream. @throws {ReadError} if a link belongs to another stream */
export function decodeMembers(
  reader: WethodReader,
  reading: Reading<'WETHOD'>,
  json: unknown,
  streamId: string,
): StreamMembership[] {
  return reader.decodeAll(reading, json, streamMemberLink, 'stream member').map((link) => {
    if (String(link.stream_id) !== streamId) throw reader.createUnreadableError(reading);
    return toMembership(link, reading);
  });
}
