import type { ReadBack } from '../../changes/settle.ts';
import type { MembershipError, MembershipVendor } from '../../errors.ts';
import type { VendorRequest } from '../../upstream/client.ts';
import type { Exchange, Reader } from './exchange.ts';

/** One call of a vendor, as its source describes it. */
export interface CallSpec<V extends MembershipVendor, T> {
  /** Without credentials; those are put to it by the link and nowhere else. */
  readonly request: VendorRequest;
  /** The sentence for "not found", which names the things in question. */
  readonly notFound: string;
  /** The permission that the vendor's documentation asks for, null where it names none. */
  readonly permission: string | null;
  /** Our argument for each of the vendor's fields, where the vendor names fields in its errors. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a success says; null for every answer that is none. */
  read(exchange: Exchange<V>): T | null;
  /** Whether an error says that it is not there, beside "not found". */
  isAbsence?(error: MembershipError): boolean;
}

/** One change at one vendor. */
export interface ChangeSpec<V extends MembershipVendor, T> extends CallSpec<V, T> {
  /** The mutation's name, and the ids that it names in their normal form: for the audit log. */
  readonly mutation: string;
  readonly ids: Readonly<Record<string, string>>;
  /** Reads back whether the requested state is in place. */
  look(read: Reader<V>): Promise<ReadBack<T>>;
}
