import { hash } from 'node:crypto';
import { type Answer, type Attempt, header } from '../http/answer.ts';
import type { VendorRequest } from '../http/client.ts';
import type { CallObserver } from '../http/observer.ts';
import type { Operation } from '../http/operation.ts';
import type { Paced, Pacer } from '../http/pacer.ts';
import type { Leave } from '../http/strangers.ts';
import { resetHeader } from './waits.ts';

/** Callers that wait for the same window do not all call in its first ms. */
const spreadMs = 50;

/** What a caller is told to wait, in ms, where too many strangers were before it. */
const crowdedMs = 1_000;

/** Of a caller that has made no call yet. */
const uncounted: Paced = { credential: '', route: '' };

/**
 * The turns of one caller within the pace of one vendor. The calls of a caller come one after the other, and so do
 * its turns: each is taken, and ends with its call or is given back.
 */
export class Turns {
  readonly #pacer: Pacer;
  readonly #observer: CallObserver;
  readonly #operation: Operation;
  readonly #credential: string;
  /** The last call, as the pacing counts it. */
  #paced = uncounted;
  /** Ends the admission of the call that is under way. */
  #leave: Leave | null = null;

  /**
   * @param observer told of what had to wait
   * @param operation within whose time a turn must come
   * @param credentialHeaders whose calls they are: names and values in turn, of which a hash is kept
   */
  constructor(
    pacer: Pacer,
    observer: CallObserver,
    operation: Operation,
    credentialHeaders: readonly string[],
  ) {
    this.#pacer = pacer;
    this.#observer = observer;
    this.#operation = operation;
    this.#credential = hash('sha256', credentialHeaders.join('\n'), 'base64url');
  }

  /**
   * Waits for a call's turn: 0 once it has it, else the ms for which there is none in time.
   *
   * @param isReadBack whether nothing else has to fit behind it
   */
  take(request: VendorRequest, isReadBack = false): number | Promise<number> {
    this.#paced = { credential: this.#credential, route: routeOf(request) };
    const leave = this.#pacer.admit(this.#paced);
    // Nothing is waited for that is there: nearly every call passes here without a wait.
    if (leave === null || leave instanceof Promise) return this.#admitted(leave, isReadBack);
    const waitMs = this.#pacer.take(this.#paced);
    if (waitMs > 0) return this.#waited(leave, waitMs, isReadBack);
    this.#leave = leave;
    return 0;
  }

  /** Gives a turn back for which no call was made. */
  giveBack(): void {
    this.#leave?.(false);
    this.#pacer.giveBack(this.#paced);
  }

  /** Ends a turn with what came of its call; null for a fault of ours. */
  end(attempt: Attempt | null): void {
    const isAnswered = attempt?.kind === 'answered';
    const isAccepted = isAnswered && attempt.answer.status !== 401;
    this.#leave?.(isAccepted);
    if (isAccepted) this.#learn(attempt.answer);
    // What never went out, or was not let in, has used nothing up.
    else if (isAnswered || attempt?.kind === 'notSent') this.#pacer.giveBack(this.#paced);
  }

  /** Holds later calls of the last call's bucket back, for as long as the vendor asked. */
  hold(waitMs: number): void {
    this.#pacer.hold(this.#paced, waitMs);
  }

  async #admitted(
    admission: Leave | null | Promise<Leave | null>,
    isReadBack: boolean,
  ): Promise<number> {
    const leave = await admission;
    if (leave !== null) return this.#waited(leave, this.#pacer.take(this.#paced), isReadBack);
    this.#observer.refused();
    return crowdedMs;
  }

  async #waited(leave: Leave, firstWaitMs: number, isReadBack: boolean): Promise<number> {
    const operation = this.#operation;
    const fits = (ms: number) => (isReadBack ? operation.fitsRead(ms) : operation.fits(ms));
    let waitMs = firstWaitMs;
    // Looked at again after each wait: its client may have gone, and nothing is to be written for it.
    while (waitMs > 0 && fits(waitMs)) {
      this.#observer.paced(waitMs);
      await operation.sleep(waitMs + operation.random() * spreadMs);
      if (!fits(0)) break;
      waitMs = this.#pacer.take(this.#paced);
    }
    if (waitMs > 0) {
      this.#observer.refused();
      leave(false);
    } else this.#leave = leave;
    return waitMs;
  }

  /** Corrects our count by the vendor's own. */
  #learn(answer: Answer): void {
    const remaining = header(answer.headers, 'x-ratelimit-remaining');
    if (remaining === null || !/^\d{1,9}$/.test(remaining)) return;
    const report = { remaining: Number(remaining), resetMs: resetHeader(answer) };
    this.#pacer.learn(this.#paced, report);
  }
}

/** Method and path, without what stands behind a question mark. */
function routeOf({ method, path }: VendorRequest): string {
  const query = path.indexOf('?');
  return `${method} ${query === -1 ? path : path.slice(0, query)}`;
}
