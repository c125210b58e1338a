import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How long nothing may move on a connection, in ms. */
export interface QuietTimes {
  /** Where no answer is due. */
  readonly idle: number;
  /** Where one is, or its client does not take it. */
  readonly answering: number;
  /** How often the connections are looked at; one is let go up to twice as much later. */
  readonly check: number;
}

/** A connection, and what had moved on it when it was last looked at, in bytes. */
class Connection {
  /** The last one on it; null once it was seen to have ended. */
  answer: ServerResponse | null = null;
  readonly #socket: Socket;
  #moved = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  look({ idle, answering }: QuietTimes): void {
    // Not kept longer than it is needed: what it was asked for hangs on it.
    if (this.answer?.destroyed) this.answer = null;
    const isTimed = Boolean(this.#socket.timeout);
    if (this.#hasMoved() !== isTimed) return;
    const quiet = this.answer === null ? idle : answering;
    this.#socket.setTimeout(isTimed ? 0 : quiet);
  }

  #hasMoved(): boolean {
    const moved = this.#socket.bytesRead + this.#socket.bytesWritten;
    const before = this.#moved;
    this.#moved = moved;
    return moved !== before;
  }
}

/**
 * Lets connections go on which nothing moves, in place of `timeout` and `keepAliveTimeout`, for which Node sets
 * a timer with each request and another with each answer. Here Node's time-out is set for a connection only once it
 * was quiet between two looks at it, and taken off when something moves again.
 */
export class QuietConnections {
  readonly #connections = new Map<Socket, Connection>();

  constructor(server: Server, times: QuietTimes) {
    server.timeout = 0;
    server.keepAliveTimeout = 0;
    server.on('connection', (socket) => {
      this.#connections.set(socket, new Connection(socket));
      socket.once('close', () => this.#connections.delete(socket));
    });
    const look = () => {
      for (const connection of this.#connections.values()) connection.look(times);
    };
    const timer = setInterval(look, times.check).unref();
    server.once('close', () => clearInterval(timer));
  }

  /** Returns the last answer that is due on a connection; null if none is. */
  dueAnswer(socket: Socket): ServerResponse | null {
    const answer = this.#connections.get(socket)?.answer ?? null;
    return answer === null || answer.writableFinished || answer.destroyed ? null : answer;
  }

  /** An answer is due: a time-out that was set while none was must not end it. */
  begin(socket: Socket, answer: ServerResponse): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) return;
    connection.answer = answer;
    if (socket.timeout) socket.setTimeout(0);
  }
}
