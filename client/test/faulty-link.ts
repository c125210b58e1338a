import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way. */
export type LinkFault =
  /** It never arrives. */
  | 'requestLost'
  /** It arrives and is answered, but the connection is cut instead of the response. */
  | 'responseLost'
  /** It arrives and is answered, but no response comes, and the connection stays open. */
  | 'silence'
  /** A proxy answers in place of the gateway, which receives nothing. */
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

/** A request as the client sent it. */
export interface LinkRequest {
  readonly headers: Headers;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The way from a client to a gateway, over sockets. */
export interface FaultyLink extends AsyncDisposable {
  /** The URL of the API for the client. */
  readonly endpoint: string;
  /** What the next requests get; null for a request that nothing happens to. */
  faults: (LinkFault | null)[];
  readonly requests: readonly LinkRequest[];
}

/** Opens the port of a gateway, and a link in front of it. */
export async function startFaultyLink({
  gateway: { listener },
}: {
  readonly gateway: { readonly listener: RequestListener };
}): Promise<FaultyLink> {
  const requests: LinkRequest[] = [];
  const behind = await listen(createServer(listener));
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const headers = new Headers(request.headers as Record<string, string>);
    requests.push({ headers, input: JSON.parse(body).variables.input });
    const fault = link.faults.shift() ?? null;
    if (fault === 'requestLost') response.destroy();
    else if (typeof fault === 'object' && fault !== null) {
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '<html>');
    } else await carry(fault, headers, body, response);
  });
  const carry = async (
    fault: 'responseLost' | 'silence' | null,
    headers: Headers,
    body: string,
    response: ServerResponse,
  ) => {
    const answer = await forward(`${behind.origin}/graphql`, headers, body);
    if (fault === 'responseLost') response.destroy();
    else if (fault === null) answer(response);
  };
  const front = await listen(server);
  const link: FaultyLink = {
    endpoint: `${front.origin}/graphql`,
    faults: [],
    requests,
    [Symbol.asyncDispose]: async () => {
      await front[Symbol.asyncDispose]();
      await behind[Symbol.asyncDispose]();
    },
  };
  return link;
}

/** Sends a request on. Returns a function that answers with what came back. */
async function forward(url: string, headers: Headers, body: string) {
  for (const name of ['host', 'connection', 'content-length', 'expect', 'transfer-encoding']) {
    headers.delete(name);
  }
  const received = await fetch(url, { method: 'POST', headers, body });
  const text = await received.text();
  return (response: ServerResponse) => {
    const { status, headers: answered } = received;
    const kept = ['content-type', 'retry-after', 'x-request-id'].flatMap((name) => {
      const value = answered.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    response.writeHead(status, Object.fromEntries(kept)).end(text);
  };
}

async function listen(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
