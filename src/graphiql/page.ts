import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { loadLate } from '../server/late-load.ts';

/** A tab that GraphiQL opens with. Its variables and headers are JSON. */
export interface GraphiQLTab {
  /** The operation's name. */
  readonly title: string;
  readonly query: string;
  readonly variables?: string;
  readonly headers?: string;
}

/** Options of the page. */
export interface GraphiQLPageOptions {
  /** The path of the GraphQL API. */
  readonly endpoint: string;
  /** The tabs that open at each visit, ready to run. If there are none, GraphiQL keeps the visitor's own. */
  readonly tabs: readonly GraphiQLTab[];
  /** The headers of each new tab, as JSON. */
  readonly headers?: string;
}

/** A file of the page. */
export interface Asset {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** The page and everything that it loads. */
export interface GraphiQLPage {
  readonly html: string;
  /** The files by path. Each path contains a hash of the content, so that a file may be cached forever. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const script = 'text/javascript; charset=utf-8';

/**
 * Builds the GraphiQL page. Everything that it loads comes from the gateway itself, so that it works without internet access
 * and under a content security policy that allows nothing else.
 */
export async function buildGraphiQL(options: GraphiQLPageOptions): Promise<GraphiQLPage> {
  const bundle: typeof import('@graphql-yoga/render-graphiql/graphiql') = loadLate(
    '@graphql-yoga/render-graphiql/graphiql',
  );
  const start = await readFile(new URL('./start.js', import.meta.url), 'utf8');
  const files: Readonly<Record<string, Asset>> = {
    'graphiql.js': { type: script, body: bundle.js },
    'start.js': { type: script, body: start },
    'graphiql.css': { type: 'text/css; charset=utf-8', body: bundle.css },
    'editorWorkerService.worker.js': { type: script, body: bundle.editorWorkerService },
    'json.worker.js': { type: script, body: bundle.jsonWorker },
    'graphql.worker.js': { type: script, body: bundle.graphqlWorker },
    'favicon.ico': { type: 'image/x-icon', body: decodeDataUrl(bundle.favicon) },
  };
  const hash = createHash('sha256');
  for (const { body } of Object.values(files)) hash.update(body);
  const folder = `${options.endpoint}/graphiql/${hash.digest('base64url').slice(0, 16)}/`;
  return {
    html: renderHtml(folder, options),
    assets: new Map(Object.entries(files).map(([name, asset]) => [folder + name, asset])),
  };
}

const style = `
/* GraphiQL moves a focused tab back to its position during the layout of the page, so that a click misses the tab. */
.graphiql-tab { transform: none !important; }
.graphiql-logo { white-space: nowrap; }
/* A single row hides the tabs beyond its end. */
@media (min-width: 900px) {
  .graphiql-container .graphiql-session-header { height: auto; padding-bottom: 4px; align-items: start; }
  .graphiql-container .graphiql-tabs { flex-wrap: wrap; gap: 4px; overflow: visible; }
  .graphiql-container .graphiql-tab,
  .graphiql-container .graphiql-tab .graphiql-tab-button { border-radius: 8px; }
  .graphiql-container .graphiql-tab .graphiql-tab-button { font-size: 13px; padding-right: 26px; }
  .graphiql-container .graphiql-editors { border-radius: 12px; }
}`;

/** Returns the bytes of a `data:` URL (RFC 2397) in base64. */
function decodeDataUrl(dataUrl: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(dataUrl.slice(dataUrl.indexOf(',') + 1));
}

function renderHtml(folder: string, options: GraphiQLPageOptions): string {
  const title = 'membership-gateway';
  const optionsJson = JSON.stringify({ ...options, title, assets: folder }).replaceAll(
    '<',
    '\\u003c',
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="${folder}favicon.ico">
    <link rel="stylesheet" href="${folder}graphiql.css">
    <style>${style}</style>
    <script type="application/json" id="options">${optionsJson}</script>
    <script src="${folder}graphiql.js" defer></script>
    <script src="${folder}start.js" defer></script>
  </head>
  <body>
    <noscript>GraphiQL requires JavaScript. To use the API without it, send POST requests to ${options.endpoint}.</noscript>
    <div id="root"></div>
  </body>
</html>
`;
}
