import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The longest times without traffic on a connection, in ms. */
export interface IdleTimes {
  /** The time if no response is due. */
  readonly idle: number;
  /** The time if one is due, or if the client does not read it. */
  readonly answering: number;
  /** The interval of the checks. A connection is closed up to twice that time later. */
  readonly check: number;
}

/** A connection, and the bytes that had been transferred on it at the last check. */
class Connection {
  readonly socket: Socket;
  readonly #idle: Set<Connection>;
  /** The number of due responses: more than one if requests are pipelined. */
  #due = 0;
  #last: ServerResponse | null = null;
  #moved = 0;

  /** @param idle the connections on which no response is due, in the order in which they became idle */
  constructor(socket: Socket, idle: Set<Connection>) {
    this.socket = socket;
    this.#idle = idle;
    idle.add(this);
  }

  /** Returns the last response that is due; null if none is. */
  get dueAnswer(): ServerResponse | null {
    const answer = this.#last;
    return answer === null || answer.writableFinished || answer.destroyed ? null : answer;
  }

  begin(answer: ServerResponse): void {
    this.#last = answer;
    this.#due += 1;
    this.#idle.delete(this);
    answer.on('close', this.#end);
  }

  /** Created once for each connection and not for each of its responses. */
  readonly #end = () => {
    this.#due -= 1;
    if (this.#due > 0) return;
    // Release the response: it references the request.
    this.#last = null;
    if (!this.socket.destroyed) this.#idle.add(this);
  };

  look({ idle, answering }: IdleTimes): void {
    const isTimed = Boolean(this.socket.timeout);
    if (this.#hasMoved() !== isTimed) return;
    const quiet = this.#due === 0 ? idle : answering;
    this.socket.setTimeout(isTimed ? 0 : quiet);
  }

  #hasMoved(): boolean {
    const moved = this.socket.bytesRead + this.socket.bytesWritten;
    const before = this.#moved;
    this.#moved = moved;
    return moved !== before;
  }
}

/** Limits for the connections of a server. */
export interface ConnectionBounds extends IdleTimes {
  /** The most open connections. */
  readonly connections: number;
}

/**
 * Closes connections without traffic. Replaces `timeout` and `keepAliveTimeout`, for which Node.js sets a timer with
 * each request and another with each response: 1.06 of a change's CPU (optimisations.md, idle connections). Here the timeout of a socket is set only after a check interval without
 * traffic, and removed when there is traffic again.
 *
 * At the limit, a new connection replaces the one that has been idle longest. Node's `maxConnections` would close the
 * new one, so that idle connections of one client could keep all others out. A new connection is closed only if a
 * response is due on every other.
 */
export class IdleConnections {
  readonly #connections = new Map<Socket, Connection>();
  readonly #idle = new Set<Connection>();

  constructor(server: Server, bounds: ConnectionBounds) {
    server.timeout = 0;
    server.keepAliveTimeout = 0;
    server.on('connection', (socket) => {
      if (this.#connections.size >= bounds.connections && !this.#makeRoom()) {
        socket.destroy();
        return;
      }
      const connection = new Connection(socket, this.#idle);
      this.#connections.set(socket, connection);
      socket.once('close', () => this.#forget(connection));
    });
    const look = () => {
      for (const connection of this.#connections.values()) connection.look(bounds);
    };
    const timer = setInterval(look, bounds.check).unref();
    server.once('close', () => clearInterval(timer));
  }

  /** Returns the last response that is due on a connection; null if none is. */
  dueAnswer(socket: Socket): ServerResponse | null {
    return this.#connections.get(socket)?.dueAnswer ?? null;
  }

  /** Notes that a response is due, and removes the timeout that was set while none was. */
  begin(socket: Socket, answer: ServerResponse): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    connection.begin(answer);
    if (socket.timeout) socket.setTimeout(0);
  }

  /** Closes the connection that has been idle longest. Returns false if none is idle. */
  #makeRoom(): boolean {
    const [longest] = this.#idle;
    if (longest === undefined) return false;
    this.#forget(longest);
    longest.socket.destroy();
    return true;
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection.socket);
    this.#idle.delete(connection);
  }
}
