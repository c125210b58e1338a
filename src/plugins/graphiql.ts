import type { Plugin } from 'graphql-yoga';
import { buildGraphiQL, type GraphiQLPage, type GraphiQLPageOptions } from '../graphiql/page.ts';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  // The editor sets the styles of its lines by itself.
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
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** GraphiQL for browsers that open the API's own address, and the files that it loads. */
export function useGraphiQL(options: GraphiQLPageOptions): Plugin {
  // Nine megabytes of code: built when somebody first asks for it.
  let page: Promise<GraphiQLPage> | undefined;
  const pagePaths = new Set([options.endpoint, `${options.endpoint}/`]);
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (request.method !== 'GET' || !url.pathname.startsWith(options.endpoint)) return;
      const isPage = pagePaths.has(url.pathname) && wantsHtml(request);
      if (!isPage && !url.pathname.startsWith(`${options.endpoint}/graphiql/`)) return;
      page ??= buildGraphiQL(options);
      const { html, assets } = await page;
      if (isPage) {
        endResponse(new fetchAPI.Response(html, { headers: pageHeaders }));
        return;
      }
      const asset = assets.get(url.pathname);
      if (asset === undefined) return;
      const headers = {
        'content-type': asset.type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      };
      endResponse(new fetchAPI.Response(asset.body, { headers }));
    },
  };
}

function wantsHtml(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') === true;
}
