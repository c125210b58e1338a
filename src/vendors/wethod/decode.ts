import {
  boolean,
  dayOrMoment,
  moment,
  numericId,
  removalMark,
  string,
} from '../../domain/decode.ts';
import { type WireValue, wireObject } from '../core/decode-object.ts';

/** A stream's link to one of its leaders: docs.wethod.com, "Attach leader to stream", 200. */
export const streamLeaderLink = wireObject(
  // A link whose removal mark cannot be read is none: it may be the link of a former leader.
  { id: numericId, stream_id: numericId, leader_id: numericId, deleted_at: removalMark },
  { created_at: moment, updated_at: moment },
);

/** The link as it came over the wire, its moments read. */
export type StreamLeaderLink = WireValue<typeof streamLeaderLink>;

/** A stream's link to somebody who works in it: docs.wethod.com, "List stream members". */
export const streamMemberLink = wireObject(
  { id: numericId, stream_id: numericId, member_id: numericId },
  {
    created_at: moment,
    updated_at: moment,
    // The documentation shows neither an example nor a format for these.
    starts_at: dayOrMoment,
    ends_at: dayOrMoment,
  },
);

/** A stream: docs.wethod.com, "List streams". Its links stand in it only where they were asked for. */
export const streamRow = wireObject(
  { id: numericId },
  {
    name: string,
    is_default: boolean,
    archived_at: moment,
    created_at: moment,
    updated_at: moment,
  },
);

/** A person: docs.wethod.com, "List persons". */
export const personRow = wireObject(
  { id: numericId },
  {
    email: string,
    name: string,
    surname: string,
    is_archived: boolean,
    created_at: moment,
    updated_at: moment,
  },
);
