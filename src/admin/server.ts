import type { ServerResponse } from 'node:http';
import type { Config } from '../config/settings.ts';
import { createServer } from '../server/create-server.ts';
import { type Listening, listenOn } from '../server/listen.ts';
import type { Log } from '../telemetry/log.ts';
import { sendAuditEvents } from './audit-export.ts';
import type { AdminProbes } from './probes.ts';

interface AdminResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Opens the admin port: `/metrics`, the detailed `/ready`, `/health`, and `/audit` if the audit log is in the database. It has
 * no authentication: expose it only to your operations network.
 *
 * @returns null if the admin port is off
 * @throws {Error} if the port cannot be opened, with a line that names the variable
 */
export async function listenAdmin(
  probes: AdminProbes,
  { adminHost: host, adminPort: port }: Pick<Config, 'adminHost' | 'adminPort'>,
  log: Log,
): Promise<Listening | null> {
  if (port === null) return null;
  const server = createServer(async (request, response) => {
    // Node.js would queue an object for each chunk of an unread body.
    request.resume();
    const path = (request.url ?? '/').split('?', 1)[0];
    const isHead = request.method === 'HEAD';
    const isRead = isHead || request.method === 'GET';
    const { auditEvents } = probes;
    if (isRead && path === '/audit' && auditEvents !== null) {
      await sendAuditEvents(auditEvents, request, response).catch((error: unknown) =>
        endFailed(response, error, log),
      );
      return;
    }
    const answer = isRead
      ? await answerProbe(path ?? '/', probes, log)
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

/** Ends a response that failed: it is cut if it has begun. */
function endFailed(response: ServerResponse, error: unknown, log: Log): void {
  // The client has disconnected.
  if (response.closed) return;
  log.error({ err: error, path: '/audit' }, 'admin request failed');
  if (response.headersSent) response.destroy();
  else response.writeHead(503).end();
}

async function answerProbe(path: string, probes: AdminProbes, log: Log): Promise<AdminResponse> {
  try {
    if (path === '/health') return { status: 200 };
    if (path === '/ready') {
      const readiness = await probes.readiness();
      return {
        status: readiness.ready ? 200 : 503,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: `${JSON.stringify(readiness, null, 2)}\n`,
      };
    }
    if (path === '/metrics') {
      const { contentType, text } = await probes.metrics();
      return { status: 200, headers: { 'content-type': contentType }, body: text };
    }
    return { status: 404 };
  } catch (error) {
    log.error({ err: error, path }, 'admin request failed');
    return { status: 500 };
  }
}
