import type { Log } from '../telemetry/log.ts';
import type { Middleware } from './middleware.ts';
import type { GatewayRequest } from './request.ts';
import { type GatewayResponse, internalErrorMessage, refuse } from './response.ts';

// An import of the module would read all of its names, and `File` loads what a start does not need.
const { isUtf8 } = process.getBuiltinModule('node:buffer');

/** Reads a request's body; null if it is longer than allowed. */
export type ReadBody = () => Promise<Uint8Array | null>;

/** Answers requests to the API, whose rules have let them in. */
export interface Api {
  /** @param body empty if the method has none that counts */
  answer(incoming: GatewayRequest, body: string): GatewayResponse | Promise<GatewayResponse>;
}

/** Answers every request: by its rules, one after the other, else by the API behind them. */
export class RequestHandler {
  readonly #endpoint: string;
  readonly #before: readonly NonNullable<Middleware['before']>[];
  readonly #after: readonly NonNullable<Middleware['after']>[];
  readonly #api: Api;
  readonly #log: Log;

  /** @param endpoint the API's path */
  constructor(endpoint: string, rules: readonly Middleware[], api: Api, log: Log) {
    this.#endpoint = endpoint;
    this.#before = rules.flatMap((rule) => (rule.before ? [rule.before.bind(rule)] : []));
    this.#after = rules.flatMap((rule) => (rule.after ? [rule.after.bind(rule)] : []));
    this.#api = api;
    this.#log = log;
  }

  /**
   * @param readBody called at most once, and only where the API needs the body
   * @param reply gives what becomes of the answer
   */
  async handle<T>(
    incoming: GatewayRequest,
    readBody: ReadBody,
    reply: (answer: GatewayResponse) => T,
  ): Promise<T> {
    let answer: GatewayResponse | undefined;
    try {
      const early = this.#early(incoming, 0);
      // Nothing is waited for that is there: each wait costs, and all requests pass here.
      answer = early instanceof Promise ? await early : early;
      if (answer === undefined) {
        const bytes = incoming.method === 'POST' ? await readBody() : noBytes;
        answer = bytes === null ? tooLarge(incoming) : await this.#answer(incoming, bytes);
      }
    } catch (error) {
      // A body that its client did not send to the end.
      if (incoming.client.isGone) throw error;
      this.#log.error({ requestId: incoming.requestId, err: error }, 'unexpected fault');
      answer = refuse(incoming, { status: 500, message: internalErrorMessage, code: 'INTERNAL' });
    }
    for (const after of this.#after) after(incoming, answer);
    return reply(answer);
  }

  #answer(incoming: GatewayRequest, bytes: Uint8Array): GatewayResponse | Promise<GatewayResponse> {
    const text = decode(bytes);
    return text === null ? notUtf8(incoming) : this.#api.answer(incoming, text);
  }

  /** The answer of the first rule that gives one, from the n-th on. */
  #early(
    incoming: GatewayRequest,
    from: number,
  ): GatewayResponse | undefined | Promise<GatewayResponse | undefined> {
    for (let index = from; index < this.#before.length; index += 1) {
      const early = this.#before[index]?.(incoming);
      if (early instanceof Promise) {
        return early.then((answer) => answer ?? this.#early(incoming, index + 1));
      }
      if (early !== undefined) return early;
    }
    return isApi(this.#endpoint, incoming.path)
      ? undefined
      : { status: 404, headers: {}, body: null };
  }
}

const noBytes: Uint8Array = Buffer.alloc(0);

function tooLarge(incoming: GatewayRequest): GatewayResponse {
  return refuse(incoming, {
    status: 413,
    message: 'The request body is larger than this gateway accepts (MAX_BODY_BYTES).',
    code: 'REQUEST_ENTITY_TOO_LARGE',
    // What is still on its way is not read.
    headers: { connection: 'close' },
  });
}

function notUtf8(incoming: GatewayRequest): GatewayResponse {
  const message = 'The API expects a request body in UTF-8, received bytes that are not.';
  return refuse(incoming, { status: 400, message, code: 'BAD_REQUEST' });
}

const byteOrderMark = '\u{feff}';

/** Decodes a body as the Fetch standard does, without a byte order mark; null if it is not UTF-8. */
function decode(bytes: Uint8Array): string | null {
  const text = toBuffer(bytes).toString('utf8');
  // What cannot be decoded becomes this character. To look for it costs 2 µs less than to check every body.
  if (text.includes('\u{fffd}') && !isUtf8(bytes)) return null;
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Whether a path is the API's; a slash behind it does not matter. */
export function isApi(endpoint: string, path: string): boolean {
  return path === endpoint || path === `${endpoint}/`;
}
