import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { Dispatcher } from 'undici';
import type { Change } from './changes.ts';
import { ids } from './changes.ts';

/** When a write that met a fault is made: never, before its answer, or so many ms after it. */
export type Commit =
  | { readonly kind: 'never' | 'before' }
  | { readonly kind: 'after'; readonly ms: number };

/** What one write meets. */
export type WriteFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'notSent' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly isOwn: boolean;
      readonly commit: Commit;
      readonly retryAfter: number | null;
    }
  /** Made, and the answer compressed although nothing but `identity` was asked for. */
  | { readonly kind: 'compressed'; readonly coding: Coding }
  /** Made or not, and then an error of which the vendor does not say what it is; no more follows. */
  | { readonly kind: 'hookFailed'; readonly commit: Commit }
  | { readonly kind: 'lost' | 'cut' | 'hang' | 'page' | 'wrongIds'; readonly commit: Commit };

/** A content coding; `compress` is one that no client knows any more. */
type Coding = keyof typeof compressors;

const compressors = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
  compress: (body: string) => Buffer.from(body),
};

/** What one read meets. */
export type ReadFault =
  | 'none'
  | 'reset'
  | 'hang'
  | 'page'
  | 'cut'
  | 401
  | 403
  | 404
  | 429
  | 500
  | 503;

/** A plan of faults: what is not planned meets none. */
export interface Plan {
  readonly isMember: boolean;
  readonly writes: readonly WriteFault[];
  readonly reads: readonly ReadFault[];
  /** How many others are in the list, and after which read one of them leaves it. */
  readonly others: number;
  readonly shiftAfterRead: number;
  /** When somebody else sets the membership, in ms from the start. */
  readonly opposite: readonly { readonly ms: number; readonly isMember: boolean }[];
}

