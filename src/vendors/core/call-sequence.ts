import { hash } from 'node:crypto';
import type { AttemptOutcome } from '../../changes/retry.ts';
import type { Change, ReadBack } from '../../changes/settle.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import {
  type MembershipError,
  type MembershipVendor,
  notStarted,
  VendorContractError,
} from '../../errors.ts';
import type { Log } from '../../telemetry/log.ts';
import type { AttemptListener } from '../../upstream/attempt.ts';
import type { VendorClient, VendorRequest } from '../../upstream/client.ts';
import type { ObservedAttempt } from '../../upstream/observer.ts';
import type { VendorPath } from '../../upstream/path.ts';
import type { Admission } from '../../upstream/resilience/admission.ts';
import type { QueuedCall } from '../../upstream/resilience/fair-queue.ts';
import type { CallDenial } from '../../upstream/resilience/rate-limiter.ts';
import type { Attempt, VendorResponse } from '../../upstream/response.ts';
import { CallSlots } from './call-slots.ts';
import { classifyResponse } from './classify-response.ts';
import type { Credentials, HeaderValues } from './credentials.ts';
import type { Exchange } from './exchange.ts';
import { describeIntermediary } from './foreign.ts';
import {
  createContradictionError,
  createDenialError,
  toUnansweredOutcome,
} from './gateway-errors.ts';
import type { RejectedCredentials } from './rejected-credentials.ts';
import { parseRateLimitWait, parseRetryAfter } from './retry-after.ts';
import type { VendorRuntime } from './runtime.ts';
import type { CallSpec, ChangeSpec } from './vendor-call.ts';

/** The request that calls serve, as far as they need to know it. */
export interface CallerRequest {
  /** The key that the caller is counted by: its name, else its address. Any number of made-up credentials are one caller. */
  readonly callerKey: string;
  /** Creates the request's log when it is first needed: most requests log nothing. */
  log(): Log;
}

/** The parts that the calls of one change or read are made with. */
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

/** The outcomes for which the vendor may be at fault. */
const faultyOutcomes = new Set<AttemptOutcome<unknown>['kind']>([
  'failed',
  'lost',
  'unsent',
  'doubtful',
  'unclear',
]);

const success: readonly number[] = [200];

/**
 * The calls of one change or read, one after the other: attempts, and the reads that show what they left open. Each
 * uses the caller's credentials, takes a slot of the rate limit and keeps within the time budget.
 */
