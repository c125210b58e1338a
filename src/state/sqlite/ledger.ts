import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AuditEvent } from '../audit-events.ts';
import type { Claim, Claimed, KeyedChange, Ledger, StoredEnd } from '../ledger.ts';
import { DatabaseHeldError, DatabaseUnavailableError } from '../unavailable.ts';
import { SqliteAuditEvents } from './audit-events.ts';
import type {
  CallMessage,
  Method,
  MethodParameters,
  MethodResult,
  ReplyMessage,
  ThreadData,
} from './messages.ts';

/** The bundle has the thread as a file of its own. */
const thread = import.meta.url.endsWith('.ts') ? './thread.ts' : './database-thread.js';

interface PendingCall {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The least time between two starts of the thread, in ms. */
const restartMs = 1_000;

/** The ledger in a file that this process alone has open. A thread that ended unexpectedly is started again. */
export class SqliteLedger implements Ledger {
  /** The file belongs to this process alone. */
  readonly replicas = 1;
  /** The audit log in the same file. */
  readonly audit = new SqliteAuditEvents((method, parameters) => this.#call(method, parameters));
  readonly #workerData: ThreadData;
  readonly #pending = new Map<number, PendingCall>();
  /** Null after it ended. */
  #worker: Worker | null = null;
  #startedAt = 0;
  #lastId = 0;
  /** Why the thread ended. */
  #fault = new DatabaseUnavailableError('the thread of the database has ended');
  #isClosed = false;

  private constructor(path: string) {
    // The same owner for each thread: what this process works on stays its own.
    this.#workerData = { path, owner: randomUUID() };
  }

  /**
   * Opens a file, and creates it with its folder if there is none.
   *
   * @throws {DatabaseHeldError} if another process has opened it
   * @throws {Error} if it cannot be opened or written
   */
  static async open(path: string): Promise<SqliteLedger> {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // SQLite would create it readable for all. Closed before SQLite opens it: closing drops a process's locks on a file.
    closeSync(openSync(path, 'a', 0o600));
    const ledger = new SqliteLedger(path);
    const worker = ledger.#start();
    const first = await new Promise<ReplyMessage>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread of the database has ended')));
    });
    if (first.kind === 'opened') return ledger;
    await worker.terminate();
    const message = 'message' in first ? first.message : first.kind;
    throw first.kind === 'held' ? new DatabaseHeldError(message) : new Error(message);
  }

  claim(change: KeyedChange, awaited: number | null): Promise<Claim> {
    return this.#call('claim', [change, awaited]);
  }

  recordIntent(claimed: Claimed, started?: AuditEvent | null): Promise<boolean> {
    return this.#call('recordIntent', [claimed, started]);
  }

  recordEnd(claimed: Claimed, end: StoredEnd, finished?: AuditEvent | null): Promise<boolean> {
    return this.#call('recordEnd', [claimed, end, finished]);
  }

  readOldestIntent(): Promise<number | null> {
    return this.#call('readOldestIntent', []);
  }

  readSecret(): Promise<Uint8Array> {
    return this.#call('readSecret', []);
  }

  async deleteEnded(ageMs: number): Promise<void> {
    while (await this.#call('deleteEnded', [ageMs]));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (worker === null) return;
    const ended = once(worker, 'exit');
    worker.postMessage('close');
    await ended;
  }

  #start(): Worker {
    const worker = new Worker(new URL(thread, import.meta.url), {
      workerData: this.#workerData,
      stdin: false,
    });
    this.#worker = worker;
    this.#startedAt = performance.now();
    let reason = 'the thread of the database has ended';
    worker.on('message', (message: ReplyMessage) => {
      if (message.kind === 'held' || message.kind === 'failed') reason = message.message;
      else this.#settle(message);
    });
    worker.on('error', (error) => {
      reason = (error as Error).message;
    });
    worker.on('exit', () => {
      this.#worker = null;
      this.#fault = new DatabaseUnavailableError(reason);
      for (const id of [...this.#pending.keys()]) this.#take(id)?.reject(this.#fault);
    });
    return worker;
  }

  /** Returns the thread; null if it may not be started now. Calls wait in a new thread until it has opened the file. */
  #findWorker(): Worker | null {
    if (this.#worker !== null || this.#isClosed) return this.#worker;
    return performance.now() - this.#startedAt < restartMs ? null : this.#start();
  }

  #call<M extends Method>(method: M, parameters: MethodParameters<M>): Promise<MethodResult<M>> {
    const worker = this.#findWorker();
    if (worker === null) return Promise.reject(this.#fault);
    this.#lastId += 1;
    const call: CallMessage = { id: this.#lastId, method, parameters };
    return new Promise((resolve, reject) => {
      this.#pending.set(call.id, { resolve, reject });
      // Referenced while a call is pending only, so that an idle database does not keep the process alive.
      if (this.#pending.size === 1) worker.ref();
      worker.postMessage(call);
    });
  }

  #settle(message: ReplyMessage): void {
    if (message.kind === 'committed') {
      for (const [id, result] of message.results) this.#take(id)?.resolve(result as never);
    } else if (message.kind === 'rolledBack') {
      const error = new DatabaseUnavailableError(message.message);
      for (const id of message.ids) this.#take(id)?.reject(error);
    }
    if (this.#pending.size === 0) this.#worker?.unref();
  }

  #take(id: number): PendingCall | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}
