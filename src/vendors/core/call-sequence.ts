import { hash } from 'node:crypto';
import type { RecordIntent } from '../../changes/keyed-changes.ts';
import type { AttemptOutcome, Unmade } from '../../changes/retry.ts';
import type { Change, ReadBack } from '../../changes/settle.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import {
  createNotStartedError,
  type MembershipError,
  type MembershipVendor,
} from '../../errors.ts';
import type { Log } from '../../telemetry/log.ts';
import type { AttemptListener } from '../../upstream/attempt.ts';
import type { VendorClient } from '../../upstream/client.ts';
import type { ObservedAttempt } from '../../upstream/observer.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { VendorRequest } from '../../upstream/request.ts';
import type { Admission } from '../../upstream/resilience/admission.ts';
import type { QueuedCall } from '../../upstream/resilience/fair-queue.ts';
import type { CallDenial } from '../../upstream/resilience/rate-limiter.ts';
import type { Attempt, VendorResponse } from '../../upstream/response.ts';
import { CallSlots } from './call-slots.ts';
import type { CallSpec, ChangeSpec } from './change.ts';
import { classifyFailure, toMs } from './classify-response.ts';
import type { Credentials, HeaderValues, RejectedCredentials } from './credentials.ts';
import type { VendorRuntime } from './dialect.ts';
import type { Exchange } from './exchange.ts';
import {
  createContradictionError,
  createDenialError,
  createInterruptedError,
  toUnansweredOutcome,
} from './gateway-errors.ts';
import { isVendorFault, logFailure } from './log-failure.ts';
import { parseRateLimitWait, parseRetryAfter } from './retry-after.ts';

/** The request to the gateway that calls serve. */
export interface CallerRequest {
  /** The key that the caller is counted by: its name, or else its address. Made-up credentials share the address's. */
  readonly callerKey: string;
  /** Returns the request's log, which is created when it is first needed: most requests log nothing. */
  log(): Log;
}

/** The parts that the calls of one change or read are made from. */
export interface CallSequenceSettings<V extends MembershipVendor, T> {
  readonly runtime: VendorRuntime<V>;
  readonly client: VendorClient;
  readonly request: CallerRequest;
  readonly spec: CallSpec<V, T> | ChangeSpec<V, T>;
  readonly credentials: Credentials<V>;
  /** The source that the credentials were read from. */
  readonly source: HeaderValues;
  readonly rejected: RejectedCredentials;
  readonly budget: TimeBudget;
}

const expectedStatuses: readonly number[] = [200];

/**
 * The calls of one change or read, one after the other: attempts, and the reads that show what they left open. Each call
 * is sent with the caller's credentials, takes a slot of the rate limit just before it is sent, and keeps within the time
 * budget.
 */
