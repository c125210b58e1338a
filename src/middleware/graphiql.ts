import { buildGraphiQL, type GraphiQLPageOptions } from '../graphiql/page.ts';
import { negotiate } from '../server/accept.ts';
import { isApi } from '../server/handler.ts';
import { createOnce } from '../server/late-load.ts';
import { graphqlTypes } from '../server/media-type.ts';
import type { Middleware } from '../server/middleware.ts';
import type { GatewayResponse } from '../server/response.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  // The editor sets inline styles on its lines.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
};

const assetHeaders = { 'cache-control': 'public, max-age=31536000, immutable' };

/** Creates the middleware that serves GraphiQL to browsers at the API's path, and the files that it loads. */
export function createGraphiQL(options: GraphiQLPageOptions): Middleware {
  // Nine megabytes of code, built by the first request for it.
  const page = createOnce(() => buildGraphiQL(options));
  const answer = async (path: string, isPage: boolean): Promise<GatewayResponse | undefined> => {
    const { html, assets } = await page();
    if (isPage) return { status: 200, headers: { ...pageHeaders }, body: html };
    const asset = assets.get(path);
    return (
      asset && {
        status: 200,
        headers: { ...assetHeaders, 'content-type': asset.type },
        body: asset.body,
      }
    );
  };
  return {
    onRequest({ method, path, headers }) {
      if (method !== 'GET') return;
      const isPage = isApi(options.endpoint, path) && prefersHtml(headers.get('accept'));
      const isAsset = path.startsWith(`${options.endpoint}/graphiql/`);
      return isPage || isAsset ? answer(path, isPage) : undefined;
    },
  };
}

/** Returns whether a client prefers a page to a response of the API. */
function prefersHtml(accept: string | null): boolean {
  return negotiate(accept, [...graphqlTypes, 'text/html']) === 'text/html';
}
