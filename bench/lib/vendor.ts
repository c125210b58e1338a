/**
 * A vendor that knows the calls of all four; what it does stands in the path's first step. It
 * speaks just enough HTTP over bare sockets to cost next to nothing, so that it is never the limit.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';

const at = '2026-04-24T10:03:54.905Z';
const list = (length: number, make: (index: number) => object) =>
  JSON.stringify(Array.from({ length }, (_, index) => make(index)));
const link = { id: 9, stream_id: 7, leader_id: 42, created_at: at, deleted_at: null };
const createPerson = (id: number) => ({
  id,
  email: `p${id}@example.com`,
  name: 'Ann',
  surname: 'Example',
  is_archived: false,
  created_at: at,
  updated_at: at,
});
const createPersons = (offset: number) =>
  list(offset < 200 ? 100 : 50, (index) => createPerson(offset + index + 1));

const answer = (status: string, body?: string) =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\nconnection: keep-alive\r\n` +
      (body === undefined
        ? '\r\n'
        : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
  );
const gone = answer('204 No Content');
const attached = answer('200 OK', JSON.stringify(link));
const rejected = answer(
  '401 Unauthorized',
  JSON.stringify({ key: 'unauthorized', message: 'No.' }),
);
const missing = answer(
  '404 Not Found',
  JSON.stringify({ key: 'not_found', message: 'No stream of that id.' }),
);
const kaitenUser = answer('200 OK', JSON.stringify({ id: 1, full_name: 'Ann Example' }));
const left = answer('200 OK', JSON.stringify({ success: true }));
const pages = [0, 100, 200].map((offset) => answer('200 OK', createPersons(offset)));

function createAnswer(mode: string, method: string, target: string): Buffer {
  if (mode === 'missing') return missing;
  if (method === 'DELETE') return target.includes('/groups/') ? kaitenUser : gone;
  if (target.endsWith('/groups.leave')) return left;
  const [, streamId] = /\/streams\/(\d+)\/leaders\?/.exec(target) ?? [];
  if (streamId !== undefined) return createLeaders(Number(streamId));
  const [, nakedId] = /^GET .*\/api\/streams\/(\d+)$/.exec(`${method} ${target}`) ?? [];
  if (nakedId !== undefined) {
    return answer('200 OK', JSON.stringify({ id: Number(nakedId), name: 'Consulting' }));
  }
  const [, personId] = /\/api\/persons\/(\d+)$/.exec(target) ?? [];
  if (personId !== undefined)
    return answer('200 OK', JSON.stringify(createPerson(Number(personId))));
  if (target.includes('/api/persons')) {
    const [, offset = 0] = /offset=(\d+)/.exec(target) ?? [];
    return pages[Number(offset) / 100] ?? missing;
  }
  return attached;
}

/** Returns as many leaders as the stream's ID, but less than a page, so that no second page is read. */
function createLeaders(streamId: number): Buffer {
  let bytes = leaders.get(streamId);
  if (bytes === undefined) {
    const rows = list(Math.min(streamId, 99), (index) => ({
      ...link,
      id: index + 1,
      stream_id: streamId,
      leader_id: 2 * index + 1,
    }));
    bytes = answer('200 OK', rows);
    leaders.set(streamId, bytes);
  }
  return bytes;
}

const leaders = new Map<number, Buffer>();

function serve(socket: Socket, hung: () => void): void {
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
      const head = text.slice(0, end);
      const [, length = 0] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
      if (text.length < end + 4 + Number(length)) return;
      const [method = '', target = ''] = head.slice(0, head.indexOf('\r\n')).split(' ');
      text = text.slice(end + 4 + Number(length));
      const [, mode = ''] = target.split('/', 2);
      const isRude = mode === 'slow' && /\r\nauthorization: bearer hang/i.test(head);
      if (mode === 'hang' || isRude) return hung();
      const isWrong = mode === 'slow' && /\r\nauthorization: bearer wrong/i.test(head);
      const bytes = isWrong ? rejected : createAnswer(mode, method, target);
      if (mode === 'slow') setTimeout(() => socket.write(bytes), 200);
      else socket.write(bytes);
    }
  });
}

/** A vendor that runs in the process of the load. */
export interface BenchVendor extends AsyncDisposable {
  /**
   * @param mode what it does: `ok`, `missing`, `slow` (200 ms; calls whose token begins with `wrong` get 401, with
   *   `hang` no answer) or `hang`
   */
  url(mode: string): string;
  /** Returns the number of hanging calls. */
  hung(): number;
}

/** Starts the vendor on a free loopback port. */
export async function startVendor(): Promise<BenchVendor> {
  const sockets = new Set<Socket>();
  let hung = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    serve(socket, () => {
      hung += 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (mode) => `http://127.0.0.1:${port}/${mode}`,
    hung: () => hung,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
