import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';

/** A scripted vendor on loopback. */
export interface ScriptedVendor extends AsyncDisposable {
  readonly url: string;
  /** The number of changes it made. */
  readonly changes: () => number;
}

/** Starts a vendor that answers each request. */
export async function startVendor(answer: RequestListener): Promise<ScriptedVendor> {
  let changes = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'GET') changes += 1;
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changes: () => changes,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts a vendor that writes bytes of its own to each connection on which a request came. */
export async function startRawVendor(write: (socket: Socket) => void): Promise<ScriptedVendor> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    socket.once('data', () => write(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    changes: () => 0,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Answers lists of a hundred, lists within them of twenty, objects by their ids, and makes every change. */
export const createGenerousRows: RequestListener = ({ method, url = '' }, response) => {
  if (method !== 'GET') {
    response.statusCode = 204;
    response.end();
    return;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(renderBody(new URL(url, 'http://vendor'))));
};

const at = '2026-04-24T10:03:54.905Z';

const list = <Item>(length: number, make: (id: number) => Item) =>
  Array.from({ length }, (_, index) => make(index + 1));

const createLinks = (length: number, stream: number) =>
  list(length, (id) => ({
    id,
    stream_id: stream,
    leader_id: id,
    member_id: id,
    created_at: at,
    updated_at: at,
  }));

function renderBody({ pathname, searchParams }: URL): unknown {
  const [, id] = /\/streams\/(\d+)/.exec(pathname) ?? [];
  const isLater = Number(searchParams.get('offset') ?? 0) > 0;
  if (/\/streams\/\d+$/.test(pathname)) return { id: Number(id), name: 'Consulting' };
  if (isLater) return [];
  if (pathname.endsWith('/company/groups'))
    return list(100, (one) => ({ id: one, uid: `g${one}` }));
  if (/\/streams\/\d+\/\w+$/.test(pathname)) return createLinks(100, Number(id));
  const rows = list(100, (one) => ({ id: one, name: `N${one}`, created_at: at, updated_at: at }));
  if (!searchParams.has('include')) return rows;
  return rows.map((row) => ({
    ...row,
    stream_leaders: createLinks(20, row.id),
    stream_members: createLinks(20, row.id),
  }));
}
