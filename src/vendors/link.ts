import type { Audit, AuditedChange } from '../audit.ts';
import { type Change, type Settled, type Sight, type Step, settle } from '../change.ts';
import { MembershipError, type MembershipVendor, NotFoundError, notStarted } from '../errors.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Operation } from '../http/operation.ts';
import type { Log } from '../log.ts';
import type { Confirmed } from '../memberships.ts';
import { ReadError } from '../read-error.ts';
import { VendorCaller } from './caller.ts';
import type { Credentials, UnusableCredentials } from './credentials.ts';
import type { Dialect } from './dialect.ts';
import { isOutage } from './outage.ts';
import {
  contradicted,
  heldBack,
  notConfigured,
  notRecorded,
  paced,
  unanswered,
  unusable,
  type VendorName,
} from './own-errors.ts';
import type { Redactor } from './redactor.ts';
import { requestIdOf } from './reply.ts';
import { stepOf } from './step.ts';
import type { VendorCall, VendorChange } from './vendor-call.ts';

/** The steps after which the vendor may be at fault. */
const openSteps = new Set<Step<unknown>['kind']>(['failed', 'lost', 'unsent', 'unclear']);

/** A value that is there, or must be fetched first. */
type MaybeFetched<T> = T | Promise<T>;

/** Records that a change is about to be sent. */
type Auditing = (
  change: Omit<AuditedChange, 'requestId' | 'caller'>,
) => ReturnType<Audit['started']>;

/** What one request's way to one vendor is made from. */
export interface VendorLinkSettings<V extends MembershipVendor> {
  readonly vendor: VendorName<V>;
  readonly dialect: Dialect;
  /** Null where the vendor is not configured. */
  readonly client: VendorClient | null;
  /** Read when first needed, since most requests touch one vendor only. */
  readonly credentials: () => MaybeFetched<Credentials<V> | UnusableCredentials>;
  readonly log: () => Log;
  /** Records a change before it is sent; null where none is kept. */
  readonly audit: Auditing | null;
}

/** What a call is made with. */
interface Usable<V extends MembershipVendor> {
  readonly client: VendorClient;
  readonly credentials: Credentials<V>;
}

/** What the vendor's last answer to a change was, for the record. */
interface Witness {
  status: number | null;
  requestId: string | null;
}

/**
 * One request's way to one vendor: the process's client, bound to the caller's credentials for this
 * vendor and for no other.
 */
export class VendorLink<V extends MembershipVendor> {
  readonly vendor: VendorName<V>;
  readonly dialect: Dialect;
  readonly #settings: VendorLinkSettings<V>;

  constructor(settings: VendorLinkSettings<V>) {
    this.#settings = settings;
    this.vendor = settings.vendor;
    this.dialect = settings.dialect;
  }

  /** Host and port of the vendor; empty where it is not configured. */
  get host(): string {
    return this.#settings.client?.host ?? '';
  }

  /**
   * Makes one change and settles what became of it.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async change<T extends object>(
    change: VendorChange<V, T>,
    operation: Operation,
  ): Promise<Confirmed & T> {
    const settled = await this.#settle(
      change,
      operation,
      async (caller) => {
        const sight = await change.look((path) => caller.read(path, change.request.headers));
        this.#settings.client?.observer.readBack(sight.kind);
        return sight;
      },
      (settle, witness) => this.#recorded(change, settle, witness),
    );
    if (settled.kind === 'failed') throw settled.error;
    return { outcome: 'APPLIED', confirmedBy: settled.confirmedBy, ...settled.value };
  }

  /**
   * Makes one read: settled as a change that may be repeated and leaves nothing to read back.
   *
   * @returns null where the vendor says that what was asked for is not there
   * @throws {ReadError} whatever else keeps it from being read
   */
  async read<T>(call: VendorCall<V, T>, operation: Operation): Promise<T | null> {
    const unreadable = async () => ({ kind: 'unreadable' }) as const;
    const settled = await this.#settle(call, operation, unreadable).catch(failedRead);
    if (settled.kind === 'applied') return settled.value;
    const { error } = settled;
    if (error instanceof NotFoundError || call.isAbsence?.(error)) return null;
    throw ReadError.of(error);
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
    this.#settings
      .log()
      .warn({ vendor: this.vendor.id, object, members }, 'wrong optional values became null');
  }

