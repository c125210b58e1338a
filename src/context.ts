import type { Log } from './log.ts';
import { Progress, type ProgressSettings } from './progress.ts';
import { type Clients, connectSources, type Sources, type VendorKey } from './vendors/index.ts';
import type { VendorSettings } from './vendors/vendor.ts';

/** What the resolvers of one document share. */
export interface Context {
  readonly requestId: string;
  readonly sources: Sources;
  readonly progress: Progress;
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
  readonly log: Log;
}

/** Binds one request's credentials, time and client to the sources that its resolvers use. */
export function createContext(
  request: Request,
  requestId: string,
  settings: ContextSettings,
): Context {
  const deadline = performance.now() + settings.requestTimeoutMs;
  const { lifecycle } = settings;
  const isWanted = () => !request.signal.aborted;
  const mayBegin = () => performance.now() < deadline && isWanted() && !lifecycle.isStopping;
  const log = settings.log.child({ requestId });
  return {
    requestId,
    sources: connectSources(settings.clients, request.headers, settings, log),
    progress: new Progress({ ...settings, mayBegin, isWanted, requestId }),
    isConfigured: (vendor) => settings.clients[vendor] !== null,
  };
}
