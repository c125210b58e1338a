import type { MembershipVendor } from '../../errors.ts';
import type { RateLimitScope } from '../../upstream/resilience/rate-limiter.ts';
import type { CredentialHeader } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import type { VendorReader } from './reader.ts';
import type { VendorSession } from './session.ts';

/** What some vendors' calls take from the configuration. */
export interface VendorSettings {
  /** The version of Wethod's API that each call names. */
  readonly wethodVersion: string;
}

/** What the gateway must know of a vendor to put it into the graph. */
export interface Vendor<V extends MembershipVendor, Source, Reads> {
  readonly id: V;
  /** The vendor's name as people write it. */
  readonly title: string;
  /** The environment variable that holds its URL. */
  readonly urlVariable: string;
  readonly credentialHeaders: readonly CredentialHeader[];
  /** What of it is called, as its documentation writes it: each method and path, with `{parameters}`. */
  readonly endpoints: readonly string[];
  /** What the vendor's rate limit counts by. */
  readonly limitedBy: RateLimitScope;
  dialect(settings: VendorSettings): Dialect;
  /** Makes what changes the vendor's memberships: one for each request. */
  connect(link: VendorSession<V>): Source;
  /** Makes what reads them, with its loaders: one for each query and each root mutation field. */
  read(reader: VendorReader<V>): Reads;
}
