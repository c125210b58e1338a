import type { MembershipVendor } from '../../errors.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { RateLimitScope } from '../../upstream/resilience/rate-limiter.ts';
import type { CredentialHeader } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import type { VendorReader } from './reader.ts';
import type { VendorSession } from './session.ts';

/** Settings from the configuration that a vendor's calls depend on. */
export interface VendorSettings {
  /** The API version to request; empty for a vendor without {@link Vendor.apiVersion}. */
  readonly apiVersion: string;
}

/** The form of a vendor's base URL. */
export interface VendorUrl {
  readonly example: string;
  /** Matches a path that is probably a mistake. */
  readonly unusualPath: RegExp;
  /** Why such a path is probably a mistake, without the final period. */
  readonly advice: string;
}

/** The rate limit of a vendor's documentation. */
export interface DocumentedRateLimit {
  /** The limit as it would be configured: calls/seconds, or `off`. */
  readonly default: string;
  /** The variable's former name, accepted until the next major version. */
  readonly formerVariable?: string;
}

/** A vendor's authorization server, for services that have a client of their own (RFC 6749, section 4.4). */
export interface OAuthServer {
  /** The incoming credential header that the access token replaces. */
  readonly header: string;
  /** The token endpoint for clients that name none. */
  readonly tokenUrl: string;
}

/** What the gateway must know of a vendor to put it into the graph. */
export interface Vendor<V extends MembershipVendor, Source, Reads> {
  readonly id: V;
  /** The vendor's name as people write it. */
  readonly title: string;
  /** The environment variable that holds its URL. */
  readonly urlVariable: string;
  readonly url: VendorUrl;
  readonly rateLimit: DocumentedRateLimit;
  /** The API version and the header that carries it, if the API has versions. */
  readonly apiVersion?: { readonly header: string; readonly default: string };
  /** Absent if the vendor offers no access tokens for clients. */
  readonly oauth?: OAuthServer;
  /** A read that changes nothing, and that the vendor rejects without a credential. */
  readonly harmlessRead: VendorPath;
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
