import { setMaxListeners } from 'node:events';
import type { Caller } from './auth/principal.ts';
import type { AuditLog } from './changes/audit-log.ts';
import { ChangeTracker, type ChangeTrackerSettings } from './changes/change-tracker.ts';
import { CallBudget, createReadBudget } from './changes/time-budget.ts';
import type { CallerKeys } from './middleware/caller-keys.ts';
import type { GatewayRequest } from './server/request.ts';
import type { Log } from './telemetry/log.ts';
import type { HeaderValues } from './vendors/core/credentials.ts';
import type { SessionRequest } from './vendors/core/session.ts';
import {
  type Reads,
  RequestVendors,
  type VendorKey,
  type VendorRuntimes,
} from './vendors/index.ts';

/** What the resolvers of one document share. */
export interface Context {
  readonly incoming: GatewayRequest;
  readonly requestId: string;
  readonly caller: Caller;
  /** The vendors, with the request's credentials. */
  readonly vendors: RequestVendors;
  readonly tracker: ChangeTracker;
  /**
   * What reads the vendors: one for all of a query, and one of its own for each root mutation field,
   * made after its change was settled, so that nothing read before the change is shown after it. The
   * reads behind a change share its time.
   *
   * @param change the response key of the root mutation field, null in a query
   */
  readsOf(change: string | null): Reads;
  /** Uses some of the fields that the document's answer may have; returns false if less than that was left. */
  takeResultFields(count: number): boolean;
  /** Whether a vendor has a URL. */
  isConfigured(vendor: VendorKey): boolean;
}

/** What outlives the requests, and each context is made from. */
export interface ContextSettings extends ChangeTrackerSettings {
  readonly runtimes: VendorRuntimes;
  /** How many calls one document may make, however long the lists turn out to be and however often a call fails. */
  readonly maxVendorCalls: number;
  /** How many fields an answer may have, however long the lists turn out to be. */
  readonly maxResultFields: number;
  /** Keeps the record of changes; null where none is kept. */
  readonly audit: AuditLog | null;
  /** Names what requests are counted as. */
  readonly callerKeys: CallerKeys;
}

/** Binds one request's credentials, time and client to what its resolvers use. */
export function createContext(incoming: GatewayRequest, settings: ContextSettings): Context {
  return new RequestContext(incoming, settings);
}

class RequestContext implements Context, SessionRequest {
  readonly incoming: GatewayRequest;
  readonly tracker: ChangeTracker;
  readonly audit: AuditLog | null;
  readonly vendors: RequestVendors;
  readonly #settings: ContextSettings;
  #log: Log | null = null;
  readonly #calls: CallBudget;
  readonly #resultFields: CallBudget;
  #reads: Map<string | null, Reads> | null = null;

  constructor(incoming: GatewayRequest, settings: ContextSettings) {
    this.incoming = incoming;
    this.#calls = new CallBudget(settings.maxVendorCalls);
    this.#resultFields = new CallBudget(settings.maxResultFields);
    this.tracker = new ChangeTracker(settings, incoming, this.#calls);
    this.#settings = settings;
    this.audit = settings.audit;
    this.vendors = new RequestVendors(settings.runtimes, this);
  }

  get requestId(): string {
    return this.incoming.requestId;
  }

  get caller(): Caller {
    return this.incoming.caller;
  }

  get callerKey(): string {
    return this.#settings.callerKeys.caller(this.incoming);
  }

  takeResultFields(count: number): boolean {
    return this.#resultFields.use(count);
  }

  isConfigured(vendor: VendorKey): boolean {
    return this.#settings.runtimes[vendor].client !== null;
  }

  readsOf(change: string | null): Reads {
    this.#reads ??= new Map();
    const known = this.#reads.get(change) ?? this.#makeReads(change);
    this.#reads.set(change, known);
    return known;
  }

  /**
   * The request's own, if it bears any header of that vendor, since a wrong one is an error and no reason
   * to take another; else what the configuration supplies.
   */
  credentialHeaders(incoming: readonly string[]): HeaderValues | Promise<HeaderValues> {
    const { headers, caller } = this.incoming;
    const isSent = incoming.some((name) => headers.has(name));
    return isSent ? headers : caller.credentials(incoming);
  }

  log(): Log {
    const { requestId, caller } = this;
    this.#log ??= this.#settings.log.child({ requestId, caller: caller.name });
    return this.#log;
  }

  #makeReads(change: string | null): Reads {
    const { signal } = this.incoming.client;
    // One listener for each read under way, and all are taken off again.
    setMaxListeners(0, signal);
    const { fieldTimeoutMs, vendorTimeoutMs } = this.#settings;
    const shared = change === null ? null : this.tracker.getDeadline(change);
    const deadline = shared ?? performance.now() + fieldTimeoutMs;
    const isAnswered = () => this.incoming.isAnswered;
    const budget = createReadBudget(deadline, vendorTimeoutMs, signal, this.#calls, isAnswered);
    return this.vendors.createReads(budget);
  }
}
