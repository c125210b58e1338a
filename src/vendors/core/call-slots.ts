import type { TimeBudget } from '../../changes/time-budget.ts';
import type { CallObserver } from '../../upstream/observer.ts';
import type { VendorRequest } from '../../upstream/request.ts';
import type {
  CallDenial,
  LimitedCall,
  LimitFeedback,
  RateLimiter,
  RateLimitPermit,
} from '../../upstream/resilience/rate-limiter.ts';
import { type Attempt, getHeader, type VendorResponse } from '../../upstream/response.ts';
import { parseResetHeader } from './retry-after.ts';

/** The reason for a call: the first send, a repeat of it, or a read of what it left open. */
export type CallPurpose = 'first' | 'repeat' | 'readBack';

/** The caller and the credential that calls are counted by. */
type CallOwner = Pick<LimitedCall, 'caller' | 'credential' | 'isChange'>;

/**
 * The rate-limit slots of the calls of one change or read. The calls are sent one after the other; each takes a slot just
 * before it is sent, and its end frees the slot.
 */
export class CallSlots {
  readonly #limiter: RateLimiter;
  readonly #observer: CallObserver;
  readonly #budget: TimeBudget;
  readonly #owner: CallOwner;
  #call: LimitedCall | null = null;
  #permit: RateLimitPermit | null = null;
  #wasLate = false;

  /** @param budget the time within which a slot must be free */
  constructor(limiter: RateLimiter, observer: CallObserver, budget: TimeBudget, owner: CallOwner) {
    this.#limiter = limiter;
    this.#observer = observer;
    this.#budget = budget;
    this.#owner = owner;
  }

  /** Whether a slot is held for a call that was not sent yet. */
  get hasSlot(): boolean {
    return this.#permit !== null;
  }

  /** Returns the denial that the first call would get now; null if a slot is free. Takes no slot. */
  check(request: VendorRequest): CallDenial | null {
    const call = this.#createCall(request, 'first');
    const denial = this.#limiter.check(call, this.#budget.getRoomMs());
    if (denial !== null) this.#observer.noteRefusal();
    return denial;
  }

  /** Takes a slot for a call. Returns null once it has one, or else the denial. */
  acquire(
    request: VendorRequest,
    purpose: CallPurpose,
  ): CallDenial | null | Promise<CallDenial | null> {
    this.#wasLate = false;
    this.#call = this.#createCall(request, purpose);
    const room = this.#budget.getRoomMs(purpose === 'readBack');
    const result = this.#limiter.acquire(this.#call, room, this.#budget.signal);
    // Skip the await if a slot is free: nearly every call takes this path.
    return result instanceof Promise
      ? result.then((waited) => this.#accept(waited, purpose))
      : this.#accept(result, purpose);
  }

  /** Whether the last call was not written, because the time of its slot had passed. */
  get wasLate(): boolean {
    return this.#wasLate;
  }

  /** Counts the call from now on: its head is about to be written. Returns false if it must not be. */
  markSent(): boolean {
    this.#wasLate = this.#permit?.markSent() === false;
    return !this.#wasLate;
  }

  /** Frees the slot with the result of its call; null if the call was not sent, or after a fault of the gateway. */
  end(attempt: Attempt | null): void {
    const permit = this.#permit;
    this.#permit = null;
    permit?.end(attempt?.kind === 'answered' ? readFeedback(attempt.response) : null);
  }

  /** Delays later calls of the same bucket for as long as the vendor asked; null if it named no wait. */
  hold(waitMs: number | null): void {
    if (this.#call !== null) this.#limiter.hold(this.#call, waitMs);
  }

  #createCall(request: VendorRequest, purpose: CallPurpose): LimitedCall {
    const { caller, credential, isChange } = this.#owner;
    const isSettling = purpose !== 'first';
    const isRead = !isChange || purpose === 'readBack';
    return { caller, credential, route: getRoute(request), isChange, isSettling, isRead };
  }

  #accept(result: RateLimitPermit | CallDenial, purpose: CallPurpose): CallDenial | null {
    if (result.kind !== 'permit') {
      if (result.kind !== 'circuitOpen') this.#observer.noteRefusal();
      return result;
    }
    if (result.waitedMs > 0) {
      this.#observer.noteWait(result.waitedMs);
      // The client may have disconnected during the wait; then nothing is sent.
      if (this.#budget.getRoomMs(purpose === 'readBack') < 0) {
        result.end(null);
        return { kind: 'limited', waitMs: result.waitedMs };
      }
    }
    this.#permit = result;
    return null;
  }
}

function readFeedback(response: VendorResponse): LimitFeedback {
  return {
    status: response.status,
    isJson: response.text !== null && /^\s*[{[]/.test(response.text),
    limit: readCount(response, 'x-ratelimit-limit'),
    remaining: readCount(response, 'x-ratelimit-remaining'),
    resetMs: parseResetHeader(response),
  };
}

function readCount(response: VendorResponse, name: string): number | null {
  const value = getHeader(response.headers, name);
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** Returns method and path without the query. */
function getRoute({ method, path }: VendorRequest): string {
  const query = path.indexOf('?');
  return `${method} ${query === -1 ? path : path.slice(0, query)}`;
}
