import { z } from 'zod';
import { moment } from '../wire.ts';

const id = z.int().positive();
const text = z.string().nullish();
// The documentation shows neither an example nor a format for the times of a member.
const dateOrMoment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).nullish();

/** A stream's link to one of its leaders: docs.wethod.com, "Attach leader to stream", 200. */
export const streamLeaderLink = z.object({
  id,
  stream_id: id,
  leader_id: id,
  created_at: moment.nullish(),
  updated_at: moment.nullish(),
  deleted_at: moment.nullish(),
});

/** The link as it came over the wire, its moments read. */
export type StreamLeaderLink = z.infer<typeof streamLeaderLink>;

/** A stream's link to somebody who works in it: docs.wethod.com, "List stream members". */
export const streamMemberLink = z.object({
  id,
  stream_id: id,
  member_id: id,
  created_at: moment.nullish(),
  updated_at: moment.nullish(),
  starts_at: dateOrMoment,
  ends_at: dateOrMoment,
});

/** A stream: docs.wethod.com, "List streams". Its links stand in it only where they were asked for. */
export const streamRow = z.object({
  id,
  name: text,
  is_default: z.boolean().nullish(),
  archived_at: moment.nullish(),
  created_at: moment.nullish(),
  updated_at: moment.nullish(),
});

/** A person: docs.wethod.com, "List persons". */
export const personRow = z.object({
  id,
  email: text,
  name: text,
  surname: text,
  is_archived: z.boolean().nullish(),
  created_at: moment.nullish(),
  updated_at: moment.nullish(),
});
