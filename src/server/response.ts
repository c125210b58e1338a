import { jsonType } from './media-type.ts';
import type { GatewayRequest } from './request.ts';

/** A response of the gateway. */
export interface GatewayResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
}

/**
 * The headers of a document's response. V8 reserves room in the objects of a class for the headers that middleware adds,
 * and would move an object literal for every few of them (optimisations.md, group).
 */
export class ResultHeaders {
  [name: string]: string;

  constructor(mediaType: string) {
    this['content-type'] = mediaType;
  }
}

/** The message of an unexpected error of the gateway. The cause is only in the log. */
export const internalErrorMessage =
  'The gateway failed unexpectedly. Report the request ID to its operator.';

/** The reason why a request is rejected before it reaches the API. */
export interface RequestRefusal {
  readonly status: number;
  /** One or two sentences: what was expected, what was received, what to do. */
  readonly message: string;
  /** Stable, in upper snake case. */
  readonly code: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown to reject a request. */
export class RequestRefused extends Error implements RequestRefusal {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Returns the response to a rejected request: GraphQL errors in a media type that the client accepts. */
export function refuse(
  { answerType, requestId }: GatewayRequest,
  { status, message, code, headers: more }: RequestRefusal,
): GatewayResponse {
  const body = toRefusalBody({ message, code }, requestId);
  return { status, headers: { 'content-type': answerType ?? jsonType, ...more }, body };
}

/** Returns the body of a rejection, in the form of GraphQL errors. */
export function toRefusalBody(
  { message, code }: Pick<RequestRefusal, 'message' | 'code'>,
  requestId: string,
): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] });
}
