import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** Opens a connection for a pool of undici. */
export type Connector = buildConnector.connector;

const informational = 'HTTP/1.1 1';
const endOfHead = '\r\n\r\n';
/** The index of the status in a status line, and the first digit of an informational status. */
const statusAt = 'HTTP/1.1 '.length;
const digitOne = 0x31;

/** The code that undici takes for the end of a body without a length, even if a part of it was lost. */
const reset = 'ECONNRESET';

/**
 * Corrects how undici reads responses in two cases where it differs from HTTP:
 *
 * - An unexpected `100 Continue` has to be skipped like any other informational response (RFC 9110, section 15.2). undici
 *   ends the connection at it, so that the response after it would be lost. Here it reads 102, which it skips.
 * - A body without a length ends only when the server closes the connection, not when the connection is lost (RFC 9112,
 *   section 8). undici takes a reset for its end: with its code changed, it is a failure like any other.
 */
export function correctReading(connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (...[error, socket]: [null, Socket] | [Error, null]) => {
      if (error !== null) return callback(error, null);
      const read = socket.read.bind(socket);
      socket.read = (size?: number) => replaceContinue(read(size));
      socket.on('error', (failure: NodeJS.ErrnoException) => {
        if (failure.code === reset) failure.code = 'ECONNABORTED';
      });
      callback(null, socket);
    });
}

function replaceContinue(chunk: Buffer | null): Buffer | null {
  // Nearly every chunk begins with another status and needs no further check (optimisations.md, group).
  if (chunk?.[statusAt] !== digitOne) return chunk;
  const read = (start: number, length: number) => chunk.toString('latin1', start, start + length);
  let start = 0;
  while (read(start, informational.length) === informational) {
    const lastDigits = start + statusAt + 1;
    if (read(lastDigits, 2) === '00') chunk.write('02', lastDigits);
    const end = chunk.indexOf(endOfHead, start);
    if (end === -1) break;
    start = end + endOfHead.length;
  }
  return chunk;
}
