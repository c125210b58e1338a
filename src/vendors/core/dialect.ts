import type { MembershipError } from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { MappedCall } from './error-mapping.ts';

/** How one vendor is spoken to, and what its answers mean. */
export interface Dialect {
  /** What every call bears beside the credentials: names and values in turn. */
  readonly headers: readonly string[];
  /** Returns the error that an answer stands for which is no success. */
  error(answer: VendorResponse, call: MappedCall): MembershipError;
  /** Returns whether JSON is the vendor's error form, whatever the status. */
  isErrorForm(json: unknown): boolean;
  /**
   * Returns whether a whole answer that is no success is what this vendor is known to send with that
   * status. Ask {@link isVendorAnswer} instead, which knows of cut answers too.
   *
   * @param json the answer's body, undefined if it is no JSON
   */
  isKnownAnswer(answer: VendorResponse, json: unknown): boolean;
  /** Returns whether the head of an answer whose body was cut is what this vendor is known to send with that status. */
  isKnownHead(answer: VendorResponse): boolean;
}

/**
 * Returns whether an answer that is no success is the vendor's own word, and not that of something in
 * between: an ingress, a CDN, a bot challenge, a captive portal.
 *
 * @param json the answer's body, undefined if it is no JSON
 */
export function isVendorAnswer(dialect: Dialect, answer: VendorResponse, json: unknown): boolean {
  // Cloudflare marks its challenges by this header; some have no body, like Kaiten's own 403.
  if (getHeader(answer.headers, 'cf-mitigated') !== null) return false;
  if (answer.isCut) return dialect.isKnownHead(answer);
  return dialect.isKnownAnswer(answer, json);
}

/** Returns whether an answer is announced as JSON, or not at all. */
export function isAnnouncedAsJson({ headers }: VendorResponse): boolean {
  return /^$|\bjson\b/i.test(getHeader(headers, 'content-type') ?? '');
}
