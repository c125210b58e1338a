import type {
  AuditedChange,
  AuditedEnd,
  AuditLog,
  FinishAuditedChange,
} from '../../changes/audit-log.ts';
import { retry } from '../../changes/retry.ts';
import { type Settled, settle } from '../../changes/settle.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import type { Confirmed } from '../../domain/change-results.ts';
import { MembershipError, type MembershipVendor, NotFoundError, notStarted } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import type { VendorClient } from '../../upstream/client.ts';
import { type CallerRequest, CallSequence } from './call-sequence.ts';
import { type Credentials, type HeaderValues, readCredentials } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import {
  createNotConfiguredError,
  createNotRecordedError,
  createUnusableError,
  type VendorName,
} from './gateway-errors.ts';
import { isOutage } from './outage.ts';
import { RejectedCredentials } from './rejected-credentials.ts';
import { readVendorRequestId } from './reply.ts';
import type { VendorRuntime } from './runtime.ts';
import type { CallSpec, ChangeSpec } from './vendor-call.ts';

/** The request that sessions serve. */
export interface SessionRequest extends CallerRequest {
  /**
   * Returns the source of a vendor's credentials. Called when they are first needed, since most requests use one
   * vendor only.
   *
   * @param incoming the vendor's credential headers, as callers send them
   */
  credentialHeaders(incoming: readonly string[]): HeaderValues | Promise<HeaderValues>;
  /** Records that a change is about to be made; null if there is no audit log. */
  readonly audit:
    | ((
        change: Omit<AuditedChange, 'requestId' | 'caller'>,
        mostWaitMs: number,
      ) => ReturnType<AuditLog['started']>)
    | null;
}

/** Credentials that calls are made with, and the source that they were read from. */
interface SourcedCredentials<V extends MembershipVendor> {
  readonly client: VendorClient;
  readonly credentials: Credentials<V>;
  readonly source: HeaderValues;
}

/** One request's authenticated access to one vendor: bound to the caller's credentials for it, and to no others. */
export class VendorSession<V extends MembershipVendor> {
  readonly #runtime: VendorRuntime<V>;
  readonly #request: SessionRequest;
  readonly #rejected = new RejectedCredentials();

  constructor(runtime: VendorRuntime<V>, request: SessionRequest) {
    this.#runtime = runtime;
    this.#request = request;
  }

  get vendor(): VendorName<V> {
    return this.#runtime.vendor;
  }

  get dialect(): Dialect {
    return this.#runtime.dialect;
  }

  /** The process's client of the vendor; null if the vendor is not configured. */
  get client(): VendorClient | null {
    return this.#runtime.client;
  }

  /** Host and port of the vendor; empty if it is not configured. */
  get host(): string {
    return this.#runtime.client?.host ?? '';
  }

  /**
   * Makes one change and settles its outcome.
   *
   * @throws {MembershipError} if it was not made, or it is not known whether it was
   */
  async change<T extends object>(
    spec: ChangeSpec<V, T>,
    budget: TimeBudget,
  ): Promise<Confirmed & T> {
    const opening = this.#openCalls(spec, budget);
    const calls = opening instanceof Promise ? await opening : opening;
    const { audit } = this.#request;
    const finish = audit === null ? null : await this.#recordStart(audit, spec, calls, budget);
    const settled = await this.#settle(calls, budget, finish !== null);
    await finish?.(describeEnd(settled, calls), budget.roomMs(true));
    if (settled.kind === 'failed') throw settled.error;
    return { outcome: 'APPLIED', confirmedBy: settled.confirmedBy, ...settled.value };
  }

  /**
   * Makes one read.
   *
   * @returns null if the vendor reports that the object does not exist
   * @throws {ReadError} if it cannot be read for any other reason
   */
  async read<T>(spec: CallSpec<V, T>, budget: TimeBudget): Promise<T | null> {
    try {
      const calls = await this.#openCalls(spec, budget);
      using admission = await calls.admit();
      const outcome = await retry(calls, budget);
      const error = outcome.kind === 'made' ? null : outcome.error;
      admission.report(isOutage(error, budget));
      if (error !== null) throw error;
      return (outcome as { readonly value: T }).value;
    } catch (error) {
      if (!(error instanceof MembershipError)) throw error;
      if (error instanceof NotFoundError || spec.isAbsence?.(error)) return null;
      throw ReadError.of(error);
    }
  }

