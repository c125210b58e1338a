import type { MembershipError, VendorReply } from '../../errors.ts';
import { getHeader, type VendorResponse } from '../../upstream/response.ts';
import type { Redactor } from './redactor.ts';
import { sanitizeText } from './sanitize.ts';

const maxMessage = 500;
const maxCode = 100;
/** As the gateway takes them from its own callers: no id of a vendor is known to have another form. */
const requestId = /^[A-Za-z0-9._-]{1,128}$/;

/**
 * What a vendor said in an answer, cleaned of everything that must not be shown.
 *
 * @param said the vendor's code and message, unchecked, from wherever its error form keeps them
 */
export function readReply(
  answer: VendorResponse,
  said: { readonly code: unknown; readonly message: unknown },
  redactor: Redactor,
): VendorReply {
  return {
    status: answer.status,
    code: sanitizeText(said.code, maxCode, redactor),
    message: sanitizeText(said.message, maxMessage, redactor),
    requestId: readVendorRequestId(answer, redactor),
  };
}

/** Returns what an error says of the answer that it was made from. */
export function toReply(error: MembershipError): VendorReply {
  const { vendorStatus: status, vendorCode: code, vendorMessage: message } = error;
  return { status, code, message, requestId: error.vendorRequestId };
}

/** Returns the vendor's own id of a request, to quote to its support; null for what is no id, or holds a credential. */
export function readVendorRequestId(answer: VendorResponse, redactor: Redactor): string | null {
  const id = getHeader(answer.headers, 'x-request-id');
  return id !== null && requestId.test(id) && redactor.prose(id) === id ? id : null;
}
