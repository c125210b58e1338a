import { setMaxListeners } from 'node:events';
import type { Caller } from './auth/principal.ts';
import type { AuditLog } from './changes/audit-log.ts';
import { ChangeTracker, type ChangeTrackerSettings } from './changes/change-tracker.ts';
import { CallBudget, createReadBudget } from './changes/time-budget.ts';
import type { CallerKeys } from './middleware/caller-keys.ts';
import type { GatewayRequest } from './server/request.ts';
import type { Log } from './telemetry/log.ts';
import type { HeaderValues } from './vendors/core/credentials.ts';
import type { KeyedChangesSettings, SessionRequest } from './vendors/core/session.ts';
import {
  type Reads,
  RequestVendors,
  type VendorKey,
  type VendorRuntimes,
} from './vendors/index.ts';

/** The state that the resolvers of one document share. */
export interface Context {
  readonly incoming: GatewayRequest;
  readonly requestId: string;
  readonly caller: Caller;
  /** The vendors, with the request's credentials. */
  readonly vendors: RequestVendors;
  readonly tracker: ChangeTracker;
  /**
   * Returns the readers of the vendors. A query shares one set. Each root mutation field has its own, created after its
   * change was settled, so that no data from before the change is returned. The reads after a change share its time.
   *
   * @param change the response key of the root mutation field; null in a query
   */
  getReads(change: string | null): Reads;
  /** Takes fields from the response's limit. Returns false if too few were left. */
  takeResultFields(count: number): boolean;
  /** Returns whether a vendor is configured. */
  isConfigured(vendor: VendorKey): boolean;
}

/** Settings of contexts, which live as long as the process. */
export interface ContextSettings extends ChangeTrackerSettings {
  readonly runtimes: VendorRuntimes;
  /** The most calls of one document, however long the lists turn out to be and however often a call fails. */
  readonly maxVendorCalls: number;
  /** The most fields of a response, however long the lists turn out to be. */
  readonly maxResultFields: number;
  /** The audit log; null if there is none. */
  readonly audit: AuditLog | null;
  /** Null if there is no database. */
  readonly keyed: KeyedChangesSettings | null;
  /** Creates the keys that requests are counted by. */
  readonly callerKeys: CallerKeys;
}

/** Creates the context of a request: its credentials, time and client. */
export function createContext(incoming: GatewayRequest, settings: ContextSettings): Context {
  return new RequestContext(incoming, settings);
}

class RequestContext implements Context, SessionRequest {
  readonly incoming: GatewayRequest;
  readonly tracker: ChangeTracker;
  readonly audit: AuditLog | null;
  readonly keyed: KeyedChangesSettings | null;
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
    this.keyed = settings.keyed;
    this.vendors = new RequestVendors(settings.runtimes, this);
  }

  get requestId(): string {
    return this.incoming.requestId;
  }

  get caller(): Caller {
    return this.incoming.caller;
  }

  get callerKey(): string {
    return this.#settings.callerKeys.getCallerKey(this.incoming);
  }

  takeResultFields(count: number): boolean {
    return this.#resultFields.use(count);
  }

  isConfigured(vendor: VendorKey): boolean {
    return this.#settings.runtimes[vendor].client !== null;
  }

  getReads(change: string | null): Reads {
    this.#reads ??= new Map();
    const known = this.#reads.get(change) ?? this.#createReads(change);
    this.#reads.set(change, known);
    return known;
  }

  /**
   * Returns the headers of the request if it has any of that vendor's, since a wrong one is an error and no reason to
   * use another. Otherwise returns the configured ones.
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

  #createReads(change: string | null): Reads {
    const { signal } = this.incoming.client;
    // Each read in flight adds one listener, and removes it at its end.
    setMaxListeners(0, signal);
    const { fieldTimeoutMs, vendorTimeoutMs } = this.#settings;
    const shared = change === null ? null : this.tracker.getDeadline(change);
    const deadline = shared ?? performance.now() + fieldTimeoutMs;
    const isAnswered = () => this.incoming.isAnswered;
    const budget = createReadBudget(deadline, vendorTimeoutMs, signal, this.#calls, isAnswered);
    return this.vendors.createReads(budget);
  }
}
