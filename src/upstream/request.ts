import type { VendorPath } from './path.ts';

/** One call to a vendor, without the vendor's base URL and without credentials. */
export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: VendorPath;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body?: string | undefined;
  /** The endpoint as the vendor's documentation writes it, by which the call is counted; found by its path if it is absent. */
  readonly endpoint?: string;
}
