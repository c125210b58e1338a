import { randomUUID } from 'node:crypto';
import { anonymous, type Caller } from '../auth/principal.ts';
import { type ContentType, parseContentType } from './content-type.ts';
import { selectMediaType } from './media-type.ts';

/** The headers of a request, by their names in lower case. */
export interface IncomingHeaders {
  /** Returns the value, or those of a repeated header separated by ", "; null if the header is absent. */
  get(name: string): string | null;
  has(name: string): boolean;
}

/** The client that waits for the response. */
export interface Client {
  /** Whether the client has disconnected. */
  readonly isGone: boolean;
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
  /**
   * Returns the client's address; null if it is unknown.
   *
   * @param isTrusted returns whether a proxy's `X-Forwarded-For` is trusted; null if none is
   */
  address(isTrusted: ((address: string, hop: number) => boolean) | null): string | null;
}

/** The state of one rate limit of a caller, for the response headers. */
export interface RequestAllowance {
  /** The limit's name and parameters, as in `RateLimit-Policy`. */
  readonly name: string;
  readonly policy: string;
  readonly left: number;
  /** Seconds until the limit is reset. */
  readonly resetSeconds: number;
  /** Whether the request exceeded the limit. */
  readonly isRefused: boolean;
}

const validId = /^[A-Za-z0-9._-]{1,128}$/;

/** Returns the request ID that the client sent, or a new one if it sent none or a malformed one. */
export function readRequestId(sent: string | null): string {
  return sent !== null && validId.test(sent) ? sent : randomUUID();
}

/** A request to the gateway, independent of the transport. */
export class GatewayRequest {
  readonly method: string;
  /** Path and query, as received. */
  readonly target: string;
  /** The path without the query. */
  readonly path: string;
  readonly headers: IncomingHeaders;
  readonly client: Client;
  /** The caller; anonymous until it is authenticated. */
  caller: Caller = anonymous;
  /** The key that rate limits and queues count the caller by; null until it is first needed. */
  callerKey: string | null = null;
  /** The limits that the request was counted against; null if there are none. */
  allowances: RequestAllowance[] | null = null;
  /** Whether its operation was run, or rejected after it was parsed. */
  hasRun = false;
  /** Whether its operation has its result. Reads of a failed field may still be queued then. */
  isAnswered = false;
  #requestId: string | null = null;
  #contentType: ContentType | null = null;
  #answerType: string | null | undefined;

  constructor(method: string, target: string, headers: IncomingHeaders, client: Client) {
    this.method = method;
    this.target = target;
    const query = target.indexOf('?');
    this.path = query === -1 ? target : target.slice(0, query);
    this.headers = headers;
    this.client = client;
  }

  /** The request ID from `x-request-id`, or else a new one. */
  get requestId(): string {
    this.#requestId ??= readRequestId(this.headers.get('x-request-id'));
    return this.#requestId;
  }

  /** The content type of the response; null if the client accepts none of GraphQL's media types. */
  get answerType(): string | null {
    if (this.#answerType === undefined) {
      this.#answerType = selectMediaType(this.headers.get('accept'));
    }
    return this.#answerType;
  }

  /** The content type of the body. */
  get contentType(): ContentType {
    this.#contentType ??= parseContentType(this.headers.get('content-type'));
    return this.#contentType;
  }
}
