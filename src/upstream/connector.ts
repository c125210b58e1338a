import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

/** Opens a connection, as undici's pools do. */
export type Connector = buildConnector.connector;

const informational = 'HTTP/1.1 1';
const endOfHead = '\r\n\r\n';
/** Where a status line has the digits of its status, and the first of an informational one. */
const statusAt = 'HTTP/1.1 '.length;
const digitOne = 0x31;

/** What undici takes for the end of an answer without a length, though a part of it was lost. */
const reset = 'ECONNRESET';

/**
 * Makes connections whose answers undici reads as HTTP defines them, in two cases where it would not:
 *
 * - A `100 Continue` that was not asked for is passed over like any other informational answer (RFC 9110,
 *   section 15.2). undici ends the connection at it, so that the answer behind it would be lost. Here it reads 102,
 *   which it passes over.
 * - A body without a length ends only when the server closes the connection, not when the connection is lost (RFC
 *   9112, section 8). undici takes a reset for its end: with its code changed, it is a failure like any other.
 */
export function correctReading(connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (...[error, socket]: [null, Socket] | [Error, null]) => {
      if (error !== null) return callback(error, null);
      const read = socket.read.bind(socket);
      socket.read = (size?: number) => toProcessing(read(size));
      socket.on('error', (failure: NodeJS.ErrnoException) => {
        if (failure.code === reset) failure.code = 'ECONNABORTED';
      });
      callback(null, socket);
    });
}

function toProcessing(chunk: Buffer | null): Buffer | null {
  // Nearly every chunk begins with another status, and is not looked at any further.
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
