import type { AuditLog } from '../../changes/audit-log.ts';
import { createIdempotencyError } from '../../changes/idempotency-error.ts';
import type { KeyedChanges, KeyedSending, KeyedWork } from '../../changes/keyed-changes.ts';
import { retry } from '../../changes/retry.ts';
import { type Settled, settle, settleAgain } from '../../changes/settle.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import type { Confirmed } from '../../domain/change-results.ts';
import {
  createNotStartedError,
  MembershipError,
  type MembershipVendor,
  NotFoundError,
} from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import type { AuditedEnd } from '../../state/audit-events.ts';
import type { VendorClient } from '../../upstream/client.ts';
import { type CallerRequest, CallSequence } from './call-sequence.ts';
import {
  type CallSpec,
  type ChangeContext,
  type ChangeSpec,
  prepareChange,
  type VendorChange,
} from './change.ts';
import { type ChangeRecord, createChangeRecord } from './change-record.ts';
import {
  type Credentials,
  type HeaderValues,
  RejectedCredentials,
  readCredentials,
} from './credentials.ts';
import type { VendorRuntime } from './dialect.ts';
import {
  createNotConfiguredError,
  createNotRecordedError,
  createUnusableError,
  isOutage,
} from './gateway-errors.ts';
import { createKeyedChange, isIdempotencyKey } from './keyed-change.ts';
import { readVendorRequestId } from './reply.ts';

/** The request to the gateway that sessions serve. */
export interface SessionRequest extends CallerRequest {
  /**
   * Returns the source of a vendor's credentials. Called when they are first needed, since most requests use one vendor
   * only.
   *
   * @param incoming the vendor's credential headers, as callers send them
   */
  credentialHeaders(incoming: readonly string[]): HeaderValues | Promise<HeaderValues>;
  /** The request itself: its id and its caller. */
  readonly incoming: {
    readonly requestId: string;
    readonly caller: { readonly name: string | null; readonly id: string | null };
  };
  /** Null if there is no audit log. */
  readonly audit: AuditLog | null;
  /** Null if the gateway has no database. */
  readonly keyed: KeyedChangesSettings | null;
}

/** What changes under an idempotency key need. */
export interface KeyedChangesSettings {
  readonly changes: KeyedChanges;
  /** The secret of keyed hashes. */
  readonly secret: Uint8Array;
}

/** Credentials, the source that they were read from, and the client to send them with. */
interface CredentialSource<V extends MembershipVendor> {
  readonly client: VendorClient;
  readonly credentials: Credentials<V>;
  readonly source: HeaderValues;
}

/** One request's authenticated access to one vendor, with the caller's credentials for it and no others. */
export class VendorSession<V extends MembershipVendor> implements ChangeContext {
  readonly runtime: VendorRuntime<V>;
  readonly #request: SessionRequest;
  readonly #rejected = new RejectedCredentials();

  constructor(runtime: VendorRuntime<V>, request: SessionRequest) {
    this.runtime = runtime;
    this.#request = request;
  }

  /** Host and port of the vendor; empty if it is not configured. */
  get host(): string {
    return this.runtime.client?.host ?? '';
  }