  /**
   * Returns the caller's credentials for this vendor.
   *
   * @throws {ReadError} if the vendor is not configured or they cannot be used
   */
  async credentials(): Promise<Credentials<V>> {
    try {
      const { credentials } = await this.#findCredentials(true);
      return credentials;
    } catch (error) {
      throw ReadError.from(error);
    }
  }

  /** Logs the optional members of a vendor's object that were invalid and became null. */
  noteDropped(object: string, members: readonly string[]): void {
    if (members.length === 0) return;
    const { id: vendor } = this.vendor;
    this.#request.log().warn({ vendor, object, members }, 'wrong optional values became null');
  }

  /** Settles a change once it is admitted. One that is refused before it is sent failed like any other. */
  async #settle<T>(
    calls: CallSequence<V, T>,
    budget: TimeBudget,
    isRecorded: boolean,
  ): Promise<Settled<T>> {
    try {
      if (isRecorded && !hasTime(budget)) throw notStarted(this.vendor.id);
      using admission = await calls.admit();
      const settled = await settle(calls, budget);
      admission.report(isOutage(settled.kind === 'failed' ? settled.error : null, budget));
      return settled;
    } catch (error) {
      if (!(error instanceof MembershipError)) throw error;
      return { kind: 'failed', error };
    }
  }

  /**
   * Records that a change is about to be made, before it takes a slot or a place: a stalled disk must not keep those from
   * others. A change that would be refused now is not recorded.
   *
   * @throws {MembershipError} if it must not be made
   */
  async #recordStart<T>(
    audit: NonNullable<SessionRequest['audit']>,
    { mutation, ids }: ChangeSpec<V, T>,
    calls: CallSequence<V, T>,
    budget: TimeBudget,
  ): Promise<FinishAuditedChange> {
    if (!hasTime(budget)) throw notStarted(this.vendor.id);
    calls.checkRateLimit();
    const finish = await audit({ vendor: this.vendor.id, mutation, ids }, budget.spareMs);
    if (finish === null) throw createNotRecordedError(this.vendor);
    return finish;
  }

  /** @throws {MembershipError} if the vendor cannot be called; or the promise rejects with it */
  #openCalls<T>(
    spec: CallSpec<V, T> | ChangeSpec<V, T>,
    budget: TimeBudget,
  ): CallSequence<V, T> | Promise<CallSequence<V, T>> {
    const open = (sourced: SourcedCredentials<V>) => {
      const calls = new CallSequence({
        ...sourced,
        spec,
        budget,
        runtime: this.#runtime,
        request: this.#request,
        rejected: this.#rejected,
      });
      calls.check();
      return calls;
    };
    const found = this.#findCredentials(spec.request.method !== 'POST');
    return found instanceof Promise ? found.then(open) : open(found);
  }

  #findCredentials(isRepeatable: boolean): SourcedCredentials<V> | Promise<SourcedCredentials<V>> {
    const { client, vendor, incomingHeaders } = this.#runtime;
    if (client === null) throw createNotConfiguredError(vendor, isRepeatable);
    const use = (source: HeaderValues): SourcedCredentials<V> => {
      const credentials = readCredentials(vendor, source);
      if (credentials.kind === 'unusable') throw createUnusableError(vendor, credentials);
      return { client, credentials, source };
    };
    const source = this.#request.credentialHeaders(incomingHeaders);
    return source instanceof Promise ? source.then(use) : use(source);
  }
}

/** Returns whether a change may still begin, and has time for one whole call. */
function hasTime(budget: TimeBudget): boolean {
  return budget.mayBegin && budget.spareMs >= 0;
}

function describeEnd(
  settled: Settled<unknown>,
  { answer, credentials }: CallSequence<MembershipVendor, unknown>,
): AuditedEnd {
  const isApplied = settled.kind === 'applied';
  return {
    outcome: isApplied ? 'APPLIED' : settled.error.outcome,
    confirmedBy: isApplied ? settled.confirmedBy : null,
    error: isApplied ? null : settled.error.name,
    vendorStatus: answer?.status ?? null,
    vendorRequestId: answer && readVendorRequestId(answer, credentials.redactor),
  };
}
