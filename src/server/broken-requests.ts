import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { jsonType } from './media-type.ts';
import { readRequestId } from './request.ts';
import { toRefusalBody } from './response.ts';

/** Why what came on a connection is no request. */
interface Problem {
  readonly status: number;
  /** The words of the status (RFC 9110, section 15). */
  readonly reason: string;
  readonly code: string;
  readonly message: string;
}

const malformed: Problem = {
  status: 400,
  reason: 'Bad Request',
  code: 'BAD_REQUEST',
  message: 'The server expects HTTP/1.1, received something malformed. Check the request.',
};

/** The errors that Node distinguishes (nodejs.org/api/http.html, "Event: 'clientError'"). */
const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    reason: 'Request Header Fields Too Large',
    code: 'REQUEST_HEADER_FIELDS_TOO_LARGE',
    message: 'The server expects request headers of at most 16 KiB, received more. Send less.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    reason: 'Content Too Large',
    code: 'REQUEST_ENTITY_TOO_LARGE',
    message: 'The server expects chunk extensions of at most 16 KiB, received more. Send none.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    reason: 'Request Timeout',
    code: 'REQUEST_TIMEOUT',
    message: 'The server expects a whole request in time, received a part of one. Send it again.',
  },
};

/**
 * Refuses what is no request, and closes its connection. Node itself would do so even while the answer to an earlier
 * request is due, whose client would take the refusal for that answer: here the answer is sent first, and no refusal.
 *
 * @param dueAnswer returns the last answer that is due on a connection; null if none is
 */
export function refuseBrokenRequests(
  server: Server,
  dueAnswer: (socket: Socket) => ServerResponse | null,
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Its client has gone.
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    // Whatever else comes would only fail again, or be a request whose answer cannot be sent.
    socket.pause();
    const problem = problems[error.code ?? ''] ?? malformed;
    const answer = dueAnswer(socket);
    if (answer === null) refuseConnection(socket, problem);
    else if (answer.headersSent) answer.once('finish', () => socket.destroySoon());
    // With "Connection: close", after which Node closes it.
    else if (answer.req.complete) answer.shouldKeepAlive = false;
    else refuseRequest(answer, problem);
  });
}

/** Refuses a request whose body is broken: nothing was done for it, and those before it are answered first. */
function refuseRequest(answer: ServerResponse, problem: Problem): void {
  const sent = answer.req.headers['x-request-id'];
  const [headers, body] = refusal(problem, readRequestId(typeof sent === 'string' ? sent : null));
  answer.writeHead(problem.status, headers).end(body);
}

function refuseConnection(socket: Socket, problem: Problem): void {
  const [headers, body] = refusal(problem, readRequestId(null));
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${problem.status} ${problem.reason}`, ...lines];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

function refusal(problem: Problem, requestId: string): [Record<string, string>, string] {
  const body = toRefusalBody(problem, requestId);
  const headers = {
    date: new Date().toUTCString(),
    connection: 'close',
    'content-type': jsonType,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  };
  return [headers, body];
}
