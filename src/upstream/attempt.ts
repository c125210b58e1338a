import type { Dispatcher } from 'undici';
import { largestBody } from './content-coding.ts';
import { GrowingBytes } from './growing-bytes.ts';
import {
  type Attempt,
  decodeBody,
  type TransportProblem,
  type VendorResponseHeaders,
} from './response.ts';
import type { Deadline, Expirable, TimeoutQueue } from './timeout-queue.ts';
import { errors } from './undici.ts';

/** Our timer ended an attempt. */
class AttemptTimeout extends Error {
  override readonly name = 'AttemptTimeout';
}

/** Who asked for a read does not wait for it any more. */
class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Who follows an attempt. */
export interface AttemptListener {
  /** Called just before the head is written, from when on the attempt may have arrived. */
  writing(): void;
  /** Told what came of the attempt before anybody else is; null for a fault of ours. */
  ended(attempt: Attempt | null): void;
}

/** What an attempt is made with. */
export interface AttemptSettings {
  /** What the attempt may take in ms, from now to the last byte. */
  readonly timeoutMs: number;
  /** What ends it then. */
  readonly deadlines: TimeoutQueue;
  readonly follower: AttemptListener;
  /** Ends the attempt early; null where it is followed to its end. */
  readonly signal: AbortSignal | null;
  /** Called once with what came of the attempt. */
  readonly settle: (attempt: Attempt) => void;
  /** Called instead where the request itself is malformed: a fault of ours. */
  readonly reject: (fault: Error) => void;
}

/**
 * Follows one dispatched request from the queue to the last byte and says once what came of it.
 * Knows the one thing that decides whether a change may be sent again: if its head was written.
 */
export class AttemptHandler implements Dispatcher.DispatchHandler, Expirable {
  readonly #follower: AttemptListener;
  readonly #settle: (attempt: Attempt) => void;
  readonly #reject: (fault: Error) => void;
  readonly #timeoutMs: number;
  readonly #deadlines: TimeoutQueue;
  readonly #deadline: Deadline;
  readonly #signal: AbortSignal | null;
  readonly #onAbort: (() => void) | null;
  #body: GrowingBytes | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #status: number | null = null;
  #headers: VendorResponseHeaders = {};
  #settled = false;

  constructor({ timeoutMs, deadlines, follower, signal, settle, reject }: AttemptSettings) {
    this.#follower = follower;
    this.#settle = settle;
    this.#reject = reject;
    this.#timeoutMs = timeoutMs;
    this.#deadlines = deadlines;
    this.#deadline = deadlines.add(this, timeoutMs);
    this.#signal = signal;
    this.#onAbort =
      signal === null ? null : () => this.#fail(new ClientGone('its client has gone'));
    if (this.#onAbort === null) return;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort);
  }

  /** Its time is over. */
  expire(): void {
    this.#fail(new AttemptTimeout(`no complete answer after ${this.#timeoutMs} ms`));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) {
      // It ended in the queue. Aborting here keeps the head from being written at all.
      controller.abort(new AttemptTimeout('the attempt ended before the request was sent'));
      return;
    }
    this.#controller = controller;
    this.#follower.writing();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: VendorResponseHeaders,
  ): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#body ??= new GrowingBytes(largestBody);
    // undici ends what is longer, as the pool's `maxResponseSize` asks.
    this.#body.add(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.#body?.bytes;
    this.#answer(bytes === undefined ? '' : decodeBody(bytes, this.#headers), false);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #fail(cause: Error): void {
    if (cause instanceof errors.InvalidArgumentError) {
      this.#unwatch();
      this.#follower.ended(null);
      this.#reject(cause);
      return;
    }
    const status = this.#status;
    const problem = problemOf(cause);
    if (status !== null && (!isSuccess(status) || isTooLarge(cause))) {
      // The status decides before the body; and an answer over the bound has come, if unreadable.
      this.#answer(null, true);
    } else if (this.#controller === null) {
      this.#end({ kind: 'notSent', problem, cause });
    } else {
      this.#end({ kind: 'lost', problem, status, cause });
    }
    this.#controller?.abort(cause);
  }

  #answer(text: string | null, isCut: boolean): void {
    const status = this.#status;
    if (status === null) throw new Error('an answer ended before its head was read');
    this.#end({ kind: 'answered', answer: { status, headers: this.#headers, text, isCut } });
  }

  #end(attempt: Attempt): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#unwatch();
    this.#follower.ended(attempt);
    this.#settle(attempt);
  }

  #unwatch(): void {
    this.#deadlines.remove(this.#deadline);
    if (this.#onAbort !== null) this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isTooLarge(error: Error): boolean {
  return error instanceof errors.ResponseExceededMaxSizeError;
}

function problemOf(error: Error): TransportProblem {
  return error instanceof AttemptTimeout ||
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
    ? 'TIMEOUT'
    : 'CONNECTION';
}
