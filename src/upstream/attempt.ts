import type { Dispatcher } from 'undici';
import { largestBody } from './content-coding.ts';
import { GrowingBytes } from './growing-bytes.ts';
import {
  type Attempt,
  decodeBody,
  type TransportProblem,
  type VendorResponseHeaders,
} from './response.ts';
import { errors } from './undici.ts';

/** The attempt took too long. */
class AttemptTimeout extends Error {
  override readonly name = 'AttemptTimeout';
}

/** The call waited too long for a connection, and needs another slot of the rate limit. */
class SlotExpired extends Error {
  override readonly name = 'SlotExpired';
}

/** The client that a read was sent for has disconnected. */
class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Receives the events of an attempt. */
export interface AttemptListener {
  /**
   * Called just before the head is written: from now on the attempt may have arrived. Returns false if the head must not be
   * written any more.
   */
  handleWrite(): boolean;
  /** Called with the result of the attempt before it settles; null after a fault of the gateway. */
  handleEnd(attempt: Attempt | null): void;
}

/** Options for an attempt. */
export interface AttemptSettings {
  /** The time from now to the last byte, in ms. */
  readonly timeoutMs: number;
  readonly listener: AttemptListener;
  /** Ends the attempt early; null if it is followed to its end. */
  readonly signal: AbortSignal | null;
  /** Called once with the result of the attempt. */
  readonly settle: (attempt: Attempt) => void;
  /** Called instead if the request itself is malformed, which is a fault of the gateway. */
  readonly reject: (fault: Error) => void;
}

/**
 * Follows one dispatched request from the queue to the last byte, and settles once with its result. It records whether the
 * head was written, which decides whether a change may be sent again.
 */
export class AttemptHandler implements Dispatcher.DispatchHandler {
  readonly #listener: AttemptListener;
  readonly #settle: (attempt: Attempt) => void;
  readonly #reject: (fault: Error) => void;
  readonly #timeoutMs: number;
  readonly #timeout: NodeJS.Timeout;
  readonly #signal: AbortSignal | null;
  readonly #onAbort: (() => void) | null;
  #body: GrowingBytes | null = null;
  #controller: Dispatcher.DispatchController | null = null;
  #status: number | null = null;
  #headers: VendorResponseHeaders = {};
  #settled = false;

  constructor({ timeoutMs, listener, signal, settle, reject }: AttemptSettings) {
    this.#listener = listener;
    this.#settle = settle;
    this.#reject = reject;
    this.#timeoutMs = timeoutMs;
    // Unreferenced: the open connection keeps the process alive while the attempt is in flight.
    this.#timeout = setTimeout(() => this.#expire(), Math.ceil(timeoutMs)).unref();
    this.#signal = signal;
    this.#onAbort =
      signal === null ? null : () => this.#fail(new ClientGone('the client disconnected'));
    if (this.#onAbort === null) return;
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) {
      // It ended in the queue. Aborting here prevents the head from being written at all.
      controller.abort(new AttemptTimeout('the attempt ended before the request was sent'));
      return;
    }
    // Throwing keeps the connection for the next request, and aborting would close it.
    if (!this.#listener.handleWrite())
      throw new SlotExpired('the slot expired before the head was written');
    this.#controller = controller;
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
    // undici ends longer bodies: the pool's `maxResponseSize`.
    this.#body.add(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.#body?.bytes;
    this.#settleResponse(bytes === undefined ? '' : decodeBody(bytes, this.#headers), false);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #expire(): void {
    this.#fail(new AttemptTimeout(`no complete response after ${this.#timeoutMs} ms`));
  }

  #fail(cause: Error): void {
    if (cause instanceof errors.InvalidArgumentError) {
      this.#stopWatching();
      this.#listener.handleEnd(null);
      this.#reject(cause);
      return;
    }
    const status = this.#status;
    const problem = classifyProblem(cause);
    if (status !== null && (!isSuccess(status) || isTooLarge(cause))) {
      // An error status counts even without its body, and a response that is too large has arrived.
      this.#settleResponse(null, true);
    } else if (this.#controller === null) {
      this.#end({ kind: 'notSent', problem, cause });
    } else {
      this.#end({ kind: 'lost', problem, status, cause });
    }
    this.#controller?.abort(cause);
  }

  #settleResponse(text: string | null, isCut: boolean): void {
    const status = this.#status;
    if (status === null) throw new Error('expected the head of a response before its end');
    this.#end({ kind: 'answered', response: { status, headers: this.#headers, text, isCut } });
  }

  #end(attempt: Attempt): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#stopWatching();
    this.#listener.handleEnd(attempt);
    this.#settle(attempt);
  }

  #stopWatching(): void {
    clearTimeout(this.#timeout);
    if (this.#onAbort !== null) this.#signal?.removeEventListener('abort', this.#onAbort);
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isTooLarge(error: Error): boolean {
  return error instanceof errors.ResponseExceededMaxSizeError;
}

function classifyProblem(error: Error): TransportProblem {
  return error instanceof AttemptTimeout ||
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError
    ? 'TIMEOUT'
    : 'CONNECTION';
}
