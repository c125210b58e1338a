import type { TimeBudget } from '../../changes/time-budget.ts';
import type { VendorRequest } from '../../upstream/client.ts';
import type { CallObserver } from '../../upstream/observer.ts';
import type {
  CallDenial,
  LimitedCall,
  LimitFeedback,
  RateLimiter,
  RateLimitPermit,
} from '../../upstream/resilience/rate-limiter.ts';
import { type Attempt, getHeader, type VendorResponse } from '../../upstream/response.ts';
import { parseResetHeader } from './retry-after.ts';

/** Why a call is made: for itself, to repeat one that was sent, or to read back what one left open. */
export type CallPurpose = 'first' | 'repeat' | 'readBack';

/** Whose calls are counted. */
type CallOwner = Pick<LimitedCall, 'caller' | 'credential' | 'isChange'>;

/**
 * The rate-limit slots of one change's calls, or of one read's, at one vendor. The calls come one after the other,
 * and so do the slots: each is taken before its call, and ends with it.
 */
export class CallSlots {
  readonly #limiter: RateLimiter;
  readonly #observer: CallObserver;
  readonly #operation: TimeBudget;
  readonly #owner: CallOwner;
  #call: LimitedCall | null = null;
  #permit: RateLimitPermit | null = null;

  /**
   * @param observer sees what has to wait
   * @param operation within whose time a slot must be free
   * @param owner whose calls they are
   */
  constructor(
    limiter: RateLimiter,
    observer: CallObserver,
    operation: TimeBudget,
    owner: CallOwner,
  ) {
    this.#limiter = limiter;
    this.#observer = observer;
    this.#operation = operation;
    this.#owner = owner;
  }

  /** Returns why the first call would be refused if it were made now; null if it would not. Takes no slot. */
  check(request: VendorRequest): CallDenial | null {
    const call = this.#limitedCall(request, 'first');
    const denial = this.#limiter.check(call, this.#operation.roomMs());
    if (denial !== null) this.#observer.refused();
    return denial;
  }

  /** Takes a slot for a call; null once it has one, else why it has none. */
  acquire(
    request: VendorRequest,
    purpose: CallPurpose,
  ): CallDenial | null | Promise<CallDenial | null> {
    this.#call = this.#limitedCall(request, purpose);
    const room = this.#operation.roomMs(purpose === 'readBack');
    const result = this.#limiter.acquire(this.#call, room, this.#operation.signal);
    // Skip the await if a slot is free: nearly every call passes here.
    return result instanceof Promise
      ? result.then((waited) => this.#accept(waited, purpose))
      : this.#accept(result, purpose);
  }

  /** The head of the call is being written. */
  markSent(): void {
    this.#permit?.markSent();
  }

  /** Gives the slot back whose call was not made. */
  release(): void {
    this.#permit?.end(null);
    this.#permit = null;
  }

  /** Ends a slot with the result of its call; null after a fault of the gateway. */
  end(attempt: Attempt | null): void {
    const permit = this.#permit;
    this.#permit = null;
    permit?.end(attempt?.kind === 'answered' ? toFeedback(attempt.answer) : null);
  }

  /** Holds later calls of the last call's bucket back, as long as the vendor asked; null if it named no wait. */
  hold(waitMs: number | null): void {
    if (this.#call !== null) this.#limiter.hold(this.#call, waitMs);
  }

  #limitedCall(request: VendorRequest, purpose: CallPurpose): LimitedCall {
    const { caller, credential, isChange } = this.#owner;
    return {
      caller,
      credential,
      route: routeOf(request),
      isChange,
      isSettling: purpose !== 'first',
    };
  }

  #accept(result: RateLimitPermit | CallDenial, purpose: CallPurpose): CallDenial | null {
    if (result.kind !== 'permit') {
      if (result.kind !== 'circuitOpen') this.#observer.refused();
      return result;
    }
    if (result.waitedMs > 0) {
      this.#observer.paced(result.waitedMs);
      // The client may have gone meanwhile, and nothing is written for it.
      if (this.#operation.roomMs(purpose === 'readBack') < 0) {
        result.end(null);
        return { kind: 'limited', waitMs: result.waitedMs };
      }
    }
    this.#permit = result;
    return null;
  }
}

function toFeedback(answer: VendorResponse): LimitFeedback {
  return {
    status: answer.status,
    isJson: answer.text !== null && /^\s*[{[]/.test(answer.text),
    limit: countHeader(answer, 'x-ratelimit-limit'),
    remaining: countHeader(answer, 'x-ratelimit-remaining'),
    resetMs: parseResetHeader(answer),
  };
}

function countHeader(answer: VendorResponse, name: string): number | null {
  const value = getHeader(answer.headers, name);
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** Returns method and path, without the query. */
function routeOf({ method, path }: VendorRequest): string {
  const query = path.indexOf('?');
  return `${method} ${query === -1 ? path : path.slice(0, query)}`;
}
