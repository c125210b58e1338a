import pLimit from 'p-limit';
import type { TimeBudget } from '../../changes/time-budget.ts';
import {
  type MembershipError,
  type MembershipVendor,
  VendorContractError,
  type VendorReply,
} from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import type { VendorClient } from '../../upstream/client.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import type { Credentials } from './credentials.ts';
import type { WireObject } from './decode-object.ts';
import type { Exchange } from './exchange.ts';
import { checkIds, type IdRule } from './input.ts';
import { readJson } from './json.ts';
import { readReply } from './reply.ts';
import type { VendorSession } from './session.ts';
import type { CallSpec } from './vendor-call.ts';

/** What a read gave: the answer, and its body as JSON. */
export interface Reading<V extends MembershipVendor> extends Exchange<V> {
  readonly json: unknown;
}

/** What a read may need beside its path. */
export type ReadOptions<V extends MembershipVendor> = Partial<
  Pick<CallSpec<V, unknown>, 'permission' | 'isAbsence' | 'fields'>
> & {
  /** Whether an answer that is no success is returned like one, with undefined as its JSON. */
  accepts?(answer: VendorResponse): boolean;
};

// A small part of a vendor's places (VENDOR_CONCURRENCY), so that one document leaves room for all others.
const callsAtOnce = 8;

/**
 * The reads that belong together at one vendor: those of one query, or those behind one root mutation
 * field. Each path is asked for once, and nothing is kept beyond them.
 */
export class VendorReader<V extends MembershipVendor> {
  readonly #link: VendorSession<V>;
  readonly #operation: TimeBudget;
  readonly #limit = pLimit(callsAtOnce);
  readonly #readings = new Map<VendorPath, Promise<Reading<V> | null>>();

  constructor(link: VendorSession<V>, operation: TimeBudget) {
    this.#link = link;
    this.#operation = operation;
  }

  /** The process's client of the vendor, which outlives the reader; null if the vendor is not configured. */
  get client(): VendorClient | null {
    return this.#link.client;
  }

  /** Host and port of the vendor; empty where it is not configured. */
  get host(): string {
    return this.#link.host;
  }

  /**
   * The caller's credentials.
   *
   * @throws {ReadError} where the vendor is not configured or they cannot be used
   */
  credentials(): Promise<Credentials<V>> {
    return this.#link.credentials();
  }

  /**
   * Reads a path, unless it was read before.
   *
   * @returns null where the vendor says that it is not there
   * @throws {ReadError} whatever else keeps it from being read
   */
  get(path: VendorPath, options: ReadOptions<V> = {}): Promise<Reading<V> | null> {
    const known = this.#readings.get(path);
    if (known !== undefined) return known;
    if (!this.#operation.takeCall()) return Promise.reject(ReadError.tooMany(this.#link.vendor.id));
    const reading = this.#limit(() => this.#read(path, options));
    this.#readings.set(path, reading);
    return reading;
  }

  /**
   * Reads a path that every vendor of this kind has, such as the list of all its users.
   *
   * @throws {ReadError} where it is not there, too: nothing would look like an empty list
   */
  async list(path: VendorPath, options: ReadOptions<V> = {}): Promise<Reading<V>> {
    const reading = await this.get(path, options);
    if (reading !== null) return reading;
    throw this.missing(path.split('?', 1)[0] ?? path);
  }

  /**
   * One object of an answer, its wrong optional values made null.
   *
   * @throws {ReadError} where it is not what the vendor documents
   */
  object<T>(reading: Reading<V>, json: unknown, schema: WireObject<T>, name: string): T {
    const wire = schema.read(json);
    if (wire === null) throw this.unreadable(reading);
    this.#link.noteDropped(name, wire.dropped);
    return wire.value;
  }

  /**
   * The objects of a list. One that cannot be read spoils the list: a member who is left out would be
   * one who is not there.
   *
   * @throws {ReadError} where they are not what the vendor documents
   */
  objects<T>(reading: Reading<V>, json: unknown, schema: WireObject<T>, name: string): T[] {
    if (!Array.isArray(json)) throw this.unreadable(reading);
    return json.map((row) => this.object(reading, row, schema, name));
  }

  /** The error for an answer that is not what the vendor documents. */
  unreadable({ answer, credentials }: Exchange<V>): ReadError {
    const message = `${this.#link.vendor.title} gave an answer that the gateway cannot read.`;
    const said = { code: null, message: null };
    return this.#contractError(message, readReply(answer, said, credentials.redactor));
  }

  /** The error for what must be there, and the vendor does not show. */
  missing(what: string): ReadError {
    return this.#contractError(`${this.#link.vendor.title} does not show ${what}.`);
  }

  /** The error for a list that is longer than is read. */
  readonly tooLong = (items: number): ReadError => {
    const { title } = this.#link.vendor;
    return this.#contractError(`${title} has a list of more than ${items} items; it was not read.`);
  };

  /**
   * A field's arguments in their normal form.
   *
   * @throws {ReadError} where one breaks its rule
   */
  check<Name extends string>(
    args: Readonly<Record<Name, string>>,
    rules: Readonly<Record<Name, IdRule>>,
  ): Record<Name, string> {
    try {
      return checkIds(this.#link.vendor, args, rules, []);
    } catch (error) {
      throw ReadError.from(error);
    }
  }

  #contractError(message: string, reply?: VendorReply): ReadError {
    const { id: vendor } = this.#link.vendor;
    const init = { vendor, outcome: 'NOT_APPLIED', message, ...(reply && { reply }) } as const;
    return ReadError.of(new VendorContractError(init));
  }

  #read(path: VendorPath, { accepts, ...options }: ReadOptions<V>): Promise<Reading<V> | null> {
    const { vendor, dialect } = this.#link;
    const request = { method: 'GET', path, headers: dialect.headers } as const;
    const read = (exchange: Exchange<V>): Reading<V> | null => {
      const { answer } = exchange;
      if (accepts?.(answer)) return { ...exchange, json: undefined };
      const json = answer.status === 200 ? readJson(answer) : undefined;
      if (json === undefined || dialect.isErrorForm(json)) return null;
      return { ...exchange, json };
    };
    const notFound = `${vendor.title} finds nothing of that kind, or the caller cannot see it.`;
    // What a proxy says in the vendor's words is no sign of absence.
    const isAbsence = (error: MembershipError) =>
      !isForeign(error) && options.isAbsence?.(error) === true;
    const call = { notFound, permission: null, ...options, request, read, isAbsence };
    return this.#link.read(call, this.#operation);
  }
}

function isForeign(error: MembershipError): boolean {
  return error instanceof VendorContractError && error.isForeign;
}
