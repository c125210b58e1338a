import { connect, type Socket } from 'node:net';

/** The end of a chunked response. */
const lastChunk = '0\r\n\r\n';

/** The number of connections to open at a time. More would overflow a listener's backlog. */
const openedAtOnce = 200;

/**
 * One connection that sends a request at a time and reads its answer, with as little work as can be: the
 * load must not be what is measured.
 */
export class Connection {
  readonly #socket: Socket;
  #text = '';
  #resolve: (answer: string) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (chunk: string) => {
      this.#text += chunk;
      if (!isWhole(this.#text)) return;
      const answer = this.#text;
      this.#text = '';
      this.#resolve(answer);
    });
    this.#socket.on('error', (error) => this.#reject(error));
    this.#socket.on('close', () => this.#reject(new Error('the server closed the connection')));
  }

  /** Opens many connections, in turn to each port. */
  static async open(ports: number | readonly number[], count: number): Promise<Connection[]> {
    const turns = typeof ports === 'number' ? [ports] : ports;
    const all: Connection[] = [];
    while (all.length < count) {
      const length = Math.min(openedAtOnce, count - all.length);
      const some = Array.from(
        { length },
        (_, index) => new Connection(turns[(all.length + index) % turns.length] as number),
      );
      await Promise.all(some.map((one) => one.#waitUntilOpen()));
      all.push(...some);
    }
    return all;
  }

  #waitUntilOpen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#socket.once('connect', resolve);
    });
  }

  /** Sends a request, and returns the whole response. */
  send(request: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const at = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head));
  return at === null ? text.endsWith(lastChunk) : text.length >= head + 4 + Number(at[1]);
}