  /** @throws {MembershipError} where our own rules hold the call back */
  async #settle<T>(
    call: VendorCall<V, T>,
    operation: Operation,
    readBack: (caller: VendorCaller<V>) => Promise<Sight<T>>,
    around: (settle: () => Promise<Settled<T>>, witness: Witness) => Promise<Settled<T>> = (
      settle,
    ) => settle(),
  ): Promise<Settled<T>> {
    const { vendor } = this;
    const { request } = call;
    const repeatable = isRepeatable(request);
    const usable = this.#usable(repeatable);
    const { client, credentials } = usable instanceof Promise ? await usable : usable;
    const caller = new VendorCaller(client, credentials, operation, this.#settings.log);
    const closed = client.gate.closed();
    if (closed !== null) throw heldBack(vendor, closed, repeatable);
    // Before it takes a place: who waits for a turn keeps nobody else from calling.
    const turn = caller.reserve(request);
    const waitMs = typeof turn === 'number' ? turn : await turn;
    if (waitMs > 0) throw paced(vendor, waitMs, repeatable);
    const witness: Witness = { status: null, requestId: null };
    const change: Change<T> = {
      isRepeatable: repeatable,
      send: () => this.#send(call, caller, credentials, operation, witness),
      readBack: () => readBack(caller),
      contradicted: (said) => contradicted(vendor, said),
    };
    const make = async (waitedMs: number) => {
      operation.queued(waitedMs);
      const settled = operation.mayBegin
        ? await around(() => settle(change, operation), witness)
        : ({ kind: 'failed', error: notStarted(vendor.id) } as const);
      return { result: settled, isOutage: isOutage(settled, operation) };
    };
    try {
      const passage = await client.gate.pass(make);
      if (passage.kind !== 'passed') throw heldBack(vendor, passage, repeatable);
      return passage.result;
    } finally {
      if (client.pacer !== null) await caller.release(request);
    }
  }

  async #send<T>(
    call: VendorCall<V, T>,
    caller: VendorCaller<V>,
    credentials: Credentials<V>,
    operation: Operation,
    witness: Witness,
  ): Promise<Step<T>> {
    const { request } = call;
    const repeatable = isRepeatable(request);
    const sent = await caller.write(request);
    if (sent.kind === 'paced') {
      return { kind: 'held', error: paced(this.vendor, sent.waitMs, repeatable) };
    }
    if (sent.kind === 'answered') {
      witness.status = sent.answer.status;
      witness.requestId = requestIdOf(sent.answer, credentials.redactor);
    }
    const next =
      sent.kind === 'answered'
        ? stepOf(call, { answer: sent.answer, credentials }, this.dialect, repeatable)
        : unanswered(this.vendor, sent, repeatable);
    if (!operation.signal?.aborted) this.#noteFailure(request, next, credentials.redactor);
    if (next.kind === 'limited') await caller.hold(request, next.waitMs);
    return next;
  }

  /** Settles a change between the two lines of its record; sends nothing where the first cannot be written. */
  #recorded<T>(
    change: VendorChange<V, T>,
    settle: () => Promise<Settled<T>>,
    witness: Witness,
  ): Promise<Settled<T>> {
    const { audit } = this.#settings;
    return audit === null ? settle() : this.#audited(audit, change, settle, witness);
  }

  async #audited<T>(
    audit: Auditing,
    { mutation, ids }: VendorChange<V, T>,
    settle: () => Promise<Settled<T>>,
    witness: Witness,
  ): Promise<Settled<T>> {
    const vendor = this.vendor.id;
    const finish = await audit({ vendor, mutation, ids });
    if (finish === null) return { kind: 'failed', error: notRecorded(this.vendor) };
    const settled = await settle();
    const isApplied = settled.kind === 'applied';
    await finish({
      outcome: isApplied ? 'APPLIED' : settled.error.outcome,
      confirmedBy: isApplied ? settled.confirmedBy : null,
      error: isApplied ? null : settled.error.name,
      vendorStatus: witness.status,
      vendorRequestId: witness.requestId,
    });
    return settled;
  }

  /** @throws {MembershipError} where the vendor cannot be called; or the promise rejects with it */
  #usable(repeatable: boolean): MaybeFetched<Usable<V>> {
    const { client } = this.#settings;
    if (client === null) throw notConfigured(this.vendor, repeatable);
    const use = (credentials: Credentials<V> | UnusableCredentials): Usable<V> => {
      if (credentials.kind === 'unusable') throw unusable(this.vendor, credentials);
      return { client, credentials };
    };
    const credentials = this.#settings.credentials();
    return credentials instanceof Promise ? credentials.then(use) : use(credentials);
  }

  /** Logs an attempt that leaves something open, for whoever must find out which vendor fails, and how. */
  #noteFailure({ method, path }: VendorRequest, next: Step<unknown>, redactor: Redactor): void {
    if (next.kind === 'made' || !openSteps.has(next.kind)) return;
    const { name, vendorStatus: status, cause } = next.error;
    const { code, message } = cause instanceof Error ? (cause as NodeJS.ErrnoException) : {};
    const { id: vendor } = this.vendor;
    // Without the query, which may hold an e-mail address.
    const route = redactor.data(path.split('?', 1)[0]);
    const where = { vendor, method, path: route, attempt: next.kind };
    const what = { error: name, status, code, detail: redactor.data(message) };
    this.#settings.log().warn({ ...where, ...what }, 'an attempt failed');
  }
}

/** A read that was held back failed like one that was sent. */
function failedRead(error: unknown): Settled<never> {
  if (error instanceof MembershipError) return { kind: 'failed', error };
  throw error;
}

/** Whether a request, made twice, leaves the state that it leaves when made once (RFC 9110, section 9.2.2). */
function isRepeatable(request: VendorRequest): boolean {
  return request.method !== 'POST';
}