export class CallSequence<V extends MembershipVendor, T>
  implements Change<T>, AttemptListener, QueuedCall
{
  readonly isChange: boolean;
  readonly isRepeatable: boolean;
  /** The key of the caller, whose share of the vendor the calls use. */
  readonly caller: string;
  readonly credentials: Credentials<V>;
  /** The vendor's response to the last attempt that it responded to; null if there was none. */
  response: VendorResponse | null = null;
  readonly #settings: CallSequenceSettings<V, T>;
  /** Null if the vendor has no rate limit. */
  readonly #slots: CallSlots | null;
  #credential: string | null = null;
  /** The call that is in flight, or was the last. */
  #sending: VendorRequest | null = null;
  #observed: ObservedAttempt | null = null;
  #recordIntent: RecordIntent | null = null;
  #attempts = 0;

  constructor(settings: CallSequenceSettings<V, T>) {
    const { client, spec, budget, request, credentials } = settings;
    this.#settings = settings;
    this.caller = request.callerKey;
    this.credentials = credentials;
    this.isChange = 'mutation' in spec;
    this.isRepeatable = spec.request.method !== 'POST';
    const { limiter, observer } = client;
    this.#slots = limiter && new CallSlots(limiter, observer, budget, this);
  }

  /** Whether the call itself was sent, and not only reads about it. */
  get wasSent(): boolean {
    return this.#attempts > 0;
  }

  /** A hash of the credential, by which calls are counted. Computed when it is first needed. */
  get credential(): string {
    this.#credential ??= hash('sha256', this.credentials.headers.join('\n'), 'base64url');
    return this.#credential;
  }

  /** @throws {MembershipError} if the vendor rejected the credential before, or the circuit breaker is open */
  check(): void {
    const { client, rejected, credentials } = this.#settings;
    const error = rejected.find(credentials.headers);
    if (error !== null) throw error;
    const denial = client.admission.check();
    if (denial !== null) throw this.#toError(denial);
  }

  /** @throws {MembershipError} if the rate limit would reject the first call now. Takes no slot. */
  checkRateLimit(): void {
    const denial = this.#slots?.check(this.#settings.spec.request) ?? null;
    if (denial !== null) throw this.#toError(denial);
  }

  /**
   * Waits for a slot of the rate limit, and then for a place in the bulkhead: a call that waits for the rate limit does
   * not prevent others from being sent.
   *
   * @param isReadFirst whether the first call is a read-back, which takes a slot of its own
   * @throws {MembershipError} if there is none in time
   */
  async admit(isReadFirst = false): Promise<Admission> {
    const { client, spec, budget } = this.#settings;
    if (this.#slots !== null && !isReadFirst) {
      const waiting = this.#slots.acquire(spec.request, 'first');
      const denial = waiting instanceof Promise ? await waiting : waiting;
      if (denial !== null) throw this.#toError(denial);
    }
    const entering = client.admission.admit(this, budget.getRoomMs(), budget.signal);
    const admission = entering instanceof Promise ? await entering : entering;
    const isAdmitted = admission.kind === 'admitted';
    const rejection = isAdmitted ? this.#findRejection() : this.#toError(admission);
    if (isAdmitted && rejection === null) return admission;
    if (isAdmitted) admission[Symbol.dispose]();
    this.#slots?.end(null);
    throw rejection;
  }

  /** Has the intent recorded just before the change is first sent. */
  recordIntentWith(recordIntent: RecordIntent): void {
    this.#recordIntent = recordIntent;
  }

  /** Sends the call once, as soon as the rate limit allows. */
  async send(): Promise<AttemptOutcome<T>> {
    const { spec, budget } = this.#settings;
    // The first call of a read is counted when the read begins.
    if (this.isChange || this.#attempts > 0) budget.takeCall();
    for (;;) {
      if (this.#slots?.hasSlot === false) {
        const denial = await this.#slots.acquire(spec.request, 'repeat');
        if (denial !== null) return this.#withhold(this.#toError(denial));
      }
      if (this.#recordIntent !== null) {
        // The client may disconnect, and the vendor reject the credential, while the intent is written.
        const rejection = (await this.#recordIntent()) ?? this.#findRejection();
        if (rejection !== null) return this.#withhold(rejection);
        this.#recordIntent = null;
      }
      this.#attempts += 1;
      const outcome = await this.#sendOnce(spec.request, this.#attempts, this.#classify);
      if (outcome !== null) return outcome;
      // It was not written, because its slot had expired in the queues.
      this.#attempts -= 1;
    }
  }

  /** Reads back whether the requested state is in place. After a read there is nothing to read back. */
  async readBack(): Promise<ReadBack<T>> {
    const { client, spec } = this.#settings;
    if (!('readBack' in spec)) return { kind: 'unreadable' };
    const result = await spec.readBack((path, statuses) => this.#read(path, statuses));
    client.observer.noteReadBack(result.kind);
    return result;
  }

  contradict(error: MembershipError): MembershipError {
    return createContradictionError(this.#settings.runtime.vendor, error);
  }

  createInterruptedError(): MembershipError {
    return createInterruptedError(this.#settings.runtime.vendor, this.isRepeatable);
  }

  /** Notes that a write may have arrived from now on, and counts the call. Returns false if its slot has expired. */
  handleWrite(): boolean {
    if (this.#slots?.markSent() === false) return false;
    if (this.#sending?.method !== 'GET') this.#settings.budget.markArrived();
    return true;
  }

  /** Reports the result of an attempt to the observer and the rate limit; null after a fault of the gateway. */
  handleEnd(attempt: Attempt | null): void {
    const { signal } = this.#settings.budget;
    // A call whose slot expired is not over: it is sent with the next one.
    if (this.#slots?.wasLate !== true) {
      if (attempt !== null) this.#observed?.end(attempt, signal?.aborted === true);
      this.#observed = null;
    }
    this.#slots?.end(attempt);
  }

  /** Returns why the first call must not be sent any more after a wait; null if it may be. */
  #findRejection(): MembershipError | null {
    const { rejected, credentials, budget, runtime } = this.#settings;
    // The vendor may have rejected the credential, and the client may have disconnected, during the wait.
    const rejection = rejected.find(credentials.headers);
    if (rejection !== null) return rejection;
    return budget.mayBegin ? null : createNotStartedError(runtime.vendor.id);
  }

  #sendOnce<R>(request: VendorRequest, number: number, read: (attempt: Attempt) => R): Promise<R> {
    const { client, credentials, budget, request: caller } = this.#settings;
    this.#sending = request;
    this.#observed ??= client.observer.begin(request, number, caller);
    const observed = this.#observed;
    const { signal, callMs } = budget;
    const { headers } = credentials;
    return client.sendOnce(request, headers, callMs, this, read, signal, observed.headers);
  }

  async #read(path: VendorPath, statuses = expectedStatuses): Promise<Exchange<V> | null> {
    const { spec, credentials, budget } = this.#settings;
    budget.takeCall();
    const request = { method: 'GET', path, headers: spec.request.headers } as const;
    let response: VendorResponse | null;
    do {
      const denial = await this.#slots?.acquire(request, 'readBack');
      if (denial != null) return null;
      response = await this.#sendOnce(request, 1, getResponse);
      // A slot may expire in the queues.
    } while (this.#slots?.wasLate === true);
    if (response === null) return null;
    if (response.status === 429) {
      this.#slots?.hold(toMs(parseRetryAfter(response, parseRateLimitWait(response))));
    }
    return statuses.includes(response.status) ? { response, credentials } : null;
  }

  /** Returns the outcome of the call that the holder of a slot may not send. */
  #withhold(error: MembershipError): AttemptOutcome<T> {
    this.#slots?.end(null);
    this.#observed = null;
    return { kind: 'held', error };
  }

  /** Returns the outcome of an attempt; null if it was not written, because its slot had expired. */
  readonly #classify = (attempt: Attempt): AttemptOutcome<T> | null => {
    if (this.#slots?.wasLate === true) return null;
    const { runtime, spec, credentials } = this.#settings;
    if (attempt.kind !== 'answered') {
      return this.#fail(toUnansweredOutcome(runtime.vendor, attempt, this.isRepeatable), null);
    }
    const { response } = attempt;
    this.response = response;
    const exchange = { response, credentials };
    const value = spec.read(exchange);
    if (value !== null) return { kind: 'made', value };
    return this.#fail(classifyFailure(spec, exchange, runtime, this.isRepeatable), response);
  };

  #fail(failure: Unmade, response: VendorResponse | null): Unmade {
    const { credentials, source, rejected, budget } = this.#settings;
    if (isVendorFault(failure) && !budget.signal?.aborted) this.#logFailure(failure, response);
    if (failure.kind === 'limited') this.#slots?.hold(failure.waitMs);
    rejected.note(failure.error, credentials.headers, source);
    return failure;
  }

  #logFailure(failure: Unmade, response: VendorResponse | null): void {
    const { runtime, client, request, spec, credentials } = this.#settings;
    logFailure(request.log(), {
      vendor: runtime.vendor.id,
      request: spec.request,
      failure,
      response,
      origin: client.origin,
      redactor: credentials.redactor,
    });
  }

  #toError(denial: CallDenial): MembershipError {
    return createDenialError(this.#settings.runtime.vendor, denial, this.isRepeatable);
  }
}

function getResponse(attempt: Attempt): VendorResponse | null {
  return attempt.kind === 'answered' ? attempt.response : null;
}
