import type { ReadBack } from '../../changes/settle.ts';
import type { MembershipError, MembershipVendor } from '../../errors.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { VendorRequest } from '../../upstream/request.ts';
import type { VendorRuntime } from './dialect.ts';
import type { Exchange, ReadVendor } from './exchange.ts';
import { checkIds, type IdRule } from './input.ts';
import type { PageSearch } from './pagination.ts';

/** The input of a change: the vendor's ids by the name of their argument. */
export type ChangeInput = { readonly [Field: string]: string };

/** One call to a vendor: its request, and the meaning of its response. */
export interface CallSpec<V extends MembershipVendor, T> {
  /** The request without credentials; the session adds them. */
  readonly request: VendorRequest;
  /** The message of a `NotFoundError`, which names what was not found. */
  readonly notFound: string;
  /** The permission that the vendor's documentation requires; null if it names none. */
  readonly permission: string | null;
  /** The gateway's argument for each field that the vendor may name in an error. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Returns the value of a success; null for every other response. */
  read(exchange: Exchange<V>): T | null;
  /** Returns whether an error other than "not found" reports that the object does not exist. */
  isAbsence?: ((error: MembershipError) => boolean) | undefined;
}

/** One change to be made: a call, what the audit log records of it, and its read-back. */
export interface ChangeSpec<V extends MembershipVendor, T> extends CallSpec<V, T> {
  /** The name of the mutation. */
  readonly mutation: string;
  /** The ids of its input in their normal form. */
  readonly ids: ChangeInput;
  /** Reads back whether the requested state is in place. */
  readBack(read: ReadVendor<V>): Promise<ReadBack<T>>;
  /** Whether the membership is that of the credentials' owner. */
  readonly isOfOwner: boolean;
  /** Returns the part of a success that may be stored. */
  toStored(value: T): T;
}

/** The part of a session that declarations of changes use. */
export interface ChangeContext {
  /** Host and port of the vendor. */
  readonly host: string;
  /** Logs the optional fields of a vendor's object that were invalid and became null. */
  logInvalidFields(object: string, fields: readonly string[]): void;
}

/** A mutation of a vendor, as its folder declares it. */
export interface ChangeDeclaration<
  V extends MembershipVendor,
  Input extends { readonly [Field in keyof Input]: string },
  Value extends object,
> {
  /** Method and path as the vendor's documentation writes them; each `{parameter}` is a field of the input. */
  readonly endpoint: `${'POST' | 'DELETE'} /${string}`;
  /** The rule of each id. */
  readonly input: { readonly [Field in keyof Input]: IdRule };
  /** The permission that the vendor's documentation requires; null if it names none. */
  readonly permission: string | null;
  /** The permission in words, for a vendor whose documentation names none. */
  readonly permissionInWords?: string;
  /** Describes the end of a membership, for a change that ends one: it is then offered with each such membership. */
  readonly ending?: string;
  readonly notFound: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** The most calls that a read-back makes, for the mutation's cost; 1 by default: a walked list counts as one. */
  readonly readBackCalls?: number;
  /** Returns the body of the request; there is none by default. */
  body?(ids: Input): string;
  /** Returns the value of a success; null for every other response. */
  success(exchange: Exchange<V>, ids: Input, context: ChangeContext): Value | null;
  /** Reads back whether the requested state is in place. */
  readBack(read: ReadVendor<V>, ids: Input, context: ChangeContext): Promise<ReadBack<Value>>;
  /** Returns whether an error other than "not found" reports that the membership does not exist. */
  isAbsence?(error: MembershipError): boolean;
  /** Whether the membership is that of the credentials' owner, whom the input does not name. */
  readonly isOfOwner?: boolean;
  /** Returns the part of a success that may be stored: ids and dates, no names; all of it by default. */
  toStored?(value: Value): Value;
}

/** A mutation of a vendor with everything that follows from its declaration. */
export interface VendorChange<
  V extends MembershipVendor,
  Input extends { readonly [Field in keyof Input]: string },
  Value extends object,
> extends ChangeDeclaration<V, Input, Value> {
  /** The name of the mutation. */
  readonly name: string;
  readonly vendor: V;
  readonly key: Lowercase<V>;
  readonly method: 'POST' | 'DELETE';
  /** The most calls that it makes: its attempts and its read-back. */
  readonly maxCalls: number;
  /** Returns the path with the ids in it. */
  fillPath(ids: Input): VendorPath;
}

/**
 * Prepares a change with checked ids: its request, and the meaning of its responses.
 *
 * @throws {InvalidInputError} if an id breaks its rule
 */
export function prepareChange<
  V extends MembershipVendor,
  Input extends { readonly [Field in keyof Input]: string },
  Value extends object,
>(
  change: VendorChange<V, Input, Value>,
  input: Input,
  { vendor, dialect }: VendorRuntime<V>,
  context: ChangeContext,
): ChangeSpec<V, Value> {
  const ids = checkIds(vendor, input, change.input);
  const { method, endpoint, notFound, permission, fields, isAbsence } = change;
  const body = change.body?.(ids);
  return {
    mutation: change.name,
    ids,
    request: { method, path: change.fillPath(ids), headers: dialect.headers, body, endpoint },
    notFound,
    permission,
    fields,
    isAbsence,
    isOfOwner: change.isOfOwner === true,
    toStored: (value) => change.toStored?.(value) ?? value,
    read: (exchange) => change.success(exchange, ids, context),
    readBack: (read) => change.readBack(read, ids, context),
  };
}

/** Returns the read-back of a removal: the requested state is in place once the search finds nothing. */
export async function readBackAbsence<T>(
  search: Promise<PageSearch<unknown>>,
  value: T,
): Promise<ReadBack<T>> {
  const { kind } = await search;
  if (kind === 'unreadable') return { kind };
  return kind === 'found' ? { kind: 'notInPlace' } : { kind: 'inPlace', value };
}
