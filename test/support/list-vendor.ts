import { type TestGateway, testGateway } from './gateway.ts';
import { type Responder, type StubVendor, startVendor } from './vendor.ts';

/** What a route gives: JSON, a status with or without it, or a page or a plain text in place of it. */
export type RouteReply =
  | { readonly json: unknown }
  | { readonly status: number; readonly json?: unknown }
  | { readonly status: number; readonly text: string; readonly json?: undefined };

/** Answers a call by the first route whose pattern fits; its path groups and query are handed over. */
export type Routes = readonly (readonly [
  pattern: RegExp,
  reply: (query: URLSearchParams, groups: readonly string[], body: string) => RouteReply,
])[];

/** A vendor that answers by routes, `404` without a body elsewhere. */
export async function startRoutes(routes: Routes): Promise<StubVendor> {
  const answer: Responder = (response, { method, url, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://vendor');
    for (const [pattern, reply] of routes) {
      const match = pattern.exec(`${method} ${pathname}`);
      if (match === null) continue;
      const result = reply(searchParams, match.slice(1), body);
      const status = 'status' in result ? result.status : 200;
      if ('text' in result) {
        const type = result.text.startsWith('<') ? 'text/html' : 'text/plain';
        response.writeHead(status, { 'content-type': type }).end(result.text);
        return;
      }
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(result.json === undefined ? undefined : JSON.stringify(result.json));
      return;
    }
    response.writeHead(404).end();
  };
  return startVendor(answer);
}

/** The part of a list that a query asks for by `limit` (or `count`) and `offset`. */
export function getPage<Item>(items: readonly Item[], query: URLSearchParams): readonly Item[] {
  const size = Math.min(100, Number(query.get('limit') ?? query.get('count') ?? 100));
  const offset = Number(query.get('offset') ?? 0);
  return items.slice(offset, offset + size);
}

/** Numbers from one to another, both included. */
export function createRange(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Methods and URLs of the calls that a vendor saw, as they came, decoded. */
export function listCalls(vendor: StubVendor): string[] {
  return vendor.calls.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`);
}

/** A gateway whose four vendors stand behind one URL, and answer by routes. */
export interface RoutedGateway extends AsyncDisposable {
  readonly vendor: StubVendor;
  readonly gateway: TestGateway;
}

/** Starts a vendor that answers by routes, and a gateway for which it is all four. */
export async function startRouted(routes: Routes, env: object = {}): Promise<RoutedGateway> {
  const vendor = await startRoutes(routes);
  const { url } = vendor;
  const urls = { WETHOD_URL: url, KAITEN_URL: url, AEROSPIKE_URL: url, ROCKETCHAT_URL: url };
  const gateway = testGateway({ ...urls, ...env });
  return {
    vendor,
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await vendor[Symbol.asyncDispose]();
    },
  };
}
