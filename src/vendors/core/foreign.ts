import { type MembershipError, VendorContractError } from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { VendorName } from './gateway-errors.ts';
import type { Redactor } from './redactor.ts';
import { sanitizeText, toReply } from './reply.ts';

/** The redirects that keep the method: the server that sent one has done nothing (RFC 9110, section 15.4). */
export const redirectStatuses = new Set([301, 307, 308]);

/** A response at a vendor's URL that does not come from the vendor itself. */
export interface ForeignResponse {
  readonly vendor: VendorName;
  readonly response: VendorResponse;
  /** The error that the same response would stand for if the vendor had sent it. */
  readonly mapped: MembershipError;
  readonly redactor: Redactor;
}

/** Returns the error for a response of an intermediary, such as a proxy or a bot challenge. */
export function createForeignError(
  foreign: ForeignResponse,
  outcome: MembershipError['outcome'],
): VendorContractError {
  const { vendor, response, redactor } = foreign;
  const received = `status ${response.status} ${describeContentType(response, redactor)}`;
  return createError(foreign, outcome, received, describeLikelyCause(vendor, response));
}

/** Returns the error for a redirect that keeps the method: it is not followed, and nothing was done. */
export function createRedirectError(foreign: ForeignResponse): VendorContractError {
  const { vendor, response } = foreign;
  const received = `a redirect (status ${response.status})`;
  const advice = `Redirects are not followed: check the URL in ${vendor.urlVariable}.`;
  return createError(foreign, 'NOT_APPLIED', received, advice);
}

/**
 * Returns what the log shows of an intermediary: the content type of its response, Cloudflare's id of the request, and
 * the origin that a redirect leads to.
 *
 * @param origin the vendor's own origin, to which a relative `Location` belongs
 */
export function describeIntermediary(
  { status, headers }: VendorResponse,
  origin: string | undefined,
  redactor: Redactor,
) {
  const read = (name: string) => sanitizeText(getHeader(headers, name), 100, redactor) ?? undefined;
  const location = redirectStatuses.has(status) ? getHeader(headers, 'location') : null;
  const target = location === null ? null : URL.parse(location, origin);
  return {
    contentType: read('content-type'),
    cfRay: read('cf-ray'),
    // Without the path, which may contain ids.
    redirectOrigin: sanitizeText(target?.origin, 100, redactor) ?? undefined,
  };
}

function createError(
  { vendor, mapped }: ForeignResponse,
  outcome: MembershipError['outcome'],
  received: string,
  advice: string,
): VendorContractError {
  return new VendorContractError({
    vendor: vendor.id,
    reply: toReply(mapped),
    outcome,
    isForeign: true,
    message: `Expected a response from ${vendor.title} but received ${received}. ${advice}`,
  });
}

function describeContentType(response: VendorResponse, redactor: Redactor): string {
  const value = getHeader(response.headers, 'content-type')?.split(';', 1)[0];
  const type = sanitizeText(value, 100, redactor);
  if (type === null) return 'without a content type';
  // Only a media type is shown (RFC 9110, section 8.3.1).
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)
    ? `with content type ${type}`
    : 'with a malformed content type';
}

// The headers by which Cloudflare, AWS WAF and DataDome mark their challenges.
const challengeHeaders = ['cf-mitigated', 'x-amzn-waf-action', 'x-datadome'];

function describeLikelyCause(
  { title, urlVariable }: VendorName,
  { headers }: VendorResponse,
): string {
  return challengeHeaders.some((name) => getHeader(headers, name) !== null)
    ? `The likely cause is a bot challenge in front of ${title}: exempt the gateway from it.`
    : `The likely cause is a wrong base URL or a proxy in between: check ${urlVariable}.`;
}
