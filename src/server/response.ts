import { jsonType } from './media-type.ts';
import type { GatewayRequest } from './request.ts';

/** An answer of the gateway. */
export interface GatewayResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
}

/**
 * The headers of a document's answer. A class, since V8 keeps room in what it makes for all that the rules put to
 * it; an object would be moved for every few of them.
 */
export class ResultHeaders {
  [name: string]: string;

  constructor(mediaType: string) {
    this['content-type'] = mediaType;
  }
}

/** What clients are told of a fault of the gateway's own; its log has the cause. */
export const internalErrorMessage =
  'The gateway failed unexpectedly. Report the request ID to its operator.';

/** Why a request is not answered by the API. */
export interface RequestRefusal {
  readonly status: number;
  /** What was expected, what was received, what to do. */
  readonly message: string;
  /** Stable, in upper snake case. */
  readonly code: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown for a request that is refused. */
export class RequestRefused extends Error implements RequestRefusal {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Returns the answer to a request that is refused, in the form of GraphQL's errors and in the media type that it asks for. */
export function refuse(
  { answerType, requestId }: GatewayRequest,
  { status, message, code, headers: more }: RequestRefusal,
): GatewayResponse {
  const body = toRefusalBody({ message, code }, requestId);
  return { status, headers: { 'content-type': answerType ?? jsonType, ...more }, body };
}

/** Returns the body of a refusal, in the form of GraphQL's errors. */
export function toRefusalBody(
  { message, code }: Pick<RequestRefusal, 'message' | 'code'>,
  requestId: string,
): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] });
}
