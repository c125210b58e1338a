import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Behaviour, parseBehaviour } from './behaviour.ts';

/** A call to a simulated vendor, with an accepted token. */
export interface Call {
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The body parsed as JSON, or undefined if it is not JSON. */
  readonly body: unknown;
  readonly token: string;
  readonly behaviour: Behaviour;
}

/** The response of a simulated vendor. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, sent as JSON. There is no body if it is undefined. */
  readonly json?: unknown;
  /** The body as text, instead of JSON. */
  readonly text?: string;
}

/** The part of a simulator that is specific to one vendor: its forms, limits and routes. */
export interface SimulatedVendor {
  readToken(headers: IncomingHttpHeaders): string;
  unauthorized(): Reply;
  /** Returns the response of the rate limiter, with a wait in seconds. */
  throttled(waitSeconds: number): Reply;
  down(): Reply;
  /** Counts a call against the rate limit. Returns the rejection, or the headers of every response. */
  limit(call: Call): Reply | { readonly headers: Readonly<Record<string, string>> };
  /** Makes the change of a call, and returns the response. */
  handle(call: Call): Reply;
  /** Resets the seed. */
  reset(): void;
}

/** A simulator that listens on a free loopback port. */
export interface Simulator extends AsyncDisposable {
  readonly url: string;
  reset(): void;
}

const garbage: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  text: '<!doctype html><title>Portal</title><p>Please accept the terms of this network.</p>',
};

/**
 * Starts a simulated vendor.
 *
 * @param slowMs the delay of a slow write's response, in ms
 */
export async function startSimulator(vendor: SimulatedVendor, slowMs = 60_000): Promise<Simulator> {
  const writes = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const call = await readCall(request, vendor);
    if (call === null) return send(response, vendor.unauthorized());
    const limit = vendor.limit(call);
    if ('status' in limit) return send(response, limit);
    const isWrite = call.method !== 'GET';
    const isOdd = isWrite && countOdd(writes, `${call.token} ${call.method} ${call.path}`);
    const reply = replyTo(vendor, call, isOdd);
    if (call.behaviour === 'cut' && isOdd) return request.socket.destroy();
    const whole = { ...reply, headers: { ...limit.headers, ...reply.headers } };
    if (call.behaviour === 'slow' && isWrite) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        send(response, whole);
      }, slowMs);
      timers.add(timer);
      return;
    }
    send(response, whole);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reset: () => {
      writes.clear();
      vendor.reset();
    },
    [Symbol.asyncDispose]: async () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function replyTo(vendor: SimulatedVendor, call: Call, isOddWrite: boolean): Reply {
  switch (call.behaviour) {
    case 'expired':
      return vendor.unauthorized();
    case 'throttled':
      return vendor.throttled(60);
    case 'throttled-once':
      return isOddWrite ? vendor.throttled(1) : vendor.handle(call);
    case 'down':
      return vendor.down();
    case 'flaky':
      return isOddWrite ? vendor.down() : vendor.handle(call);
    case 'garbage':
      return garbage;
    default:
      return vendor.handle(call);
  }
}

function countOdd(counts: Map<string, number>, key: string): boolean {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count % 2 === 1;
}

async function readCall(request: IncomingMessage, vendor: SimulatedVendor): Promise<Call | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const token = vendor.readToken(request.headers);
  const behaviour = parseBehaviour(token);
  if (behaviour === null) return null;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = parseJson(Buffer.concat(chunks).toString());
  const { method = 'GET', headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, body, token, behaviour };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.json !== undefined) {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(reply.json));
    return;
  }
  response.writeHead(reply.status, { ...reply.headers });
  response.end(reply.text);
}

/** Returns the token of an `Authorization: Bearer …` header, or an empty string. */
export function readBearerToken(headers: IncomingHttpHeaders): string {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
}
