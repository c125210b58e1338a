import { isUtf8 } from '../server/accept.ts';
import type { ContentType } from '../server/content-type.ts';
import { isApi } from '../server/handler.ts';
import { graphqlTypes } from '../server/media-type.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayRequest } from '../server/request.ts';
import { type GatewayResponse, refuse } from '../server/response.ts';

/** The content types of bodies that the API reads. */
const bodyTypes: ReadonlySet<string | null> = new Set([
  'application/json',
  'application/graphql+json',
  'application/graphql',
  'application/x-www-form-urlencoded',
]);

const allTypes = [...bodyTypes].join(', ');

/**
 * Rejects requests to the API whose method, media types, charset or content encoding it does not know, before their
 * body is read: 405, 406, 415 (RFC 9110, sections 15.5.6, 15.5.7, 15.5.16).
 *
 * @param endpoint the API's path
 */
export function checkRequestForm(endpoint: string): Middleware {
  return {
    onRequest(incoming) {
      const { method, path } = incoming;
      if (!isApi(endpoint, path)) return undefined;
      if (method !== 'POST' && method !== 'GET') return refuseMethod(incoming);
      if (incoming.answerType === null) return refuseAccept(incoming);
      return method === 'POST' ? checkBody(incoming) : undefined;
    },
  };
}

function refuseMethod(incoming: GatewayRequest): GatewayResponse {
  return refuse(incoming, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: `The API expects GET or POST, received ${quote(incoming.method)}. Send a POST.`,
    headers: { allow: 'GET, POST' },
  });
}

function refuseAccept(incoming: GatewayRequest): GatewayResponse {
  const types = graphqlTypes.join(' and ');
  return refuse(incoming, {
    status: 406,
    code: 'NOT_ACCEPTABLE',
    message: `The API answers in ${types}, but the header Accept allows neither. Accept one of them.`,
  });
}

function checkBody(incoming: GatewayRequest): GatewayResponse | undefined {
  const { headers } = incoming;
  const encoding = headers.get('content-encoding');
  if (encoding !== null && !/^(identity)?$/i.test(encoding.trim())) {
    return refuse(incoming, {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: `The API expects a body without a content encoding, received ${quote(encoding)}. Send it uncompressed.`,
      headers: { 'accept-encoding': 'identity' },
    });
  }
  const problem = describeExpectedBody(incoming.contentType);
  if (problem === null) return undefined;
  const sent = headers.get('content-type');
  return refuse(incoming, {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: `The API expects ${problem}, received ${sent === null ? 'no content type' : quote(sent)}. Send application/json.`,
    headers: { accept: allTypes },
  });
}

/** Returns the expected body in words; null if the content type is readable. */
function describeExpectedBody({ mediaType, charset }: ContentType): string | null {
  if (!bodyTypes.has(mediaType)) return `a body of one of the types ${allTypes}`;
  return charset === null || isUtf8(charset) ? null : 'a body in UTF-8';
}

/** Returns a client's text, truncated and quoted. */
function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
