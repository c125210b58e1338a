import { readBytes } from '../upstream/growing-bytes.ts';
import type { RequestHandler } from './handler.ts';
import { GatewayRequest } from './request.ts';

type ResponseBody = ConstructorParameters<typeof Response>[0];

/** Answers a request of the Fetch standard. Rejects when its signal aborts. */
export type FetchHandler = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Creates a function that answers requests without a port.
 *
 * @param maxBytes the maximum length of a body
 */
export function createFetch(handler: RequestHandler, maxBytes: number): FetchHandler {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    const { pathname, search } = new URL(request.url);
    const client = {
      signal,
      get isGone() {
        return signal.aborted;
      },
      address: () => null,
    };
    const incoming = new GatewayRequest(request.method, pathname + search, request.headers, client);
    const isHead = request.method === 'HEAD';
    const response = handler.handle(
      incoming,
      () => readBody(request, maxBytes),
      ({ status, headers, body }) =>
        new Response(isHead ? null : (body as ResponseBody), { status, headers }),
    );
    return Promise.race([response, rejectOnAbort(signal)]);
  };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function readBody({ body }: Request, maxBytes: number): Promise<Uint8Array | null> {
  return body === null ? new Uint8Array(0) : readBytes(body, maxBytes);
}
