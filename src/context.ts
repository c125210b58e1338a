import { setMaxListeners } from 'node:events';
import type { Audit } from './audit.ts';
import { Budget } from './budget.ts';
import type { Caller } from './callers/caller.ts';
import { readOperation } from './http/operation.ts';
import type { Log } from './log.ts';
import type { CallerKeys } from './plugins/caller-keys.ts';
import { Progress, type ProgressSettings } from './progress.ts';
import type { Incoming } from './server/incoming.ts';
import type { HeaderValues } from './vendors/credentials.ts';
import {
  type Accesses,
  Connection,
  type Reads,
  type Sources,
  type VendorKey,
} from './vendors/index.ts';
import type { LinkedRequest } from './vendors/link.ts';

/** What the resolvers of one document share. */
export interface Context {
  readonly incoming: Incoming;
  readonly requestId: string;
  readonly caller: Caller;
  readonly sources: Sources;
  readonly progress: Progress;
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
export interface ContextSettings extends ProgressSettings {
  readonly accesses: Accesses;
  /** How many calls one document may make, however long the lists turn out to be and however often a call fails. */
  readonly maxVendorCalls: number;
  /** How many fields an answer may have, however long the lists turn out to be. */
  readonly maxResultFields: number;
  /** Keeps the record of changes; null where none is kept. */
  readonly audit: Audit | null;
  /** Names what requests are counted as. */
  readonly callerKeys: CallerKeys;
}

/** Binds one request's credentials, time and client to what its resolvers use. */
export function createContext(incoming: Incoming, settings: ContextSettings): Context {
  return new RequestContext(incoming, settings);
}

class RequestContext implements Context, LinkedRequest {
  readonly incoming: Incoming;
  readonly progress: Progress;
  readonly #settings: ContextSettings;
  readonly #connection: Connection;
  #log: Log | null = null;
  readonly #calls: Budget;
  readonly #resultFields: Budget;
  #reads: Map<string | null, Reads> | null = null;

  constructor(incoming: Incoming, settings: ContextSettings) {
    this.incoming = incoming;
    this.#calls = new Budget(settings.maxVendorCalls);
    this.#resultFields = new Budget(settings.maxResultFields);
    this.progress = new Progress(settings, incoming, this.#calls);
    this.#settings = settings;
    this.#connection = new Connection(settings.accesses, this);
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

  get sources(): Sources {
    return this.#connection.sources;
  }

  takeResultFields(count: number): boolean {
    return this.#resultFields.take(count);
  }

  isConfigured(vendor: VendorKey): boolean {
    return this.#settings.accesses[vendor].client !== null;
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

  get audit(): LinkedRequest['audit'] {
    const { audit } = this.#settings;
    if (audit === null) return null;
    const { requestId, caller } = this;
    return (change, mostWaitMs) =>
      audit.started({ requestId, caller: caller.name, ...change }, mostWaitMs);
  }

  #makeReads(change: string | null): Reads {
    const { signal } = this.incoming.client;
    // One listener for each read under way, and all are taken off again.
    setMaxListeners(0, signal);
    const { fieldTimeoutMs, vendorTimeoutMs } = this.#settings;
    const shared = change === null ? null : this.progress.deadlineOf(change);
    const deadline = shared ?? performance.now() + fieldTimeoutMs;
    const isAnswered = () => this.incoming.isAnswered;
    const operation = readOperation(deadline, vendorTimeoutMs, signal, this.#calls, isAnswered);
    return this.#connection.reads(operation);
  }
}
