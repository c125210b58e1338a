import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Gateway } from '../../src/gateway.ts';

/** Names and values of headers, in order; a name may come twice. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: HeaderList;
  readonly body?: string | Uint8Array;
}

/** What came back. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends requests to a gateway in one of the ways in which it can be reached. */
export interface Transport extends AsyncDisposable {
  send(sent: Sent): Promise<Received>;
}

/** Through the gateway's `fetch`. */
export function overFetch(gateway: Gateway): Transport {
  return {
    send: async ({ method, target, headers, body }) => {
      const all = new Headers();
      for (const [name, value] of headers) all.append(name, value);
      // As bytes: of a text the Fetch standard makes a content type where there is none.
      const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
      const init = { method, headers: all, ...(bytes && { body: new Uint8Array(bytes) }) };
      const response = await gateway.fetch(`http://gateway${target}`, init);
      const { status } = response;
      return { status, headers: response.headers, text: await response.text() };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Through a port, with `node:http` on both sides. */
export async function overPort(gateway: Gateway): Promise<Transport> {
  const server = createServer(gateway.listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    send: async ({ method, target, headers, body }) => {
      const bytes = Buffer.from(body ?? '');
      const list = [['host', 'gateway'], ...headers, ['content-length', String(bytes.length)]];
      const options = { host: '127.0.0.1', port, method, path: target, headers: list.flat() };
      const asked = request(options);
      asked.end(bytes);
      const [response] = await once(asked, 'response');
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      return {
        status: response.statusCode,
        headers: new Headers(response.headers),
        text: Buffer.concat(chunks).toString(),
      };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a request asks for, as its entrance writes it. */
export interface Asked {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
  readonly documentId?: unknown;
}

/** Writes what is asked for as a request. */
export type Entrance = (asked: Asked) => Omit<Sent, 'headers'> & { readonly contentType: string };

const listFields = (asked: Asked) => {
  const fields = Object.entries(asked).filter(([, value]) => value !== undefined);
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return new URLSearchParams(fields.map(([name, value]) => [name, text(value)])).toString();
};

const post = (contentType: string, write: (asked: Asked) => string): Entrance => {
  return (asked) => ({ method: 'POST', target: '/graphql', body: write(asked), contentType });
};

/** The forms in which a document may be sent. */
export const entrances = {
  'POST of JSON': post('application/json', JSON.stringify),
  'POST of JSON with another name': post('application/graphql+json', JSON.stringify),
  'POST of a form': post('application/x-www-form-urlencoded', listFields),
  GET: (asked) => ({
    method: 'GET',
    target: `/graphql?${listFields(asked)}`,
    contentType: 'application/json',
  }),
} satisfies Record<string, Entrance>;
