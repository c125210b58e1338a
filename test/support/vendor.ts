import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

/** One call that a vendor saw. */
export interface SeenCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A vendor for tests: answers as it is told, and keeps what it saw. */
export interface StubVendor extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly SeenCall[];
  /** What the next calls get. */
  answer: Responder;
}

/** A plain answer, or whatever is to be done with the response. */
export type Responder = StubAnswer | ((response: ServerResponse, call: SeenCall) => void);

/** A status with headers and bytes. */
export interface StubAnswer {
  readonly status: number;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string | Uint8Array;
}

/** Where a vendor listens, and how. */
export interface StubPlace {
  readonly host?: string;
  /** 0 for any free one. */
  readonly port?: number;
  /** For TLS. */
  readonly tls?: ServerOptions;
}

/** Starts a vendor, on a free loopback port where no other is asked for. */
export async function startVendor(
  answer: Responder = { status: 204 },
  { host = '127.0.0.1', port = 0, tls }: StubPlace = {},
): Promise<StubVendor> {
  const calls: SeenCall[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => {});
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const call = { method, url, headers, body: Buffer.concat(chunks).toString() };
      calls.push(call);
      if (typeof vendor.answer === 'function') return vendor.answer(response, call);
      response.writeHead(vendor.answer.status, vendor.answer.headers);
      response.end(vendor.answer.body);
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.listen(port, host);
  await once(server, 'listening');
  const at = `${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  const vendor: StubVendor = {
    url: `${tls === undefined ? 'http' : 'https'}://${at}`,
    calls,
    answer,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return vendor;
}

/** A vendor below HTTP: each connection is handed over as it is. */
export interface RawVendor extends AsyncDisposable {
  readonly url: string;
  /** The methods of the request heads that arrived in full. */
  readonly arrived: readonly string[];
}

/**
 * Starts a vendor that speaks whatever `onRequest` writes.
 *
 * @param onRequest called once for each request head that arrived in full
 */
export async function startRawVendor(onRequest: (socket: Socket) => void): Promise<RawVendor> {
  const sockets = new Set<Socket>();
  const arrived: string[] = [];
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    let seen = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (!seen.includes('\r\n\r\n')) return;
      arrived.push(seen.slice(0, seen.indexOf(' ')));
      seen = '';
      onRequest(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The URL of a port on which nothing listens. */
export async function createRefusedUrl(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
