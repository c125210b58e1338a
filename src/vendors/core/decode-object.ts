import type { Decoder } from '../../domain/decode.ts';
import { asObject } from './json.ts';

/** The forms of an object's members. */
type Forms<T> = { readonly [Name in keyof T]: Decoder<T[Name]> };

/** What is read of an object of a vendor's. */
export type WireValue<Schema> = Schema extends WireObject<infer T> ? T : never;

/** An object read from the wire, with the names of the optional members that had to be dropped. */
export interface WireReading<T> {
  readonly value: T;
  readonly dropped: readonly string[];
}

type NamedForm = readonly [name: string, form: Decoder<unknown>];

const nothing: readonly string[] = [];

/** An object of a vendor's, as it comes over the wire. */
export class WireObject<T> {
  readonly #required: readonly NamedForm[];
  readonly #optional: readonly NamedForm[];

  constructor(required: readonly NamedForm[], optional: readonly NamedForm[]) {
    this.#required = required;
    this.#optional = optional;
  }

  /**
   * Reads one. Where an optional member is wrong it becomes null, since a bad date must not hide a change
   * that was made; where a required one is, there is no reading.
   */
  read(json: unknown): WireReading<T> | null {
    const object = asObject(json);
    if (object === null) return null;
    const value: Record<string, unknown> = {};
    let dropped = nothing;
    for (const [name, form] of this.#required) {
      const read = form(object[name]);
      if (read === undefined) return null;
      value[name] = read;
    }
    for (const [name, form] of this.#optional) {
      const raw = object[name];
      const read = raw == null ? raw : form(raw);
      const isWrong = read === undefined && raw !== undefined;
      value[name] = isWrong ? null : read;
      if (isWrong) dropped = [...dropped, name];
    }
    return { value: value as T, dropped };
  }

  /** As the form of a member of another object: with nothing wrong in it, its optional members neither. */
  readonly whole: Decoder<T> = (json) => {
    const reading = this.read(json);
    return reading === null || reading.dropped.length > 0 ? undefined : reading.value;
  };
}

/**
 * Describes an object of a vendor's.
 *
 * @param required the members without which it is none
 * @param optional those that may be missing or null
 */
export function wireObject<Required, Optional = unknown>(
  required: Forms<Required>,
  optional: Forms<Optional> = {} as Forms<Optional>,
): WireObject<Required & { readonly [Name in keyof Optional]?: Optional[Name] | null }> {
  return new WireObject(Object.entries(required), Object.entries(optional));
}
