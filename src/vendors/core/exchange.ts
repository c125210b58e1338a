import type { MembershipVendor } from '../../errors.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import type { Credentials } from './credentials.ts';

/** A response, with the credentials that its request was sent with. */
export interface Exchange<V extends MembershipVendor> {
  readonly response: VendorResponse;
  readonly credentials: Credentials<V>;
}

/**
 * Sends a read with the credentials of the change that it settles. Returns null if the vendor sent no complete response,
 * or one whose status is not expected: 200 unless `statuses` lists others.
 */
export type ReadVendor<V extends MembershipVendor> = (
  path: VendorPath,
  statuses?: readonly number[],
) => Promise<Exchange<V> | null>;
