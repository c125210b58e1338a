import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A tunnel that a proxy was asked for. */
export interface AskedTunnel {
  /** Host and port. */
  readonly authority: string;
  readonly headers: IncomingHttpHeaders;
}

/** A proxy for tests, all of whose tunnels lead to one server of this machine. */
export interface StubProxy extends AsyncDisposable {
  readonly url: string;
  readonly tunnels: readonly AskedTunnel[];
  /** Everything that clients sent to the proxy or through it, as it could read it. */
  readonly seen: () => string;
  /** What the next tunnels get in place of being opened. */
  faults: ((client: Duplex) => void)[];
  /** Cuts the tunnels that are open. */
  cut(): void;
}

/**
 * Starts a proxy that opens tunnels (`CONNECT`).
 *
 * @param target the URL of the server that they lead to
 * @param tls where clients speak TLS with the proxy
 */
export async function startProxy(
  target: string,
  tls: ServerOptions | null = null,
): Promise<StubProxy> {
  const tunnels: AskedTunnel[] = [];
  const clients = new Set<Duplex>();
  const chunks: Buffer[] = [];
  const server = tls === null ? createServer() : createTlsServer(tls);
  server.on('connect', ({ url = '', headers }, client: Socket) => {
    tunnels.push({ authority: url, headers });
    clients.add(client);
    client.on('error', () => {});
    const fault = proxy.faults.shift();
    if (fault !== undefined) return fault(client);
    const upstream = connect(Number(new URL(target).port), new URL(target).hostname);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    client.pipe(upstream).pipe(client);
  });
  server.on('request', (request, response) => {
    chunks.push(Buffer.from(`${request.url} ${JSON.stringify(request.headers)}`));
    response.writeHead(400).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: StubProxy = {
    url: tls === null ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    tunnels,
    seen: () => JSON.stringify(tunnels) + Buffer.concat(chunks).toString('latin1'),
    faults: [],
    cut: () => {
      for (const client of clients) client.destroy();
    },
    [Symbol.asyncDispose]: async () => {
      proxy.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
