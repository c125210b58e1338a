import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long nothing may move on a connection, in ms. */
export interface IdleTimes {
  /** Where no answer is due. */
  readonly idle: number;
  /** Where one is, or its client does not take it. */
  readonly answering: number;
  /** How often the connections are looked at; one is let go up to twice as much later. */
  readonly check: number;
}

/** A connection, and what had moved on it when it was last looked at, in bytes. */
class Connection {
  readonly socket: Socket;
  readonly #idle: Set<Connection>;
  /** How many answers are due: more than one if requests are pipelined. */
  #due = 0;
  #last: ServerResponse | null = null;
  #moved = 0;

  /** @param idle the connections on which no answer is due, in the order in which they became idle */
  constructor(socket: Socket, idle: Set<Connection>) {
    this.socket = socket;
    this.#idle = idle;
    idle.add(this);
  }

  /** The last answer that is due; null if none is. */
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

  /** Made once for each connection and not for each of its answers. */
  readonly #end = () => {
    this.#due -= 1;
    if (this.#due > 0) return;
    // Not kept longer than it is needed: the request hangs on it.
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

/** Bounds for the connections of a server. */
export interface ConnectionBounds extends IdleTimes {
  /** How many may be open. */
  readonly connections: number;
}

/**
 * Ends connections on which nothing moves, in place of `timeout` and `keepAliveTimeout`, for which Node sets
 * a timer with each request and another with each answer. Here Node's timeout is set for a connection only once it
 * was quiet between two looks at it, and taken off when something moves again.
 *
 * When all connections are open, the one that has been idle longest makes room for a new one, in place of Node's
 * `maxConnections`, which closes the new one: idle connections of one client would keep all others out. A new one is
 * closed only if an answer is due on every other.
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

  /** Returns the last answer that is due on a connection; null if none is. */
  dueAnswer(socket: Socket): ServerResponse | null {
    return this.#connections.get(socket)?.dueAnswer ?? null;
  }

  /** An answer is due: a timeout that was set while none was must not end it. */
  begin(socket: Socket, answer: ServerResponse): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    connection.begin(answer);
    if (socket.timeout) socket.setTimeout(0);
  }

  /** Ends the connection that has been idle longest. Returns false if none is idle. */
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