const commit: fc.Arbitrary<Commit> = fc.oneof(
  fc.constant({ kind: 'never' as const }),
  fc.constant({ kind: 'before' as const }),
  fc.record({ kind: fc.constant('after' as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
);

/** With these Cloudflare says that it did not reach the vendor. */
export const unreached = [521, 523, 525, 526, 530];

/** If something in between refuses with these, the list shows what became of the write. */
export const readBackRefusals = [400, 401, 403, 404, 410, 412];

const never = fc.constant<Commit>({ kind: 'never' });
const wait = fc.constantFrom(null, 0, 1, 3, 60);

/**
 * Faults of writes; a vendor that refuses, or says in its own words that it failed, is not at it any
 * more, nor is one whose answer a proxy replaced by a refusal of its own. It may have made the write
 * before, but not where others write too: one who undoes just that write leaves nothing to see, and the
 * rule that such an end is NOT_APPLIED if the list shows nothing cannot know of it.
 */
function writeFault(mayEndsCommit: boolean): fc.Arbitrary<WriteFault> {
  const ended: fc.Arbitrary<Commit> = mayEndsCommit
    ? fc.constantFrom({ kind: 'never' }, { kind: 'before' })
    : never;
  const status = (statuses: number[], isOwn: boolean, when: fc.Arbitrary<Commit>) =>
    fc.record({
      kind: fc.constant('status' as const),
      status: fc.constantFrom(...statuses),
      isOwn: fc.constant(isOwn),
      commit: when,
      retryAfter: wait,
    });
  return fc.oneof(
    fc.constant<WriteFault>({ kind: 'none' }),
    fc.constant<WriteFault>({ kind: 'notSent' }),
    status([400, 401, 403, 404, 405, 429], true, never),
    status([301, 307, 308, ...unreached], false, never),
    status([500, 501, 503], true, ended),
    status([502, 504, 408, 425, 302, 202], true, commit),
    status([500, 501, 502, 503, 504, 520, 522, 524, 527], false, commit),
    status(readBackRefusals, false, ended),
    fc.record({
      kind: fc.constant('compressed' as const),
      coding: fc.constantFrom<Coding>('gzip', 'deflate', 'br', 'zstd', 'compress'),
    }),
    fc.record({ kind: fc.constant('hookFailed' as const), commit: ended }),
    fc.record({ kind: fc.constantFrom('lost', 'cut', 'hang', 'page', 'wrongIds'), commit }),
  ) as fc.Arbitrary<WriteFault>;
}

/** Plans with one writer, or with others who set the membership too. */
export function plans(hasOthers: boolean): fc.Arbitrary<Plan> {
  return fc.record({
    isMember: fc.boolean(),
    writes: fc.array(writeFault(!hasOthers), { maxLength: 3 }),
    reads: fc.array(
      fc.constantFrom<ReadFault>(
        'none',
        'none',
        'none',
        'reset',
        'hang',
        'page',
        'cut',
        401,
        403,
        404,
        429,
        500,
        503,
      ),
      { maxLength: 4 },
    ),
    others: fc.constantFrom(0, 1, 99, 100, 150, 250),
    shiftAfterRead: fc.integer({ min: 0, max: 5 }),
    opposite: hasOthers
      ? fc.array(fc.record({ ms: fc.integer({ min: 0, max: 20_000 }), isMember: fc.boolean() }), {
          maxLength: 3,
        })
      : fc.constant([]),
  });
}

/** One write as the vendor saw it. */
export interface SeenWrite {
  /** What it met. */
  readonly fault: WriteFault;
  /** Whether it was made, by now. */
  isMade: boolean;
  /** When its answer, or the end of the wait for it, had come, in ms from the start. */
  readonly endedAt: number;
}

/** One read as the vendor saw it. */
export interface SeenRead {
  readonly fault: ReadFault;
  /** How many writes had arrived before it. */
  readonly writes: number;
  /** Whether the requested state held. */
  readonly isInPlace: boolean;
}

/** A vendor in memory, with the one membership that a change is about. */
export class ModelVendor {
  readonly #change: Change;
  readonly #plan: Plan;
  readonly #writes: WriteFault[];
  readonly #reads: ReadFault[];
  readonly #others: number[];
  #readCount = 0;
  #isMember: boolean;
  /** How often a write was tried, those too that never went out. */
  attempts = 0;
  /** The writes that arrived. */
  readonly seen: SeenWrite[] = [];
  /** Whether the requested state has held at any time since the first write arrived. */
  hasHeld = false;
  /** The reads that arrived. */
  readonly reads: SeenRead[] = [];
  readonly #began = performance.now();

  constructor(change: Change, plan: Plan) {
    this.#change = change;
    this.#plan = plan;
    this.#writes = [...plan.writes];
    this.#reads = [...plan.reads];
    this.#others = Array.from({ length: plan.others }, (_, index) => 1_000 + index);
    this.#isMember = plan.isMember;
    for (const { ms, isMember } of plan.opposite) setTimeout(() => this.#set(isMember), ms);
  }

  /** The vendor's side of the connections. */
  readonly dispatcher = {
    dispatch: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => {
      this.#serve(options, handler);
      return true;
    },
    close: async () => {},
  } as unknown as Dispatcher;

  get #wanted(): boolean {
    return this.#change.name === 'attachStreamLeader';
  }

  #set(isMember: boolean): void {
    this.#isMember = isMember;
    if (this.seen.length > 0 && isMember === this.#wanted) this.hasHeld = true;
  }

  #serve(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    let isAborted = false;
    const controller = {
      abort: () => (isAborted = true),
    } as unknown as Dispatcher.DispatchController;
    const reply = (answer: Reply) => {
      if (isAborted || answer === 'hang') return;
      if (answer === 'reset') return handler.onResponseError?.(controller, new Error('ECONNRESET'));
      const headers = { ...answer.headers };
      handler.onResponseStart?.(controller, answer.status, headers, '');
      handler.onResponseData?.(controller, Buffer.from(answer.body));
      if (answer.isCut) return handler.onResponseError?.(controller, new Error('cut'));
      handler.onResponseEnd?.(controller, {});
    };
    const isRead = options.method === 'GET';
    const fault = isRead ? null : (this.#writes.shift() ?? { kind: 'none' as const });
    if (!isRead) this.attempts += 1;
    if (fault?.kind === 'notSent') {
      setTimeout(() => handler.onResponseError?.(controller, new Error('ECONNREFUSED')), 1);
      return;
    }
    setTimeout(() => {
      handler.onRequestStart?.(controller, null);
      if (isAborted) return;
      const answer = fault === null ? this.#read(options.path) : this.#write(fault);
      setTimeout(() => reply(answer), 1);
    }, 1);
  }

  #write(fault: WriteFault): Reply {
    const tookMs = fault.kind === 'hang' ? 5_000 : 5;
    const write: SeenWrite = {
      fault,
      isMade: false,
      endedAt: performance.now() - this.#began + tookMs,
    };
    this.seen.push(write);
    const was = this.#isMember;
    if (was === this.#wanted) this.hasHeld = true;
    const make = () => {
      // A removal of what is not there changes nothing.
      write.isMade = this.#wanted || this.#isMember;
      this.#set(this.#wanted);
    };
    if (fault.kind === 'none' || fault.kind === 'compressed') {
      make();
      const answer = createProper(this.#change, was);
      return fault.kind === 'none' ? answer : compress(answer, fault.coding);
    }
    if (fault.kind === 'notSent') return 'reset';
    if (fault.commit.kind === 'before') make();
    if (fault.commit.kind === 'after') setTimeout(make, fault.commit.ms);
    return createFaulty(this.#change, fault);
  }

  #read(path: string): Reply {
    const fault = this.#reads.shift() ?? 'none';
    const isInPlace = this.#isMember === this.#wanted;
    this.reads.push({ fault, writes: this.seen.length, isInPlace });
    this.#readCount += 1;
    if (this.#readCount === this.#plan.shiftAfterRead) setTimeout(() => this.#others.shift(), 1);
    if (fault === 'hang' || fault === 'reset') return fault;
    if (fault === 'page') return page;
    if (typeof fault === 'number') return createOwnError(this.#change, fault, null);
    const offset = Number(new URL(path, 'http://vendor').searchParams.get('offset') ?? 0);
    const others = this.#change.vendor === 'ROCKETCHAT' ? [] : this.#others;
    const listed = [...others, ...(this.#isMember ? [0] : [])];
    const answer = list(this.#change, listed.slice(offset, offset + 100), listed.length);
    return fault === 'cut' ? { ...answer, isCut: true } : answer;
  }
}

type Reply =
  | 'hang'
  | 'reset'
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body: string | Uint8Array;
      readonly isCut?: boolean;
    };

const page: Reply = { status: 200, body: '<!doctype html><p>Hello' };

function compress(answer: Exclude<Reply, string>, coding: Coding): Reply {
  if (answer.body === '') return answer;
  const body = compressors[coding](answer.body.toString());
  return { ...answer, headers: { ...answer.headers, 'content-encoding': coding }, body };
}

/** Kaiten sends no body with a 403 or a 404; Aerospike sends an id with everything. */
function createOwnError(
  { vendor }: Change,
  status: number,
  retryAfter: number | null,
): Exclude<Reply, string> {
  const wait = retryAfter === null ? {} : { 'retry-after': String(retryAfter) };
  const headers = { ...wait, 'x-request-id': 'r-1' };
  if (vendor === 'KAITEN' && [403, 404].includes(status)) return { status, headers, body: '' };
  const body = { key: 'error', message: 'No.', success: false, error: 'No.' };
  const errorType = status === 400 ? { errorType: 'error-not-allowed' } : {};
  return { status, headers, body: JSON.stringify({ ...body, ...errorType }) };
}

type Fault = Exclude<WriteFault, { kind: 'none' | 'notSent' | 'compressed' }>;

function createFaulty(change: Change, fault: Fault): Reply {
  switch (fault.kind) {
    case 'status':
      if (fault.isOwn) return createOwnError(change, fault.status, fault.retryAfter);
      return {
        status: fault.status,
        headers: { 'content-type': 'text/html', 'cf-ray': '8f2b3c4d5e6f7a81-SJC' },
        body: '<html>Bad gateway</html>',
      };
    case 'hookFailed':
      return change.vendor === 'ROCKETCHAT'
        ? { status: 400, body: '{"success":false,"error":"Hook failed"}' }
        : page;
    case 'lost':
      return 'reset';
    case 'hang':
      return 'hang';
    case 'page':
      return page;
    case 'cut':
      return { status: 200, body: '{"i', isCut: true };
    case 'wrongIds':
      return createWrongIds(change);
  }
}

/** A success that names something else; a page for the vendors whose success names nothing. */
function createWrongIds({ vendor, isPost }: Change): Reply {
  if (vendor === 'WETHOD' && isPost) {
    return { status: 200, body: JSON.stringify({ id: 9, stream_id: 7, leader_id: 43 }) };
  }
  if (vendor === 'KAITEN') return { status: 200, body: '{"id":502}' };
  return page;
}

function createProper(change: Change, was: boolean): Exclude<Reply, string> {
  const { vendor, isPost } = change;
  const link = { id: 9, stream_id: Number(ids.streamId), leader_id: Number(ids.leaderId) };
  if (vendor === 'WETHOD' && isPost) return { status: 200, body: JSON.stringify(link) };
  if (vendor === 'ROCKETCHAT') {
    const refusal = { success: false, error: 'x', errorType: 'error-room-not-found' };
    return was
      ? { status: 200, body: '{"success":true}' }
      : { status: 400, body: JSON.stringify(refusal) };
  }
  if (!was) return createOwnError(change, 404, null);
  if (vendor === 'KAITEN')
    return { status: 200, body: JSON.stringify({ id: Number(ids.kaitenUserId) }) };
  return { status: vendor === 'WETHOD' ? 200 : 204, body: '' };
}

/** A page of the vendor's list; 0 stands for the membership in question. */
function list(
  { vendor, name }: Change,
  rows: readonly number[],
  total: number,
): Exclude<Reply, string> {
  const body = () => {
    switch (vendor) {
      case 'WETHOD':
        // Every other row is a deleted link, most of them of the very person in question.
        return rows.map((row) => ({
          id: row + 1,
          stream_id: Number(ids.streamId),
          leader_id: row === 0 || row % 2 === 1 ? Number(ids.leaderId) : row,
          deleted_at: row % 2 === 1 ? '1969-01-01T00:00:00Z' : null,
        }));
      case 'KAITEN':
        return rows.map((row) => ({ id: row === 0 ? Number(ids.kaitenUserId) : row }));
      case 'AEROSPIKE':
        return {
          members: rows.map((row) => ({ id: row === 0 ? ids.memberId : `other-${row}` })),
          meta: { total },
        };
      case 'ROCKETCHAT':
        if (name === 'removeChatGroupMember') return { success: true, isMember: rows.includes(0) };
        return { success: true, subscription: rows.includes(0) ? { rid: ids.groupId } : null };
    }
  };
  return { status: 200, body: JSON.stringify(body()) };
}
