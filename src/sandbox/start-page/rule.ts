import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Readiness } from '../../admin/readiness.ts';
import type { Middleware } from '../../server/middleware.ts';
import type { GatewayResponse } from '../../server/response.ts';
import { sandboxHeaders } from '../credentials.ts';
import { Html } from './html.ts';
import { renderStartPage, type StartPage, type VendorState } from './page.ts';

/** The facts of a simulated vendor that the page shows. */
interface SimulatedVendorFacts {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  /** The URL of the simulator. */
  readonly url: string;
}

/** Options for the start page. */
export interface StartPageOptions
  extends Pick<StartPage, 'endpoint' | 'hasGraphiQL' | 'exampleUrl'> {
  /** The simulated vendors. */
  readonly vendors: readonly SimulatedVendorFacts[];
  readonly readiness: () => Promise<Readiness>;
}

/** The timeout for a vendor's response, in ms. */
const probeMs = 1_000;

/** Creates the middleware for `GET /`, the start page, and `GET /sandbox/credentials`, the working headers as JSON. */
export function createStartPageMiddleware(options: StartPageOptions): Middleware {
  const style = readFileSync(new URL('./start.css', import.meta.url), 'utf8');
  const headers = pageHeaders(style);
  const page = async (wasReset: boolean): Promise<GatewayResponse> => {
    const { vendors } = await options.readiness();
    const states = options.vendors.map(async (vendor): Promise<VendorState> => {
      const { key, title, description, url } = vendor;
      const { configured, circuit = null, circuitOpenSince = null } = vendors[key] ?? {};
      const isReachable = await isResponding(url);
      return {
        title,
        description,
        isConfigured: configured === true,
        isReachable,
        circuit,
        circuitOpenSince,
      };
    });
    const shown = { ...options, vendors: await Promise.all(states), wasReset };
    return { status: 200, headers: { ...headers }, body: renderStartPage(shown, new Html(style)) };
  };
  return {
    onRequest({ path, method, target }) {
      if (method !== 'GET' && method !== 'HEAD') return;
      if (path === '/') return page(target.endsWith('?reset'));
      if (path !== '/sandbox/credentials') return;
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      return { status: 200, headers, body: JSON.stringify(sandboxHeaders) };
    },
  };
}

/** Returns headers that allow only the page's own style (CSP level 3, section 8.4: hashes of inline styles). */
function pageHeaders(style: string): Record<string, string> {
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      'img-src data:',
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
  };
}

/** Returns whether a URL responds. The request has no credentials, so a rejection is enough. */
async function isResponding(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
