import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  findTarget,
  type StatusAndBody,
  type VendorCall,
  type VendorTarget,
} from './vendor-apis.ts';

/** A change that a vendor saw. Moments are in ms of the epoch, from a monotonic clock. */
export interface SeenWrite {
  readonly method: string;
  readonly membership: string;
  /** When its request had arrived. */
  readonly at: number;
  /** When the vendor made it; null as long as it has not. */
  madeAt: number | null;
  /** When the vendor answered that it did not make it; null as long as it has not. */
  refusedAt: number | null;
}

/** A call that a vendor saw. */
export interface SeenCall {
  /** What the vendor counts together: all calls, or Rocket.Chat's of one method. */
  readonly bucket: string;
  readonly at: number;
  readonly isRead: boolean;
  /** The address that it came from. */
  readonly address: string;
}

/** What happens to a write. */
export interface WriteFate {
  /** Waited for before it is made; nothing by default. */
  readonly before?: Promise<unknown> | undefined;
  readonly isMade: boolean;
  /** Waited for before it is answered; nothing by default. */
  readonly after?: Promise<unknown> | undefined;
  /** `refuse`: 403. `fail`: 500. `drop`: the connection is closed. */
  readonly answer: 'confirm' | 'refuse' | 'fail' | 'drop';
}

/** What happens to a read. */
export interface ReadFate {
  readonly before?: Promise<unknown> | undefined;
  readonly answer: 'confirm' | 'fail' | 'drop';
}

/** Decides what happens to each call. */
export interface Fates {
  decideWrite(write: SeenWrite): WriteFate;
  decideRead(membership: string): ReadFate;
}

/**
 * The four vendors in one server. They remember each membership, and each change of it that arrived. A membership exists
 * until it is removed, or from the moment when it is added.
 */
export class Vendors implements AsyncDisposable {
  readonly writes: SeenWrite[] = [];
  readonly calls: SeenCall[] = [];
  readonly #fates: Fates;
  readonly #changed = new Set<string>();
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  private constructor(fates: Fates) {
    this.#fates = fates;
  }

  /** Starts the vendors on a free port of loopback. */
  static async start(fates: Fates): Promise<Vendors> {
    const vendors = new Vendors(fates);
    vendors.#server.listen(0, '127.0.0.1');
    await once(vendors.#server, 'listening');
    return vendors;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Returns the changes of a membership that arrived, in their order. */
  listWrites(membership: string): readonly SeenWrite[] {
    return this.writes.filter((write) => write.membership === membership);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    const at = getMoment();
    const address = request.socket.remoteAddress ?? '';
    const call = await readCall(request).catch(() => null);
    // The gateway was killed before its request was complete: then no vendor acts on it.
    if (call === null) return;
    const target = findTarget(call);
    const isRead = call.method === 'GET';
    this.calls.push({ bucket: getBucket(target, call), at, isRead, address });
    const answer = isRead ? this.#read(target) : this.#write(call.method, target);
    const [status, json] = (await answer) ?? [0];
    if (status === 0) {
      response.socket?.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(json === undefined ? undefined : JSON.stringify(json));
  }

  async #read(target: VendorTarget): Promise<StatusAndBody | null> {
    const { before, answer } = this.#fates.decideRead(target.membership);
    await before;
    if (answer === 'drop') return null;
    if (answer === 'fail') return failure;
    return [200, target.show(this.#changed.has(target.membership) === target.isAddition)];
  }

  async #write(method: string, target: VendorTarget): Promise<StatusAndBody | null> {
    const { membership } = target;
    const write: SeenWrite = {
      method,
      membership,
      at: getMoment(),
      madeAt: null,
      refusedAt: null,
    };
    this.writes.push(write);
    const { before, isMade, after, answer } = this.#fates.decideWrite(write);
    await before;
    const wasMade = this.#changed.has(membership);
    if (isMade && !wasMade) {
      this.#changed.add(membership);
      write.madeAt = getMoment();
    }
    await after;
    if (answer === 'drop') return null;
    if (answer === 'confirm') return wasMade ? target.repeated : target.success;
    if (!isMade) write.refusedAt = getMoment();
    return answer === 'fail' ? failure : refusal;
  }
}

const body = { success: false, key: 'error', message: 'No.', error: 'No.' };
const failure: StatusAndBody = [500, body];
const refusal: StatusAndBody = [403, body];

/** Returns the moment, in ms of the epoch: the same in all threads, and never set back. */
export function getMoment(): number {
  return performance.timeOrigin + performance.now();
}

function getBucket({ vendor }: VendorTarget, { url }: VendorCall): string {
  return vendor === 'rocketchat' ? `${vendor} ${url.pathname}` : vendor;
}

async function readCall(request: IncomingMessage): Promise<VendorCall> {
  const { method = '', url = '', headers } = request;
  const received = await text(request);
  return {
    method,
    url: new URL(url, 'http://vendor'),
    body: received === '' ? {} : JSON.parse(received),
    authorization: headers.authorization ?? '',
  };
}
