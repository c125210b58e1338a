import { type AddressInfo, createServer, type Socket } from 'node:net';
import { credentials } from '../gateway.ts';
import type { WireCase } from './case.ts';
import type { Encoded } from './message.ts';

/** A vendor on raw sockets, which writes the bytes that the case of a request asks for. */
export interface WireVendor extends AsyncDisposable {
  readonly url: string;
  /** Registers a case, and returns the credential headers that identify its requests. */
  add(one: WireCase): Readonly<Record<string, string>>;
}

/** Starts one vendor that serves all cases. */
export async function startWireVendor(): Promise<WireVendor> {
  /** The cases by the token of their requests. */
  const cases = new Map<string, WireCase>();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    let seen = '';
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      seen += chunk.toString('latin1');
      const headLength = seen.indexOf('\r\n\r\n') + 4;
      if (headLength < 4) return;
      const bodyLength = Number(/content-length: (\d+)/i.exec(seen)?.[1] ?? 0);
      if (seen.length < headLength + bodyLength) return;
      const [method = '', path = ''] = seen.split(' ', 2);
      const token = /(?:bearer|x-auth-token:) (case-\d+)/i.exec(seen)?.[1] ?? '';
      seen = '';
      const known = cases.get(token);
      if (known === undefined) throw new Error(`a request without a case: ${method} ${path}`);
      const { encoded, pieces } = known.answer(method, path);
      write(socket, encoded, pieces);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (one) => {
      const token = `case-${cases.size}`;
      cases.set(token, one);
      const bearer = `Bearer ${token}`;
      return {
        ...credentials,
        'wethod-authorization': bearer,
        'kaiten-authorization': bearer,
        'aerospike-authorization': bearer,
        'rocketchat-auth-token': token,
      };
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function write(socket: Socket, { bytes, ending }: Encoded, pieces: number): void {
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  const from = (offset: number): void => {
    if (socket.destroyed) return;
    if (offset >= bytes.length) {
      end(socket, ending);
      return;
    }
    socket.write(bytes.subarray(offset, offset + size), () => setImmediate(from, offset + size));
  };
  from(0);
}

function end(socket: Socket, ending: Encoded['ending']): void {
  if (ending === 'end') socket.end();
  if (ending === 'reset') socket.resetAndDestroy();
}
