import type { Config } from '../config/index.ts';
import { createServer } from '../server/create-server.ts';
import { type Listening, listenOn } from '../server/listen.ts';
import type { Log } from '../telemetry/log.ts';
import type { Readiness } from './readiness.ts';

/** What operators may ask a gateway. */
export interface AdminProbes {
  readiness(): Promise<Readiness>;
  /** In the text format of Prometheus, with its content type. */
  metrics(): Promise<{ readonly contentType: string; readonly text: string }>;
}

interface AdminAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Opens the port for operators: `/metrics`, `/ready` with its details, `/health`. Nobody is asked there who he
 * is, so that it is for a network of their own.
 *
 * @returns null where there is to be none
 * @throws {Error} where the port cannot be had
 */
export async function listenAdmin(
  operated: AdminProbes,
  { adminHost: host, adminPort: port }: Pick<Config, 'adminHost' | 'adminPort'>,
  log: Log,
): Promise<Listening | null> {
  if (port === null) return null;
  const server = createServer(async (request, response) => {
    // A body is of no use here: Node would queue an object for each chunk of it.
    request.resume();
    const path = (request.url ?? '/').split('?', 1)[0];
    const isHead = request.method === 'HEAD';
    const answer =
      isHead || request.method === 'GET'
        ? await answerTo(path ?? '/', operated, log)
        : { status: 405, headers: { allow: 'GET, HEAD' } };
    const body = answer.body ?? '';
    response.writeHead(answer.status, {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-length': Buffer.byteLength(body),
      ...answer.headers,
    });
    response.end(isHead ? undefined : body);
  });
  return listenOn(server, { variable: 'ADMIN_PORT', host, port });
}

async function answerTo(path: string, operated: AdminProbes, log: Log): Promise<AdminAnswer> {
  try {
    if (path === '/health') return { status: 200 };
    if (path === '/ready') {
      const readiness = await operated.readiness();
      return {
        status: readiness.ready ? 200 : 503,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: `${JSON.stringify(readiness, null, 2)}\n`,
      };
    }
    if (path === '/metrics') {
      const { contentType, text } = await operated.metrics();
      return { status: 200, headers: { 'content-type': contentType }, body: text };
    }
    return { status: 404 };
  } catch (error) {
    log.error({ err: error, path }, 'the admin port failed');
    return { status: 500 };
  }
}
