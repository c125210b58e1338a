import type { Log } from '../telemetry/log.ts';
import type { Middleware } from './middleware.ts';
import type { GatewayRequest } from './request.ts';
import { type GatewayResponse, internalErrorMessage, refuse } from './response.ts';

// An import of the module would read all of its names, and `File` loads what a start does not need.
const { isUtf8 } = process.getBuiltinModule('node:buffer');

/** Reads a request's body; resolves with null if it is longer than allowed. */
export type ReadBody = () => Promise<Uint8Array | null>;

/** Answers requests that have passed the middleware. */
export interface Api {
  /** @param body the request body; empty for GET */
  answer(incoming: GatewayRequest, body: string): GatewayResponse | Promise<GatewayResponse>;
}

/** Answers every request: by the first middleware that returns a response, or else by the API. */
export class RequestHandler {
  readonly #endpoint: string;
  readonly #onRequest: readonly NonNullable<Middleware['onRequest']>[];
  readonly #onResponse: readonly NonNullable<Middleware['onResponse']>[];
  readonly #api: Api;
  readonly #log: Log;

  /** @param endpoint the API's path */
  constructor(endpoint: string, middleware: readonly Middleware[], api: Api, log: Log) {
    this.#endpoint = endpoint;
    this.#onRequest = middleware.flatMap((one) => one.onRequest?.bind(one) ?? []);
    this.#onResponse = middleware.flatMap((one) => one.onResponse?.bind(one) ?? []);
    this.#api = api;
    this.#log = log;
  }

  /**
   * Answers a request.
   *
   * @param readBody called at most once, and only if the API needs the body
   * @param reply sends the response; its result is that of this method
   */
  async handle<T>(
    incoming: GatewayRequest,
    readBody: ReadBody,
    reply: (response: GatewayResponse) => T,
  ): Promise<T> {
    let response: GatewayResponse | undefined;
    try {
      const early = this.#runMiddleware(incoming, 0);
      // Skip the await if the value is already available, since every request takes this path.
      response = early instanceof Promise ? await early : early;
      if (response === undefined) {
        const bytes = incoming.method === 'POST' ? await readBody() : noBytes;
        response = bytes === null ? refuseTooLarge(incoming) : await this.#callApi(incoming, bytes);
      }
    } catch (error) {
      // The client disconnected before it had sent the whole body.
      if (incoming.client.isGone) throw error;
      this.#log.error({ requestId: incoming.requestId, err: error }, 'unexpected fault');
      response = refuse(incoming, { status: 500, message: internalErrorMessage, code: 'INTERNAL' });
    }
    for (const onResponse of this.#onResponse) onResponse(incoming, response);
    return reply(response);
  }

  #callApi(
    incoming: GatewayRequest,
    bytes: Uint8Array,
  ): GatewayResponse | Promise<GatewayResponse> {
    const text = decodeUtf8(bytes);
    return text === null ? refuseInvalidUtf8(incoming) : this.#api.answer(incoming, text);
  }

  /** Returns the response of the first middleware that has one, from an index on; 404 for paths that are not the API's. */
  #runMiddleware(
    incoming: GatewayRequest,
    from: number,
  ): GatewayResponse | undefined | Promise<GatewayResponse | undefined> {
    for (let index = from; index < this.#onRequest.length; index += 1) {
      const early = this.#onRequest[index]?.(incoming);
      if (early instanceof Promise) {
        return early.then((response) => response ?? this.#runMiddleware(incoming, index + 1));
      }
      if (early !== undefined) return early;
    }
    return isApi(this.#endpoint, incoming.path)
      ? undefined
      : { status: 404, headers: {}, body: null };
  }
}

const noBytes: Uint8Array = Buffer.alloc(0);

function refuseTooLarge(incoming: GatewayRequest): GatewayResponse {
  return refuse(incoming, {
    status: 413,
    message:
      'The request body is larger than the gateway accepts (MAX_BODY_BYTES). Send a smaller document.',
    code: 'REQUEST_ENTITY_TOO_LARGE',
    // The rest of the body is not read.
    headers: { connection: 'close' },
  });
}

function refuseInvalidUtf8(incoming: GatewayRequest): GatewayResponse {
  const message =
    'The API expects a request body in UTF-8, received other bytes. Encode it in UTF-8.';
  return refuse(incoming, { status: 400, message, code: 'BAD_REQUEST' });
}

const byteOrderMark = '\u{feff}';

/** Decodes a body as in the Fetch standard, without a byte order mark; returns null if it is not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | null {
  const text = toBuffer(bytes).toString('utf8');
  // Invalid bytes are decoded as this character: a search for it replaces the validation of every body (optimisations.md,
  // group).
  if (text.includes('\u{fffd}') && !isUtf8(bytes)) return null;
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Returns whether a path is the API's, with or without a trailing slash. */
export function isApi(endpoint: string, path: string): boolean {
  return path === endpoint || path === `${endpoint}/`;
}
