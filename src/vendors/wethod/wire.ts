import { z } from 'zod';
import { moment } from '../wire.ts';

const id = z.int().positive();

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
