import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditEvents, StoredAuditEvent } from '../state/audit-events.ts';
import { InvalidCursorError } from '../state/audit-events.ts';

/** The most events that are read from the database at a time, and so held in memory. */
const pageSize = 500;

/** The most events in a response, unless the request sets another limit. */
const defaultLimit = 10_000;

const limitPattern = /^[1-9]\d{0,8}$/;

/**
 * Responds with the events after a cursor as lines of JSON. Each line has its own cursor, so that the last line of a copy
 * shows where to continue. A response that cannot be completed is cut, so that its reader notices.
 *
 * @throws {Error} if the database cannot be read before the response has begun
 */
export async function sendAuditEvents(
  events: AuditEvents,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://admin');
  const limit = searchParams.get('limit') ?? String(defaultLimit);
  if (!limitPattern.test(limit)) {
    sendProblem(response, 'limit: expected a whole number of at least 1.');
    return;
  }
  const pages = readPages(events, searchParams.get('after') || null, Number(limit));
  try {
    const first = await pages.next();
    response.writeHead(200, {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    if (request.method === 'HEAD') response.end();
    else await pipeline(Readable.from(joinPages(first, pages)), response);
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error;
    sendProblem(response, `after: ${error.message}. Use the cursor of a line, or none to begin.`);
  }
}

async function* readPages(
  events: AuditEvents,
  begin: string | null,
  limit: number,
): AsyncGenerator<string> {
  let after = begin;
  let left = limit;
  while (left > 0) {
    const wanted = Math.min(pageSize, left);
    const page = await events.read(after, wanted);
    if (page.length > 0) yield page.map(toLine).join('');
    if (page.length < wanted) return;
    after = page.at(-1)?.cursor ?? null;
    left -= wanted;
  }
}

async function* joinPages(
  first: IteratorResult<string>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

function toLine(event: StoredAuditEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function sendProblem(response: ServerResponse, problem: string): void {
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${problem}\n`);
}
