import pLimit from 'p-limit';
import type { TimeBudget } from '../../changes/time-budget.ts';
import type { ObjectDecoder } from '../../domain/decode.ts';
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
import { parseBody } from './body.ts';
import type { CallSpec } from './change.ts';
import type { Credentials } from './credentials.ts';
import { describeUnreadable } from './error-mapping.ts';
import type { Exchange } from './exchange.ts';
import { checkIds, type IdRule } from './input.ts';
import { readReply } from './reply.ts';
import type { VendorSession } from './session.ts';

/** A response to a read, with its body as JSON. */
export interface Reading<V extends MembershipVendor> extends Exchange<V> {
  readonly json: unknown;
}

/** Options of a read. */
export type ReadOptions<V extends MembershipVendor> = Partial<
  Pick<CallSpec<V, unknown>, 'permission' | 'isAbsence' | 'fields'>
> & {
  /** Returns whether an error response is returned like a success, with undefined as its JSON. */
  accepts?(response: VendorResponse): boolean;
};

// A small part of a vendor's places (VENDOR_CONCURRENCY), so that one document leaves room for all others.
const maxConcurrentCalls = 8;

/**
 * The reads that belong together at one vendor: those of one query, or those after one root mutation field. Each path is
 * read once, and nothing is cached beyond them.
 */
export class VendorReader<V extends MembershipVendor> {
  readonly #session: VendorSession<V>;
  readonly #budget: TimeBudget;
  readonly #limit = pLimit(maxConcurrentCalls);
  readonly #readings = new Map<VendorPath, Promise<Reading<V> | null>>();

  constructor(session: VendorSession<V>, budget: TimeBudget) {
    this.#session = session;
    this.#budget = budget;
  }

  /** The process's client of the vendor, which outlives the reader; null if the vendor is not configured. */
  get client(): VendorClient | null {
    return this.#session.runtime.client;
  }

  /** Host and port of the vendor; empty if it is not configured. */
  get host(): string {
    return this.#session.host;
  }

  /**
   * Returns the caller's credentials.
   *
   * @throws {ReadError} if the vendor is not configured or they cannot be used
   */
  getCredentials(): Promise<Credentials<V>> {
    return this.#session.getCredentials();
  }

  /**
   * Reads a path, unless it was read before.
   *
   * @returns null if the vendor reports that it does not exist
   * @throws {ReadError} if it cannot be read for any other reason
   */
  get(path: VendorPath, options: ReadOptions<V> = {}): Promise<Reading<V> | null> {
    const known = this.#readings.get(path);
    if (known !== undefined) return known;
    if (!this.#budget.takeCall()) {
      return Promise.reject(ReadError.createTooManyCalls(this.#session.runtime.vendor.id));
    }
    const reading = this.#limit(() => this.#read(path, options));
    this.#readings.set(path, reading);
    return reading;
  }

  /**
   * Reads a path that always exists, such as the list of all users.
   *
   * @throws {ReadError} if it does not exist, too: nothing would look like an empty list
   */
  async getExisting(path: VendorPath, options: ReadOptions<V> = {}): Promise<Reading<V>> {
    const reading = await this.get(path, options);
    if (reading !== null) return reading;
    throw this.createMissingError(path.split('?', 1)[0] ?? path);
  }

  /**
   * Decodes one object of a response; invalid optional fields become null.
   *
   * @throws {ReadError} if it is not what the vendor documents
   */
  decode<T>(reading: Reading<V>, json: unknown, decoder: ObjectDecoder<T>, name: string): T {
    const decoded = decoder.read(json);
    if (decoded === null) throw this.createUnreadableError(reading);
    this.#session.logInvalidFields(name, decoded.invalidFields);
    return decoded.value;
  }

  /**
   * Decodes the objects of a list. One that cannot be read makes the whole list unreadable: a member who is left out
   * would look like one who does not exist.
   *
   * @throws {ReadError} if they are not what the vendor documents
   */
  decodeAll<T>(reading: Reading<V>, json: unknown, decoder: ObjectDecoder<T>, name: string): T[] {
    if (!Array.isArray(json)) throw this.createUnreadableError(reading);
    return json.map((row) => this.decode(reading, row, decoder, name));
  }

  /** Returns the error for a response that is not what the vendor documents. */
  createUnreadableError({ response, credentials }: Exchange<V>): ReadError {
    const reply = readReply(response, { code: null, message: null }, credentials.redactor);
    return this.#createContractError(describeUnreadable(this.#session.runtime.vendor), reply);
  }

  /** Returns the error for an object that must exist, and that the vendor does not return. */
  createMissingError(what: string): ReadError {
    return this.#createContractError(
      `${this.#session.runtime.vendor.title} did not return ${what}.`,
    );
  }

  /** Returns the error for a list that is longer than the gateway reads. */
  readonly createTooLongError = (items: number): ReadError => {
    const { title } = this.#session.runtime.vendor;
    return this.#createContractError(
      `${title} has a list of more than ${items} items, which the gateway does not read.`,
    );
  };

  /**
   * Returns a field's arguments in their normal form.
   *
   * @throws {ReadError} if one breaks its rule
   */
  check<Args extends { readonly [Name in keyof Args]: string }>(
    args: Args,
    rules: { readonly [Name in keyof Args]: IdRule },
  ): Args {
    try {
      return checkIds(this.#session.runtime.vendor, args, rules, []);
    } catch (error) {
      throw ReadError.wrap(error);
    }
  }

  #createContractError(message: string, reply?: VendorReply): ReadError {
    const { id: vendor } = this.#session.runtime.vendor;
    const init = { vendor, outcome: 'NOT_APPLIED', message, ...(reply && { reply }) } as const;
    return ReadError.fromFailure(new VendorContractError(init));
  }

  #read(path: VendorPath, { accepts, ...options }: ReadOptions<V>): Promise<Reading<V> | null> {
    const { vendor, dialect } = this.#session.runtime;
    const request = { method: 'GET', path, headers: dialect.headers } as const;
    const read = (exchange: Exchange<V>): Reading<V> | null => {
      const { response } = exchange;
      if (accepts?.(response)) return { ...exchange, json: undefined };
      const json = response.status === 200 ? parseBody(response) : undefined;
      if (json === undefined || dialect.errors.isErrorBody(json)) return null;
      return { ...exchange, json };
    };
    const notFound = `${vendor.title} found no such object, or the caller cannot see it.`;
    // An intermediary's words are no sign of absence.
    const isAbsence = (error: MembershipError) =>
      !isForeign(error) && options.isAbsence?.(error) === true;
    const spec = { notFound, permission: null, ...options, request, read, isAbsence };
    return this.#session.read(spec, this.#budget);
  }
}

function isForeign(error: MembershipError): boolean {
  return error instanceof VendorContractError && error.isForeign;
}
