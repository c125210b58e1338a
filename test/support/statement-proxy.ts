import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Hold } from './crash-world.ts';

/** A proxy of connections to PostgreSQL that knows their statements by name. */
export interface StatementProxy extends AsyncDisposable {
  readonly port: number;
  /**
   * Holds the next statement with a name.
   *
   * @param when `before` the server gets it, or `after` it is committed, before its answer reaches the client
   */
  hold(statement: string, when: 'before' | 'after'): Hold;
  /** Resets all connections, and each new one until `restore`. What was held is lost. */
  cut(): void;
  restore(): void;
}

interface ArmedHold {
  readonly statement: string;
  readonly when: 'before' | 'after';
  reach(): void;
  readonly released: Promise<void>;
}

/**
 * Starts a proxy before a PostgreSQL server on loopback. The statements of `pg` are one message each, which names the
 * prepared statement (https://www.postgresql.org/docs/14/protocol-message-formats.html, Bind).
 */
export async function startStatementProxy(target: number): Promise<StatementProxy> {
  const sockets = new Set<Socket>();
  let armed: ArmedHold | null = null;
  let isCut = false;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };

  function handle(client: Socket): void {
    track(client);
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(target, '127.0.0.1');
    track(server);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    let held: ArmedHold | null = null;
    const toServer = new Gate(server);
    const toClient = new Gate(client);
    client.on('data', (chunk: Buffer) => {
      if (armed !== null && chunk.includes(`\0${armed.statement}\0`)) {
        held = armed;
        armed = null;
        if (held.when === 'before') {
          toServer.close(held.released);
          held.reach();
        }
      }
      toServer.write(chunk);
    });
    server.on('data', (chunk: Buffer) => {
      if (held?.when === 'after') {
        toClient.close(held.released);
        held.reach();
        held = null;
      }
      toClient.write(chunk);
    });
  }

  const listener = createServer(handle).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    hold: (statement, when) => {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      armed = { statement, when, reach: () => reached.resolve(), released: released.promise };
      return { reached: reached.promise, release: released.resolve };
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    restore: () => {
      isCut = false;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

/** Passes bytes on, or keeps them while it is closed. */
class Gate {
  readonly #to: Socket;
  #kept: Buffer[] | null = null;

  constructor(to: Socket) {
    this.#to = to;
  }

  write(chunk: Buffer): void {
    if (this.#kept === null) this.#to.write(chunk);
    else this.#kept.push(chunk);
  }

  /** Keeps all bytes until a promise resolves. */
  close(until: Promise<void>): void {
    this.#kept = [];
    void until.then(() => {
      const kept = this.#kept ?? [];
      this.#kept = null;
      for (const chunk of kept) this.#to.write(chunk);
    });
  }
}
