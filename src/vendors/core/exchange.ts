import type { MembershipVendor } from '../../errors.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import type { Credentials } from './credentials.ts';

/** A response, with the credentials that its request was made with. */
export interface Exchange<V extends MembershipVendor> {
  readonly answer: VendorResponse;
  readonly credentials: Credentials<V>;
}

/**
 * Reads at the vendor with the same credentials. Returns null if the vendor gave no complete response, or one with
 * another status than those expected: 200 unless `statuses` lists others.
 */
export type Reader<V extends MembershipVendor> = (
  path: VendorPath,
  statuses?: readonly number[],
) => Promise<Exchange<V> | null>;
