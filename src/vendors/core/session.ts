import type { Audit, AuditedChange, AuditedEnd, FinishAudit } from '../../changes/audit-log.ts';
import { type Settled, settle } from '../../changes/settle.ts';
import type { Operation } from '../../changes/time-budget.ts';
import type { Confirmed } from '../../domain/change-results.ts';
import {
  AuthenticationError,
  MembershipError,
  type MembershipVendor,
  NotFoundError,
  notStarted,
} from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import type { VendorClient } from '../../upstream/client.ts';
import type { Place, Refused } from '../../upstream/resilience/admission.ts';
import type { Answer } from '../../upstream/response.ts';
import { type Credentials, type HeaderValues, readCredentials } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import {
  heldBack,
  notConfigured,
  notRecorded,
  unusable,
  type VendorName,
} from './gateway-errors.ts';
import { isOutage } from './outage.ts';
import { isRepeatable, PendingCall } from './pending-call.ts';
import type { Redactor } from './redactor.ts';
import { requestIdOf } from './reply.ts';
import type { VendorAccess } from './runtime.ts';
import { type CallerRequest, VendorCaller } from './sender.ts';
import type { VendorCall, VendorChange } from './vendor-call.ts';

/** A value that is there, or must be fetched first. */
type MaybeFetched<T> = T | Promise<T>;

/** The request that links serve. */
export interface LinkedRequest extends CallerRequest {
  /**
   * Where a vendor's credentials are read from. Asked when they are first needed, since most requests
   * touch one vendor only.
   *
   * @param incoming the vendor's credential headers, as callers send them
   */
  credentialHeaders(incoming: readonly string[]): MaybeFetched<HeaderValues>;
  /** Records that a change is about to be made; null if no audit log is kept. */
  readonly audit:
    | ((
        change: Omit<AuditedChange, 'requestId' | 'caller'>,
        mostWaitMs: number,
      ) => ReturnType<Audit['started']>)
    | null;
}

/** What a call is made with. */
interface Usable<V extends MembershipVendor> {
  readonly client: VendorClient;
  readonly credentials: Credentials<V>;
  /** What the credentials were read from. */
  readonly headers: HeaderValues;
}

/** A credential that the vendor rejected, and its error. */
interface Rejection {
  readonly headers: readonly string[];
  readonly error: AuthenticationError;
}

/**
 * One request's way to one vendor: the process's client, bound to the caller's credentials for this
 * vendor and for no other.
 */
export class VendorLink<V extends MembershipVendor> {
  readonly #access: VendorAccess<V>;
  readonly #request: LinkedRequest;
  /** Null while the vendor has rejected none: most requests end so. */
  #rejections: Rejection[] | null = null;

  constructor(access: VendorAccess<V>, request: LinkedRequest) {
    this.#access = access;
    this.#request = request;
  }

  get vendor(): VendorName<V> {
    return this.#access.vendor;
  }

  get dialect(): Dialect {
    return this.#access.dialect;
  }

  /** The process's client of the vendor; null if the vendor is not configured. */
  get client(): VendorClient | null {
    return this.#access.client;
  }

  /** Host and port of the vendor; empty where it is not configured. */
  get host(): string {
    return this.#access.client?.host ?? '';
  }

  /**
   * Makes one change and settles what became of it; rejects with a {@link MembershipError} for whatever
   * keeps it from being made or from being known.
   */
  change<T extends object>(
    change: VendorChange<V, T>,
    operation: Operation,
  ): Promise<Confirmed & T> {
    return this.#settle(change, operation, confirmed);
  }

  /**
   * Makes one read: settled as a change that may be repeated and leaves nothing to read back.
   *
   * @returns null where the vendor says that what was asked for is not there
   * @throws {ReadError} whatever else keeps it from being read
   */
  async read<T>(call: VendorCall<V, T>, operation: Operation): Promise<T | null> {
    try {
      return await this.#settle(call, operation, settledValue);
    } catch (error) {
      // A read that was held back failed like one that was sent.
      if (!(error instanceof MembershipError)) throw error;
      if (error instanceof NotFoundError || call.isAbsence?.(error)) return null;
      throw ReadError.of(error);
    }
  }

