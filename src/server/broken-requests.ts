import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { jsonType } from './media-type.ts';
import { readRequestId } from './request.ts';
import { toRefusalBody } from './response.ts';

/** The reason why data on a connection is not a valid request. */
interface Problem {
  readonly status: number;
  /** The reason phrase of the status (RFC 9110, section 15). */
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
 * Rejects invalid requests and closes their connections. Node.js itself would do so even while the response to an
 * earlier request is due, and the client would take the rejection for that response. Here the due response is sent, and
 * no rejection.
 *
 * @param dueAnswer returns the last response that is due on a connection; null if there is none
 */
export function refuseBrokenRequests(
  server: Server,
  dueAnswer: (socket: Socket) => ServerResponse | null,
): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // The client has disconnected.
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    // Further data would fail again, or be a request whose response cannot be sent.
    socket.pause();
    const problem = problems[error.code ?? ''] ?? malformed;
    const answer = dueAnswer(socket);
    if (answer === null) refuseConnection(socket, problem);
    else if (answer.headersSent) answer.once('finish', () => socket.destroySoon());
    // The response is sent with `Connection: close`, and Node.js closes the connection after it.
    else if (answer.req.complete) answer.shouldKeepAlive = false;
    else refuseRequest(answer, problem);
  });
}

/** Rejects a request with a broken body. Nothing was done for it, and requests before it are answered first. */
function refuseRequest(answer: ServerResponse, problem: Problem): void {
  const sent = answer.req.headers['x-request-id'];
  const [headers, body] = createRefusal(
    problem,
    readRequestId(typeof sent === 'string' ? sent : null),
  );
  answer.writeHead(problem.status, headers).end(body);
}

function refuseConnection(socket: Socket, problem: Problem): void {
  const [headers, body] = createRefusal(problem, readRequestId(null));
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${problem.status} ${problem.reason}`, ...lines];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

function createRefusal(problem: Problem, requestId: string): [Record<string, string>, string] {
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
