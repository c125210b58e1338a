import { setMaxListeners } from 'node:events';
import type { Audit } from './audit.ts';
import type { Caller } from './callers/caller.ts';
import { readOperation } from './http/operation.ts';
import type { Log } from './log.ts';
import { Progress, type ProgressSettings } from './progress.ts';
import type { Incoming, IncomingHeaders } from './server/incoming.ts';
import type { HeaderValues } from './vendors/credentials.ts';
import {
  type Clients,
  connectVendors,
  type Reads,
  type Sources,
  type VendorKey,
  vendors,
} from './vendors/index.ts';
import type { VendorSettings } from './vendors/vendor.ts';

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
  readonly readsOf: (change: string | null) => Reads;
  /** Whether a vendor has a URL. */
  readonly isConfigured: (vendor: VendorKey) => boolean;
}

/** What outlives the requests, and each context is made from. */
export interface ContextSettings
  extends VendorSettings,
    Pick<ProgressSettings, 'fieldTimeoutMs' | 'vendorTimeoutMs' | 'lifecycle'> {
  readonly clients: Clients;
  /** What one document may take in ms; fields that have not begun by then are not sent. */
  readonly requestTimeoutMs: number;
  /** How many reads one document may make, however long the lists turn out to be. */
  readonly maxVendorCalls: number;
  readonly log: Log;
  /** Keeps the record of changes; null where none is kept. */
  readonly audit: Audit | null;
}

/** Binds one request's credentials, time and client to what its resolvers use. */
export function createContext(incoming: Incoming, settings: ContextSettings): Context {
  const { requestId, caller, client } = incoming;
  const deadline = performance.now() + settings.requestTimeoutMs;
  const { lifecycle, fieldTimeoutMs, vendorTimeoutMs } = settings;
  const isWanted = () => !client.isGone;
  const mayBegin = () => performance.now() < deadline && isWanted() && !lifecycle.isStopping;
  let log: Log | null = null;
  // Made when there is something to log: most requests have nothing.
  const logOf = () => (log ??= settings.log.child({ requestId, caller: caller.name }));
  const { audit } = settings;
  const record: Parameters<typeof connectVendors>[4] =
    audit === null
      ? null
      : (change) => audit.started({ requestId, caller: caller.name, ...change });
  const credentials = (vendor: VendorKey) => credentialsFor(vendor, incoming.headers, caller);
  const { sources, reads } = connectVendors(settings.clients, credentials, settings, logOf, record);
  const progress = new Progress({ ...settings, mayBegin, isWanted, requestId });
  let readsLeft = settings.maxVendorCalls;
  const takeRead = () => {
    readsLeft -= 1;
    return readsLeft >= 0;
  };
  const readsByChange = new Map<string | null, Reads>();
  const makeReads = (change: string | null): Reads => {
    // One listener for each read under way, and all are taken off again.
    setMaxListeners(0, client.signal);
    const shared = change === null ? null : progress.deadlineOf(change);
    const fieldDeadline = shared ?? performance.now() + fieldTimeoutMs;
    return reads(readOperation(fieldDeadline, vendorTimeoutMs, client.signal, takeRead));
  };
  return {
    incoming,
    requestId,
    caller,
    sources,
    progress,
    readsOf: (change) => {
      const known = readsByChange.get(change) ?? makeReads(change);
      readsByChange.set(change, known);
      return known;
    },
    isConfigured: (vendor) => settings.clients[vendor] !== null,
  };
}

/**
 * Where a vendor's credentials come from: the request, if it bears any header of that vendor, since a
 * wrong one is an error and no reason to take another; else what the configuration supplies.
 */
function credentialsFor(
  vendor: VendorKey,
  headers: IncomingHeaders,
  caller: Caller,
): HeaderValues | Promise<HeaderValues> {
  const incoming = vendors[vendor].credentialHeaders.map((header) => header.incoming);
  return incoming.some((name) => headers.has(name)) ? headers : caller.credentials(incoming);
}
