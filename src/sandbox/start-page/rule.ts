import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Readiness } from '../../admin/readiness.ts';
import type { Middleware } from '../../server/middleware.ts';
import type { GatewayResponse } from '../../server/response.ts';
import { sandboxHeaders } from '../credentials.ts';
import { Html } from './html.ts';
import { type StartPage, startPage, type VendorState } from './page.ts';

const what = {
  wethod: { title: 'Wethod', what: 'Leaders of streams' },
  kaiten: { title: 'Kaiten', what: 'Users of groups' },
  aerospike: { title: 'Aerospike Cloud', what: 'Members of the organisation' },
  rocketchat: { title: 'Rocket.Chat', what: 'Members of private rooms' },
} as const;

/** What the start page is about. */
export interface StartPageOptions
  extends Pick<StartPage, 'endpoint' | 'hasGraphiQL' | 'exampleUrl'> {
  /** Where each simulated vendor listens. */
  readonly urls: Readonly<Record<keyof typeof what, string>>;
  readonly readiness: () => Promise<Readiness>;
}

/** How long a vendor may take to show that it is there, in ms. */
const probeMs = 1_000;

/** `GET /`: the start page. `GET /sandbox/credentials`: the headers that work, as JSON, for other pages. */
export function startPageRule(options: StartPageOptions): Middleware {
  const style = readFileSync(new URL('./start.css', import.meta.url), 'utf8');
  const headers = pageHeaders(style);
  const page = async (wasReset: boolean): Promise<GatewayResponse> => {
    const { vendors } = await options.readiness();
    const keys = Object.keys(what) as (keyof typeof what)[];
    const states = keys.map(async (key): Promise<VendorState> => {
      const { configured, circuit = null, circuitOpenSince = null } = vendors[key] ?? {};
      const isReachable = await answers(options.urls[key]);
      return {
        ...what[key],
        isConfigured: configured === true,
        isReachable,
        circuit,
        circuitOpenSince,
      };
    });
    const shown = { ...options, vendors: await Promise.all(states), wasReset };
    return { status: 200, headers: { ...headers }, body: startPage(shown, new Html(style)) };
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

/** Nothing but what the page itself holds (CSP level 3, section 8.4: hashes of inline styles). */
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

/** Whether anything answers there: without credentials it is a refusal, which will do. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
