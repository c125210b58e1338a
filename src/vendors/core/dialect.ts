import type { MembershipError, MembershipVendor } from '../../errors.ts';
import type { VendorClient } from '../../upstream/client.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { Credentials, CredentialsOwner } from './credentials.ts';
import type { MappedCall } from './error-mapping.ts';
import type { VendorName } from './gateway-errors.ts';

/** How one vendor reports errors. */
export interface VendorErrors {
  /** Returns the error that a response other than a success stands for. */
  map(response: VendorResponse, call: MappedCall): MembershipError;
  /** Returns whether JSON is an error of the vendor, whatever the status. */
  isErrorBody(json: unknown): boolean;
  /**
   * Returns whether the vendor is known to send a complete error response like this. Call {@link isVendorResponse}
   * instead, which also handles responses that were cut.
   *
   * @param json the body of the response; undefined if it is not JSON
   */
  isKnownResponse(response: VendorResponse, json: unknown): boolean;
  /** Returns whether the vendor is known to send an error response with this status and these headers. */
  isKnownHead(response: VendorResponse): boolean;
}

/** Tells the tenants of a vendor apart that have the same URL. */
export interface TenantReader<V extends MembershipVendor> {
  /**
   * Returns the tenant that credentials belong to; null if that cannot be read from them. Absent if each tenant has a URL of
   * its own.
   */
  getTenant?(credentials: Credentials<V>): string | null;
}

/** How requests to one vendor are written, and how its responses are read. */
export interface Dialect {
  /** The headers of every request except the credentials: names and values in turn. */
  readonly headers: readonly string[];
  readonly errors: VendorErrors;
}

/** One vendor as this process calls it, the same for all callers. */
export interface VendorRuntime<V extends MembershipVendor = MembershipVendor> {
  readonly vendor: VendorName<V> & CredentialsOwner<V> & TenantReader<V>;
  /** The names of the vendor's credential headers, as callers send them. */
  readonly incomingHeaders: readonly string[];
  readonly dialect: Dialect;
  /** Null if the vendor is not configured. */
  readonly client: VendorClient | null;
}

/**
 * Returns whether an error response comes from the vendor itself and not from an intermediary: an ingress, a CDN, a bot
 * challenge, a captive portal.
 *
 * @param json the body of the response; undefined if it is not JSON
 */
export function isVendorResponse(
  errors: VendorErrors,
  response: VendorResponse,
  json: unknown,
): boolean {
  // Cloudflare marks its challenges with this header; some have no body, like Kaiten's own 403.
  if (getHeader(response.headers, 'cf-mitigated') !== null) return false;
  return response.isCut ? errors.isKnownHead(response) : errors.isKnownResponse(response, json);
}

/** Returns whether the content type of a response is JSON, or is missing. */
export function isAnnouncedAsJson({ headers }: VendorResponse): boolean {
  return /^$|\bjson\b/i.test(getHeader(headers, 'content-type') ?? '');
}
