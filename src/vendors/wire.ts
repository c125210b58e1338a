import { z } from 'zod';
import { asObject } from './json.ts';

/** A moment as vendors write it (RFC 3339); one without a zone is not a moment, and is refused. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** An object read from the wire, with the names of the optional members that had to be dropped. */
export interface WireReading<T> {
  readonly value: T;
  readonly dropped: readonly string[];
}

/**
 * Reads a vendor's object. Where an optional member is wrong it becomes null, since a bad date must
 * not hide a change that was made; where a required one is, there is no reading.
 */
export function readWire<Schema extends z.ZodObject>(
  schema: Schema,
  json: unknown,
): WireReading<z.infer<Schema>> | null {
  const first = schema.safeParse(json);
  if (first.success) return { value: first.data, dropped: [] };
  const object = asObject(json);
  if (object === null) return null;
  const dropped = [...new Set(first.error.issues.map((issue) => String(issue.path[0])))];
  const mended = { ...object, ...Object.fromEntries(dropped.map((name) => [name, null])) };
  const second = schema.safeParse(mended);
  return second.success ? { value: second.data, dropped } : null;
}
