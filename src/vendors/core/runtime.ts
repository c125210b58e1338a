import type { MembershipVendor } from '../../errors.ts';
import type { VendorClient } from '../../upstream/client.ts';
import type { CredentialsOwner } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import type { VendorName } from './gateway-errors.ts';

/** One vendor as this process reaches it: made once, and knows no caller. */
export interface VendorRuntime<V extends MembershipVendor = MembershipVendor> {
  readonly vendor: VendorName<V> & CredentialsOwner<V>;
  /** The vendor's credential headers, as callers send them. */
  readonly incomingHeaders: readonly string[];
  readonly dialect: Dialect;
  /** Null where the vendor is not configured. */
  readonly client: VendorClient | null;
}
