/**
 * Decodes a value of foreign JSON; returns undefined for any other value. Decoders are plain functions: the response to
 * each change is read with them.
 */
export type Decoder<T> = (value: unknown) => T | undefined;

export const string: Decoder<string> = (value) => (typeof value === 'string' ? value : undefined);

export const nonEmptyString: Decoder<string> = (value) =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const boolean: Decoder<boolean> = (value) =>
  typeof value === 'boolean' ? value : undefined;

const digits = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * A whole number from 0 on that JSON keeps exactly. Digits in a string are accepted too: servers whose database driver
 * reports large integers as strings send them like that.
 */
export const wholeNumber: Decoder<number> = (value) => {
  const number = typeof value === 'string' && digits.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
};

/** A whole number from 1 on, or its digits in a string. */
export const numericId: Decoder<number> = (value) => wholeNumber(value) || undefined;

/** Any value. */
export const anything: Decoder<unknown> = (value) => value;

/** An array of any values. */
export const anyArray: Decoder<readonly unknown[]> = (value) =>
  Array.isArray(value) ? value : undefined;

/** An object of any members, not an array. */
export const anyObject: Decoder<Readonly<Record<string, unknown>>> = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;

/** An array of items that all decode. */
export function array<T>(item: Decoder<T>): Decoder<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items: T[] = [];
    for (const one of value) {
      const decoded = item(one);
      if (decoded === undefined) return undefined;
      items.push(decoded);
    }
    return items;
  };
}

/** One of the keys of a map, decoded to its value. */
export function enumeration<T>(values: ReadonlyMap<unknown, T>): Decoder<T> {
  return (value) => values.get(value);
}

/** A value that one of two decoders accepts. */
export function either<T>(first: Decoder<T>, second: Decoder<T>): Decoder<T> {
  return (value) => first(value) ?? second(value);
}

/** A value that may be missing, which decodes to null. Unlike an optional field of {@link object} it must be valid. */
export function optional<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value) => (value === undefined ? null : decoder(value));
}

/** The decoders of an object's fields. */
type Fields<T> = { readonly [Name in keyof T]: Decoder<T[Name]> };

/** The type of the objects that a decoder returns. */
export type Decoded<Schema> = Schema extends ObjectDecoder<infer T> ? T : never;

/** A decoded object, and the names of its optional fields that were invalid and became null. */
export interface DecodedObject<T> {
  readonly value: T;
  readonly invalidFields: readonly string[];
}

type FieldDecoder = readonly [name: string, decoder: Decoder<unknown>];

const noFields: readonly string[] = [];

/** Decodes objects whose fields are known. */
export class ObjectDecoder<T> {
  readonly #required: readonly FieldDecoder[];
  readonly #optional: readonly FieldDecoder[];

  constructor(required: readonly FieldDecoder[], optional: readonly FieldDecoder[]) {
    this.#required = required;
    this.#optional = optional;
  }

  /**
   * Decodes an object. An invalid optional field becomes null, since a malformed date must not hide a change that was
   * made. Returns null if a required field is missing or invalid.
   */
  read(json: unknown): DecodedObject<T> | null {
    const source = anyObject(json);
    if (source === undefined) return null;
    const value: Record<string, unknown> = {};
    let invalidFields = noFields;
    for (const [name, decoder] of this.#required) {
      const decoded = decoder(source[name]);
      if (decoded === undefined) return null;
      value[name] = decoded;
    }
    for (const [name, decoder] of this.#optional) {
      const raw = source[name];
      const decoded = raw == null ? raw : decoder(raw);
      const isInvalid = decoded === undefined && raw !== undefined;
      value[name] = isInvalid ? null : decoded;
      if (isInvalid) invalidFields = [...invalidFields, name];
    }
    return { value: value as T, invalidFields };
  }

  /** Decodes an object without any invalid field: for objects inside others. */
  readonly strict: Decoder<T> = (json) => {
    const decoded = this.read(json);
    return decoded === null || decoded.invalidFields.length > 0 ? undefined : decoded.value;
  };
}

/** Returns a decoder of objects. Optional fields may be missing or null. */
export function object<Required, Optional = unknown>(
  required: Fields<Required>,
  optionalFields: Fields<Optional> = {} as Fields<Optional>,
): ObjectDecoder<Required & { readonly [Name in keyof Optional]?: Optional[Name] | null }> {
  return new ObjectDecoder(Object.entries(required), Object.entries(optionalFields));
}
