import { type MembershipError, VendorContractError } from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { VendorName } from './gateway-errors.ts';
import type { Redactor } from './redactor.ts';
import { toReply } from './reply.ts';
import { sanitizeText } from './sanitize.ts';

/** The redirects that keep the method, so that whoever sent one has done nothing (RFC 9110, section 15.4). */
export const redirectStatuses = new Set([301, 307, 308]);

/** An answer at a vendor's URL that is not the vendor's own word. */
export interface ForeignAnswer {
  readonly vendor: VendorName;
  readonly answer: VendorResponse;
  /** What it would stand for in the vendor's own mouth; what it says itself is taken from there. */
  readonly said: MembershipError;
  readonly redactor: Redactor;
}

/** Returns the error for an answer of something in between, such as a proxy or a bot challenge. */
export function createForeignError(
  foreign: ForeignAnswer,
  outcome: MembershipError['outcome'],
): VendorContractError {
  const { vendor, answer, said, redactor } = foreign;
  const received = `received status ${answer.status} ${contentType(answer, redactor)}`;
  return new VendorContractError({
    vendor: vendor.id,
    reply: toReply(said),
    outcome,
    isForeign: true,
    message: `Expected an answer from ${vendor.title} but ${received}. ${likelyCause(vendor, answer)}`,
  });
}

/** Returns the error for a redirect that keeps the method: it is not followed, and nothing was done. */
export function createRedirectError({ vendor, answer, said }: ForeignAnswer): VendorContractError {
  const received = `received a redirect (status ${answer.status})`;
  const cause = `Check the URL in ${vendor.urlVariable}: redirects are not followed.`;
  return new VendorContractError({
    vendor: vendor.id,
    reply: toReply(said),
    outcome: 'NOT_APPLIED',
    isForeign: true,
    message: `Expected an answer from ${vendor.title} but ${received}. ${cause}`,
  });
}

/**
 * Returns what the log says of whatever is between the gateway and the vendor: the content type of its
 * answer, Cloudflare's id of the request, and the origin that a redirect leads to.
 *
 * @param origin the vendor's own, which a relative `Location` belongs to
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
    // Without its path, which may hold ids.
    redirectOrigin: sanitizeText(target?.origin, 100, redactor) ?? undefined,
  };
}

function contentType(answer: VendorResponse, redactor: Redactor): string {
  const value = getHeader(answer.headers, 'content-type')?.split(';', 1)[0];
  const type = sanitizeText(value, 100, redactor);
  if (type === null) return 'without a content type';
  // Anything else than a media type (RFC 9110, section 8.3.1) is not worth showing.
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)
    ? `with content type ${type}`
    : 'with a malformed content type';
}

/** The headers by which Cloudflare, AWS WAF and DataDome mark their challenges. */
const challengeHeaders = ['cf-mitigated', 'x-amzn-waf-action', 'x-datadome'];

function likelyCause({ title, urlVariable }: VendorName, { headers }: VendorResponse): string {
  return challengeHeaders.some((name) => getHeader(headers, name) !== null)
    ? `The likely cause is a bot challenge in front of ${title}: have the gateway exempted from it.`
    : `The likely cause is a wrong base URL or a proxy in between: check ${urlVariable}.`;
}
