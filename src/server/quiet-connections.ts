import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** A connection, and what had moved on it when it was last looked at, in bytes. */
class Connection {
  readonly socket: Socket;
  #moved = 0;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** Whether something has moved since this was last asked. */
  hasMoved(): boolean {
    const moved = this.socket.bytesRead + this.socket.bytesWritten;
    const before = this.#moved;
    this.#moved = moved;
    return moved !== before;
  }
}

/**
 * Lets connections go on which nothing moves, in place of `timeout` and `keepAliveTimeout`, for which Node sets
 * a timer with each request and another with each answer. Here Node's time-out is set for a connection only once it
 * was quiet between two looks at it, and taken off when something moves again.
 *
 * @param quietMs how long nothing may move, in ms
 * @param checkMs how often the connections are looked at, in ms; one is let go up to twice as much later
 */
export function endQuietConnections(server: Server, quietMs: number, checkMs: number): void {
  server.timeout = 0;
  server.keepAliveTimeout = 0;
  const connections = new Set<Connection>();
  server.on('connection', (socket) => {
    const connection = new Connection(socket);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
  });
  const look = () => {
    for (const connection of connections) {
      const { socket } = connection;
      const isTimed = Boolean(socket.timeout);
      if (connection.hasMoved() === isTimed) socket.setTimeout(isTimed ? 0 : quietMs);
    }
  };
  const timer = setInterval(look, checkMs).unref();
  server.once('close', () => clearInterval(timer));
}