  /**
   * The caller's credentials for this vendor, for what the sources must know of them.
   *
   * @throws {ReadError} where the vendor is not configured or they cannot be used
   */
  async credentials(): Promise<Credentials<V>> {
    try {
      return (await this.#usable(true)).credentials;
    } catch (error) {
      throw ReadError.from(error);
    }
  }

  /** Logs the optional members of a vendor's object that were wrong and became null. */
  noteDropped(object: string, members: readonly string[]): void {
    if (members.length === 0) return;
    const { id: vendor } = this.vendor;
    this.#request.log().warn({ vendor, object, members }, 'wrong optional values became null');
  }

  /**
   * @param result what is given of a call that was settled, or thrown
   * @throws {MembershipError} where our own rules hold the call back
   */
  async #settle<T, R>(
    call: VendorCall<V, T> | VendorChange<V, T>,
    operation: Operation,
    result: (settled: Settled<T>) => R,
  ): Promise<R> {
    const { vendor } = this;
    const repeatable = isRepeatable(call);
    const usable = this.#usable(repeatable);
    const { client, credentials, headers } = usable instanceof Promise ? await usable : usable;
    this.#refuseRejected(credentials);
    const isChange = 'mutation' in call;
    const caller = new VendorCaller(client, credentials, operation, this.#request, isChange);
    const closed = client.gate.closed();
    if (closed !== null) throw heldBack(vendor, closed, repeatable);
    let finish: FinishAudit | null = null;
    if ('mutation' in call) {
      const { audit } = this.#request;
      if (audit !== null) finish = await this.#record(audit, call, caller, operation);
    }
    const pending = new PendingCall({
      access: this.#access,
      request: this.#request,
      call,
      caller,
      credentials,
      operation,
    });
    let place: Place | Refused | null = null;
    let settled: Settled<T>;
    // Null if nothing was sent, which shows nothing of the vendor: not even to the one call that probes it.
    let isDown: boolean | null = null;
    try {
      if (finish !== null && !isInTime(operation)) throw notStarted(vendor.id);
      // Before it takes a place: a call that waits for the rate limit keeps no other from being sent.
      const reserving = caller.reserve(call.request);
      const denial = reserving instanceof Promise ? await reserving : reserving;
      if (denial !== null) throw heldBack(vendor, denial, repeatable);
      const entering = client.gate.enter(caller, operation.roomMs(), operation.signal);
      place = entering instanceof Promise ? await entering : entering;
      if (place.kind !== 'passed') throw heldBack(vendor, place, repeatable);
      // The vendor may have rejected it while this call waited.
      this.#refuseRejected(credentials);
      if (!operation.mayBegin) throw notStarted(vendor.id);
      const ending = settle(pending, await pending.send(), operation);
      settled = ending instanceof Promise ? await ending : ending;
      isDown = isOutage(settled, operation);
      if (settled.kind === 'failed') this.#noteRejection(settled.error, credentials, headers);
    } catch (error) {
      // Refused after its start was recorded, so that its end is due.
      if (finish === null || !(error instanceof MembershipError)) throw error;
      settled = { kind: 'failed', error };
    } finally {
      if (place?.kind === 'passed') client.gate.leave(place, isDown);
      caller.release();
    }
    if (finish !== null) {
      await finish(endOf(settled, pending.answer, credentials.redactor), operation.roomMs(true));
    }
    return result(settled);
  }

  /**
   * Records that a change is about to be made: before it takes a slot or a place, which a disk that stalls would keep
   * from others. A change that would be refused now leaves no line.
   *
   * @throws {MembershipError} if it must not be made
   */
  async #record<T>(
    audit: NonNullable<LinkedRequest['audit']>,
    { mutation, ids, request }: VendorChange<V, T>,
    caller: VendorCaller<V>,
    operation: Operation,
  ): Promise<FinishAudit> {
    const { vendor } = this;
    if (!isInTime(operation)) throw notStarted(vendor.id);
    const denial = caller.check(request);
    if (denial !== null) throw heldBack(vendor, denial, isRepeatable({ request }));
    const finish = await audit({ vendor: vendor.id, mutation, ids }, operation.spareMs);
    if (finish === null) throw notRecorded(vendor);
    return finish;
  }

  /**
   * Keeps a credential from being tried again that the vendor rejected in this request.
   *
   * @throws {AuthenticationError} the vendor's rejection
   */
  #refuseRejected({ headers }: Credentials<V>): void {
    if (this.#rejections === null) return;
    const isSame = (one: Rejection) => one.headers.every((value, at) => value === headers[at]);
    const rejection = this.#rejections.find(isSame);
    if (rejection !== undefined) throw rejection.error;
  }

  /** Remembers a credential that the vendor itself rejected, and has it fetched anew once if it can be. */
  #noteRejection(error: MembershipError, { headers }: Credentials<V>, source: HeaderValues): void {
    // With another status a one-time password is missing, which other calls may do without.
    const isRejected = error instanceof AuthenticationError && error.vendorStatus === 401;
    if (!isRejected) return;
    if (this.#rejections === null) source.refresh?.();
    this.#rejections ??= [];
    this.#rejections.push({ headers, error: error.as('NOT_APPLIED') });
  }

  /** @throws {MembershipError} where the vendor cannot be called; or the promise rejects with it */
  #usable(repeatable: boolean): MaybeFetched<Usable<V>> {
    const { client, vendor, incomingHeaders } = this.#access;
    if (client === null) throw notConfigured(vendor, repeatable);
    const use = (headers: HeaderValues): Usable<V> => {
      const credentials = readCredentials(vendor, headers);
      if (credentials.kind === 'unusable') throw unusable(vendor, credentials);
      return { client, credentials, headers };
    };
    const headers = this.#request.credentialHeaders(incomingHeaders);
    return headers instanceof Promise ? headers.then(use) : use(headers);
  }
}

/** Whether a change may still begin, and has time for one whole call. */
function isInTime(operation: Operation): boolean {
  return operation.mayBegin && operation.spareMs >= 0;
}

function endOf(settled: Settled<unknown>, answer: Answer | null, redactor: Redactor): AuditedEnd {
  const isApplied = settled.kind === 'applied';
  return {
    outcome: isApplied ? 'APPLIED' : settled.error.outcome,
    confirmedBy: isApplied ? settled.confirmedBy : null,
    error: isApplied ? null : settled.error.name,
    vendorStatus: answer?.status ?? null,
    vendorRequestId: answer && requestIdOf(answer, redactor),
  };
}

function confirmed<T extends object>(settled: Settled<T>): Confirmed & T {
  if (settled.kind === 'failed') throw settled.error;
  return { outcome: 'APPLIED', confirmedBy: settled.confirmedBy, ...settled.value };
}

function settledValue<T>(settled: Settled<T>): T {
  if (settled.kind === 'failed') throw settled.error;
  return settled.value;
}
