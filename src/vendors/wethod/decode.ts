import { boolean, type Decoded, numericId, object, string } from '../../domain/decode.ts';
import { dayOrMoment, moment, removalMark } from '../../domain/decode-time.ts';

/** A stream's link to one of its leaders: docs.wethod.com, "Attach leader to stream", 200. */
export const streamLeaderLink = object(
  // The removal mark is required: a link without a valid one may be the link of a former leader.
  { id: numericId, stream_id: numericId, leader_id: numericId, deleted_at: removalMark },
  { created_at: moment, updated_at: moment },
);

/** A decoded link to a leader. */
export type StreamLeaderLink = Decoded<typeof streamLeaderLink>;

/** A stream's link to a person who works in it: docs.wethod.com, "List stream members". */
export const streamMemberLink = object(
  { id: numericId, stream_id: numericId, member_id: numericId },
  {
    created_at: moment,
    updated_at: moment,
    // The documentation shows neither an example nor a format for these.
    starts_at: dayOrMoment,
    ends_at: dayOrMoment,
  },
);

/** A stream: docs.wethod.com, "List streams". It contains its links only if they were requested. */
export const stream = object(
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
export const person = object(
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