export class CallSequence<V extends MembershipVendor, T>
  implements Change<T>, AttemptListener, QueuedCall
{
  readonly isChange: boolean;
  readonly isRepeatable: boolean;
  /** The vendor's last response to an attempt; null if there was none. */
  answer: VendorResponse | null = null;
  readonly #settings: CallSequenceSettings<V, T>;
  /** Null if the vendor has no rate limit. */
  readonly #slots: CallSlots | null;
  #credential: string | null = null;
  /** The call that is under way, or was the last. */
  #sending: VendorRequest | null = null;
  #observed: ObservedAttempt | null = null;
  #attempts = 0;
  #hasSlot = false;

  constructor(settings: CallSequenceSettings<V, T>) {
    const { client, spec, budget } = settings;
    this.#settings = settings;
    this.isChange = 'mutation' in spec;
    this.isRepeatable = spec.request.method !== 'POST';
    const { limiter, observer } = client;
    this.#slots = limiter && new CallSlots(limiter, observer, budget, this);
  }

  /** The key of the caller, whose places and turns the calls take. */
  get caller(): string {
    return this.#settings.request.callerKey;
  }

  /** A hash of the credential, by which calls are counted. Computed when it is first needed. */
  get credential(): string {
    this.#credential ??= hash('sha256', this.#settings.credentials.headers.join('\n'), 'base64url');
    return this.#credential;
  }

  get credentials(): Credentials<V> {
    return this.#settings.credentials;
  }

  /** @throws {MembershipError} if the vendor rejected the credential before, or the circuit breaker is open */
  check(): void {
    const { client, rejected, credentials } = this.#settings;
    const error = rejected.find(credentials.headers);
    if (error !== null) throw error;
    const denial = client.admission.check();
    if (denial !== null) throw this.#toError(denial);
  }

  /** @throws {MembershipError} if the rate limit would refuse the first call now. Takes no slot. */
  checkRateLimit(): void {
    const denial = this.#slots?.check(this.#settings.spec.request) ?? null;
    if (denial !== null) throw this.#toError(denial);
  }

  /**
   * Waits for a slot of the rate limit, and then for a place at the vendor: a call that waits for the rate limit keeps
   * no other from being sent.
   *
   * @throws {MembershipError} if there is none in time
   */
  async admit(): Promise<Admission> {
    const { client, spec, budget } = this.#settings;
    if (this.#slots !== null) {
      const waiting = this.#slots.acquire(spec.request, 'first');
      const denial = waiting instanceof Promise ? await waiting : waiting;
      if (denial !== null) throw this.#toError(denial);
      this.#hasSlot = true;
    }
    const entering = client.admission.admit(this, budget.roomMs(), budget.signal);
    const admission = entering instanceof Promise ? await entering : entering;
    const isAdmitted = admission.kind === 'admitted';
    const refusal = isAdmitted ? this.#findRefusal() : this.#toError(admission);
    if (isAdmitted && refusal === null) return admission;
    if (isAdmitted) admission[Symbol.dispose]();
    this.#releaseSlot();
    throw refusal;
  }

  /** Returns why the first call must not be sent any more after a wait; null if it may be. */
  #findRefusal(): MembershipError | null {
    const { rejected, credentials, budget, runtime } = this.#settings;
    // The vendor may have rejected the credential, and the client may have gone, while this call waited.
    const rejection = rejected.find(credentials.headers);
    if (rejection !== null) return rejection;
    return budget.mayBegin ? null : notStarted(runtime.vendor.id);
  }

  #releaseSlot(): void {
    if (!this.#hasSlot) return;
    this.#hasSlot = false;
    this.#slots?.release();
  }

  /** Sends the call once, as soon as the rate limit allows. */
  async send(): Promise<AttemptOutcome<T>> {
    const { spec, budget } = this.#settings;
    // The first call of a read is counted when the read begins.
    if (this.isChange || this.#attempts > 0) budget.takeCall();
    if (this.#slots !== null && !this.#hasSlot) {
      const denial = await this.#slots.acquire(spec.request, 'repeat');
      if (denial !== null) return { kind: 'held', error: this.#toError(denial) };
    }
    this.#hasSlot = false;
    this.#attempts += 1;
    return this.#attempt(spec.request, this.#attempts, this.#classify);
  }

  /** Reads back whether the requested state is in place. A read leaves nothing to read back. */
  async readBack(): Promise<ReadBack<T>> {
    const { client, spec } = this.#settings;
    if (!('look' in spec)) return { kind: 'unreadable' };
    const readBack = await spec.look((path, statuses) => this.#read(path, statuses));
    client.observer.readBack(readBack.kind);
    return readBack;
  }

  contradict(error: MembershipError): MembershipError {
    return createContradictionError(this.#settings.runtime.vendor, error);
  }

  /** A write may have arrived from now on. A read leaves nothing open. */
  writing(): void {
    this.#slots?.markSent();
    if (this.#sending?.method !== 'GET') this.#settings.budget.markArrived();
  }

  /** Reports the result of an attempt to the observer and the rate limit; null for a fault of the gateway. */
  ended(attempt: Attempt | null): void {
    const { signal } = this.#settings.budget;
    if (attempt !== null) this.#observed?.end(attempt, signal?.aborted === true);
    this.#slots?.end(attempt);
  }

  #attempt<R>(request: VendorRequest, number: number, read: (attempt: Attempt) => R): Promise<R> {
    const { client, credentials, budget, request: caller } = this.#settings;
    this.#sending = request;
    const observed = client.observer.begin(request, number, caller);
    this.#observed = observed;
    const { signal, callMs } = budget;
    return client.attempt(
      request,
      credentials.headers,
      callMs,
      this,
      read,
      signal,
      observed.headers,
    );
  }

  async #read(path: VendorPath, statuses = success): Promise<Exchange<V> | null> {
    const { spec, credentials, budget } = this.#settings;
    budget.takeCall();
    const request = { method: 'GET', path, headers: spec.request.headers } as const;
    const denial = await this.#slots?.acquire(request, 'readBack');
    if (denial != null) return null;
    const answer = await this.#attempt(request, 1, getResponse);
    if (answer === null) return null;
    if (answer.status === 429) {
      this.#slots?.hold(toMs(parseRetryAfter(answer, parseRateLimitWait(answer))));
    }
    return statuses.includes(answer.status) ? { answer, credentials } : null;
  }

  readonly #classify = (attempt: Attempt): AttemptOutcome<T> => {
    const { credentials, source, rejected, budget } = this.#settings;
    const answer = getResponse(attempt);
    const outcome = this.#toOutcome(attempt);
    if (outcome.kind === 'made') return outcome;
    const { kind, error } = outcome;
    const isFaulty = faultyOutcomes.has(kind) || error instanceof VendorContractError;
    if (isFaulty && !budget.signal?.aborted) this.#logFailure(outcome, answer);
    if (kind === 'limited') this.#slots?.hold(outcome.waitMs);
    rejected.note(error, credentials.headers, source);
    return outcome;
  };

  #toOutcome(attempt: Attempt): AttemptOutcome<T> {
    const { runtime, spec, credentials } = this.#settings;
    if (attempt.kind !== 'answered') {
      return toUnansweredOutcome(runtime.vendor, attempt, this.isRepeatable);
    }
    this.answer = attempt.answer;
    const exchange = { answer: attempt.answer, credentials };
    return classifyResponse(spec, exchange, runtime, this.isRepeatable);
  }

  #logFailure(
    { kind, error }: Exclude<AttemptOutcome<T>, { kind: 'made' }>,
    answer: VendorResponse | null,
  ): void {
    const { runtime, client, request, spec, credentials } = this.#settings;
    const { redactor } = credentials;
    const { method, path } = spec.request;
    const { code, message } =
      error.cause instanceof Error ? (error.cause as NodeJS.ErrnoException) : {};
    request.log().warn(
      {
        vendor: runtime.vendor.id,
        method,
        // Without the query, which may contain an e-mail address.
        path: redactor.data(path.split('?', 1)[0]),
        attempt: kind,
        error: error.name,
        status: error.vendorStatus,
        code,
        detail: redactor.data(message),
        ...(answer && describeIntermediary(answer, client.origin, redactor)),
      },
      'an attempt failed',
    );
  }

  #toError(denial: CallDenial): MembershipError {
    return createDenialError(this.#settings.runtime.vendor, denial, this.isRepeatable);
  }
}

function getResponse(attempt: Attempt): VendorResponse | null {
  return attempt.kind === 'answered' ? attempt.answer : null;
}

function toMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}