  /**
   * Makes one change and settles its outcome.
   *
   * @param idempotencyKey null if each request is a change of its own
   * @throws {MembershipError} if it was not made, or it is unknown whether it was
   */
  async change<Input extends { readonly [Field in keyof Input]: string }, Value extends object>(
    change: VendorChange<V, Input, Value>,
    input: Input,
    budget: TimeBudget,
    idempotencyKey: string | null = null,
  ): Promise<Confirmed & Value> {
    const spec = prepareChange(change, input, this.runtime, this);
    const settled = await (idempotencyKey === null
      ? this.#make(spec, budget)
      : this.#makeOnce(spec, budget, idempotencyKey));
    if (settled.kind === 'failed') throw settled.error;
    const { confirmedBy, isReplay, value } = settled;
    return { outcome: 'APPLIED', confirmedBy, isReplay, ...value };
  }

  /**
   * Sends one read.
   *
   * @returns null if the vendor reports that the object does not exist
   * @throws {ReadError} if it cannot be read for any other reason
   */
  async read<T>(spec: CallSpec<V, T>, budget: TimeBudget): Promise<T | null> {
    try {
      const calls = await this.#openCalls(spec, budget);
      using admission = await calls.admit();
      const outcome = await retry(calls, budget);
      if (outcome.kind !== 'made') {
        admission.isOutage = isOutage(outcome.error, budget.signal);
        throw outcome.error;
      }
      admission.isOutage = false;
      return outcome.value;
    } catch (error) {
      if (!(error instanceof MembershipError)) throw error;
      if (error instanceof NotFoundError || spec.isAbsence?.(error)) return null;
      throw ReadError.fromFailure(error);
    }
  }

  /**
   * Returns the caller's credentials for this vendor.
   *
   * @throws {ReadError} if the vendor is not configured or they cannot be used
   */
  async getCredentials(): Promise<Credentials<V>> {
    try {
      const { credentials } = await this.#findCredentials(true);
      return credentials;
    } catch (error) {
      throw ReadError.wrap(error);
    }
  }

  logInvalidFields(object: string, fields: readonly string[]): void {
    if (fields.length === 0) return;
    const { id: vendor } = this.runtime.vendor;
    const log = this.#request.log();
    log.warn({ vendor, object, fields }, 'invalid optional fields replaced with null');
  }

  /** Makes a change, and records its start, its intent and its end. */
  async #make<T>(
    spec: ChangeSpec<V, T>,
    budget: TimeBudget,
    sending: KeyedSending | null = null,
  ): Promise<Settled<T>> {
    const opening = this.#openCalls(spec, budget);
    const calls = opening instanceof Promise ? await opening : opening;
    const record = this.#createRecord(spec, budget, sending);
    if (record?.recordIntent) calls.recordIntentWith(record.recordIntent);
    if (record?.start) await this.#recordStart(record.start, calls, budget);
    const again = sending?.again ?? null;
    const ended = await this.#settle(calls, budget, Boolean(record?.start), again);
    const settled = again === null ? ended : keepOpen(ended);
    await record?.finish(describeEnd(settled, calls), budget.getRoomMs(true));
    return settled;
  }

