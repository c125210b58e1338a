import { randomUUID } from 'node:crypto';
import { anonymous, type Caller } from '../auth/principal.ts';
import { type ContentType, readContentType } from './content-type.ts';
import { selectMediaType } from './media-type.ts';

/** A request's headers; names are given in lower case. */
export interface IncomingHeaders {
  /** The value, those of a header that came more than once with ", " between them; null where it did not. */
  get(name: string): string | null;
  has(name: string): boolean;
}

/** Who waits for the answer. */
export interface Client {
  /** Whether nobody waits any more. */
  readonly isGone: boolean;
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /**
   * The client's address, null where there is none.
   *
   * @param isTrusted tells the proxies whose word on it is taken; null where none is
   */
  address(isTrusted: ((address: string, hop: number) => boolean) | null): string | null;
}

/** What is left to a caller of one of his limits, as an answer's headers tell it. */
export interface RequestAllowance {
  /** The limit's name, and the limit itself. */
  readonly name: string;
  readonly policy: string;
  readonly left: number;
  /** Seconds until all of it is left again. */
  readonly resetSeconds: number;
  /** Whether something was refused for want of it. */
  readonly isRefused: boolean;
}

const validId = /^[A-Za-z0-9._-]{1,128}$/;

/** Returns the id that a caller sent, or a new one if it sent none or a malformed one. */
export function readRequestId(sent: string | null): string {
  return sent !== null && validId.test(sent) ? sent : randomUUID();
}

/** One request to the gateway, wherever it came from: the little that its rules need to know. */
export class GatewayRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHeaders;
  readonly client: Client;
  /** Who calls, once that is known. */
  caller: Caller = anonymous;
  /** What the caller is counted as, in limits and queues; null until that is asked for. */
  countedAs: string | null = null;
  /** What is left to him of the limits that the request was counted against; null where it was against none. */
  allowances: RequestAllowance[] | null = null;
  /** Whether an operation of it was run, or refused as one that might have been. */
  hasRun = false;
  /** Whether its operation has its result. Reads of a field that failed may still be queued then. */
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

  /** The id that the caller sent in `x-request-id`, or else a new one. */
  get requestId(): string {
    this.#requestId ??= readRequestId(this.headers.get('x-request-id'));
    return this.#requestId;
  }

  /** The content type of an answer that the client accepts; null if that is none of GraphQL's. */
  get answerType(): string | null {
    if (this.#answerType === undefined) {
      this.#answerType = selectMediaType(this.headers.get('accept'));
    }
    return this.#answerType;
  }

  /** What the request says of its body. */
  get contentType(): ContentType {
    this.#contentType ??= readContentType(this.headers.get('content-type'));
    return this.#contentType;
  }
}
