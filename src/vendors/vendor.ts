import type { MembershipVendor } from '../errors.ts';
import type { PacedBy } from '../http/pacer.ts';
import type { CredentialHeader } from './credentials.ts';
import type { VendorLink } from './link.ts';

/** What some vendors' sources take from the configuration. */
export interface VendorSettings {
  /** The version of Wethod's API that each call names. */
  readonly wethodVersion: string;
}

/** What the gateway must know of a vendor to put it into the graph. */
export interface Vendor<V extends MembershipVendor, Source> {
  readonly id: V;
  /** The vendor's name as people write it. */
  readonly title: string;
  /** The environment variable that holds its URL. */
  readonly urlVariable: string;
  readonly credentialHeaders: readonly CredentialHeader[];
  /** Whom the vendor's rate limit counts. */
  readonly pacedBy: PacedBy;
  /** Makes the data source of one request. */
  connect(link: VendorLink<V>, settings: VendorSettings): Source;
}
