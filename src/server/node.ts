import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import proxyAddress from 'proxy-addr';
import type { Log } from '../telemetry/log.ts';
import type { RequestHandler } from './handler.ts';
import { type Client, GatewayRequest, type IncomingHeaders } from './request.ts';
import { RequestBody } from './request-body.ts';
import type { GatewayResponse } from './response.ts';

/** Settings of the listener. */
export interface NodeListenerSettings {
  /** The maximum length of a request body, in bytes. */
  readonly maxBodyBytes: number;
  /** How long an idle connection stays open, in ms; announced in `Keep-Alive`. */
  readonly keepAliveMs: number;
}

/** Creates the listener that answers the requests of a `node:http` server. */
export function createNodeListener(
  handler: RequestHandler,
  { maxBodyBytes, keepAliveMs }: NodeListenerSettings,
  log: Log,
): RequestListener {
  const keepAlive = `timeout=${Math.floor(keepAliveMs / 1_000)}`;
  return (request, response) => {
    const client = new NodeClient(request, response);
    const incoming = new GatewayRequest(
      request.method ?? 'GET',
      parseTarget(request),
      client,
      client,
    );
    const body = new RequestBody(request, maxBodyBytes);
    const reply = (answer: GatewayResponse) => {
      body.drop();
      if (client.isGone) return;
      client.isAnswered = true;
      send(response, answer, incoming.method === 'HEAD', keepAlive);
    };
    handler
      .handle(incoming, () => body.read(), reply)
      .catch((error) => {
        if (client.isGone) return;
        log.error({ requestId: incoming.requestId, err: error }, 'unexpected fault');
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    if (!response.writableEnded) body.readAhead();
  };
}

/** Sends a response with its length, so that head and body are written together. */
function send(
  response: ServerResponse,
  { status, headers, body }: GatewayResponse,
  isHead: boolean,
  keepAlive: string,
): void {
  const length = body === null ? 0 : Buffer.byteLength(body);
  // A 204 must not have a length (RFC 9110, section 8.6).
  if (status !== 204) headers['content-length'] = String(length);
  // Clients that know the timeout send no request on a connection that is just being closed (RFC 9112, section 9.5).
  if (response.shouldKeepAlive && headers['connection'] === undefined) {
    headers['keep-alive'] = keepAlive;
  }
  response.writeHead(status, headers);
  if (isHead || body === null) response.end();
  // As many bytes as characters is ASCII, which Node.js writes faster by the name of its own encoding
  // (optimisations.md, group).
  else response.end(body, body.length === length ? 'latin1' : 'utf8');
}

/** Returns the path and query of a request. Proxies send whole URLs (RFC 9112, section 3.2.2). */
function parseTarget({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url;
  const parsed = URL.parse(url);
  return parsed === null ? '/' : parsed.pathname + parsed.search;
}

/** A request of `node:http` and its client. */
class NodeClient implements Client, IncomingHeaders {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  /** Whether the handler has sent its response. */
  isAnswered = false;
  #controller: AbortController | null = null;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
  }

  get(name: string): string | null {
    const value = this.#request.headers[name];
    if (value === undefined) return null;
    // Node.js keeps only the first of these headers. Repeated ones must not pass as one.
    if (name === 'authorization') return this.#request.headersDistinct[name]?.join(', ') ?? null;
    if ((name === 'content-type' || name === 'host') && this.#isRepeated(name)) {
      return this.#request.headersDistinct[name]?.join(', ') ?? null;
    }
    return typeof value === 'string' ? value : value.join(', ');
  }

  has(name: string): boolean {
    return this.#request.headers[name] !== undefined;
  }

  /** Returns whether a header was sent more than once. `headersDistinct` would create an object of all headers (optimisations.md, group). */
  #isRepeated(name: string): boolean {
    const { rawHeaders } = this.#request;
    let count = 0;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const raw = rawHeaders[index];
      if (raw === name || (raw?.length === name.length && raw.toLowerCase() === name)) count += 1;
    }
    return count > 1;
  }

  get isGone(): boolean {
    const { destroyed, writableEnded, writableFinished } = this.#response;
    // A response that ended before the handler answered is a rejection of a broken request.
    return this.isAnswered ? destroyed && !writableFinished : destroyed || writableEnded;
  }

  /** Created on first use: most requests end without one. */
  get signal(): AbortSignal {
    if (this.#controller === null) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.isGone) controller.abort();
      else this.#response.once('close', () => this.isGone && controller.abort());
    }
    return this.#controller.signal;
  }

  address(isTrusted: Parameters<Client['address']>[0]): string | null {
    if (isTrusted !== null) return proxyAddress(this.#request, isTrusted);
    return this.#request.socket.remoteAddress ?? null;
  }
}