  /** Makes a change under an idempotency key, or returns the end of an earlier request with it. */
  async #makeOnce<T>(spec: ChangeSpec<V, T>, budget: TimeBudget, key: string): Promise<Settled<T>> {
    const { vendor } = this.runtime;
    const { keyed, incoming } = this.#request;
    if (!isIdempotencyKey(key)) throw createIdempotencyError(vendor.id, 'MALFORMED');
    if (keyed === null) throw createIdempotencyError(vendor.id, 'NOT_AVAILABLE');
    const { client, credentials } = await this.#findCredentials(spec.request.method !== 'POST');
    const { id: callerId } = incoming.caller;
    const parts = { key, spec, vendor, credentials, base: client.base, callerId };
    const change = createKeyedChange({ ...parts, secret: keyed.secret });
    const work: KeyedWork<T> = {
      vendor: vendor.id,
      change,
      isRepeatable: spec.request.method !== 'POST',
      make: (sending) => this.#make(spec, budget, sending).catch(toFailed),
      toStored: (value) => spec.toStored(value),
    };
    return keyed.changes.run(work, budget);
  }

  /** Settles a change once it is admitted. A change that is rejected before it is sent is settled as a failure. */
  async #settle<T>(
    calls: CallSequence<V, T>,
    budget: TimeBudget,
    isRecorded: boolean,
    again: KeyedSending['again'],
  ): Promise<Settled<T>> {
    try {
      if (isRecorded && !hasTime(budget)) throw createNotStartedError(this.runtime.vendor.id);
      using admission = await calls.admit(again !== null);
      const settled = await (again === null
        ? settle(calls, budget)
        : settleAgain(calls, budget, again.mayRepeat));
      const isFailed = settled.kind === 'failed';
      // Without a call nothing was learned about the vendor.
      if (!isFailed || calls.wasSent) {
        admission.isOutage = isFailed && isOutage(settled.error, budget.signal);
      }
      return settled;
    } catch (error) {
      return toFailed(error);
    }
  }

  /** Returns how a change is recorded; null if it is not. */
  #createRecord(
    { mutation, ids }: ChangeSpec<V, unknown>,
    budget: TimeBudget,
    sending: KeyedSending | null,
  ): ChangeRecord | null {
    const { audit, incoming } = this.#request;
    if (audit === null && sending === null) return null;
    const { vendor } = this.runtime;
    const { requestId, caller } = incoming;
    const change = { requestId, caller: caller.name, vendor: vendor.id, mutation, ids };
    return createChangeRecord({ audit, sending, change, vendor, budget });
  }

  /**
   * Records the start of a change before it takes a slot or a place. A change that would be rejected now is not recorded.
   *
   * @throws {MembershipError} if it must not be sent
   */
  async #recordStart(
    start: () => Promise<boolean>,
    calls: CallSequence<V, unknown>,
    budget: TimeBudget,
  ): Promise<void> {
    const { vendor } = this.runtime;
    if (!hasTime(budget)) throw createNotStartedError(vendor.id);
    calls.checkRateLimit();
    if (!(await start())) throw createNotRecordedError(vendor);
  }

  /** @throws {MembershipError} if the vendor cannot be called; or the promise rejects with it */
  #openCalls<T>(
    spec: CallSpec<V, T> | ChangeSpec<V, T>,
    budget: TimeBudget,
  ): CallSequence<V, T> | Promise<CallSequence<V, T>> {
    const open = (found: CredentialSource<V>) => {
      const { runtime } = this;
      const [request, rejected] = [this.#request, this.#rejected];
      const calls = new CallSequence({ ...found, spec, budget, runtime, request, rejected });
      calls.check();
      return calls;
    };
    const found = this.#findCredentials(spec.request.method !== 'POST');
    return found instanceof Promise ? found.then(open) : open(found);
  }

  #findCredentials(isRepeatable: boolean): CredentialSource<V> | Promise<CredentialSource<V>> {
    const { client, vendor, incomingHeaders } = this.runtime;
    if (client === null) throw createNotConfiguredError(vendor, isRepeatable);
    const read = (source: HeaderValues): CredentialSource<V> => {
      const credentials = readCredentials(vendor, source);
      if (credentials.kind === 'unusable') throw createUnusableError(vendor, credentials);
      return { client, credentials, source };
    };
    const source = this.#request.credentialHeaders(incomingHeaders);
    return source instanceof Promise ? source.then(read) : read(source);
  }
}

/** Returns whether a change may still begin, and has time for one whole call. */
function hasTime(budget: TimeBudget): boolean {
  return budget.mayBegin && budget.spareMs >= 0;
}

/** Returns the end of a change that failed with one of the known errors. Any other is a fault of the gateway. */
function toFailed(error: unknown): Settled<never> {
  if (!(error instanceof MembershipError)) throw error;
  return { kind: 'failed', error };
}

/** Returns the end of a change that an earlier request may have sent, even if this one sent nothing. */
function keepOpen<T>(settled: Settled<T>): Settled<T> {
  if (settled.kind === 'applied') return settled;
  return { kind: 'failed', error: settled.error.withOutcome('UNKNOWN') };
}

function describeEnd(
  settled: Settled<unknown>,
  { response, credentials }: CallSequence<MembershipVendor, unknown>,
): AuditedEnd {
  const isApplied = settled.kind === 'applied';
  return {
    outcome: isApplied ? 'APPLIED' : settled.error.outcome,
    confirmedBy: isApplied ? settled.confirmedBy : null,
    error: isApplied ? null : settled.error.name,
    vendorStatus: response?.status ?? null,
    vendorRequestId: response && readVendorRequestId(response, credentials.redactor),
  };
}
