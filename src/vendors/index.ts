import type { TimeBudget } from '../changes/time-budget.ts';
import { type EgressProxy, selectProxy } from '../config/egress.ts';
import type { MembershipVendor } from '../errors.ts';
import { VendorClient } from '../upstream/client.ts';
import { type CallObserver, silentObserver } from '../upstream/observer.ts';
import { createPool } from '../upstream/pool.ts';
import { RecyclingPool } from '../upstream/recycling-pool.ts';
import { LocalRateLimiter } from '../upstream/resilience/local-rate-limiter.ts';
import type { RateLimit } from '../upstream/resilience/rate-limiter.ts';
import { aerospike } from './aerospike/source.ts';
import { VendorReader } from './core/reader.ts';
import type { VendorRuntime } from './core/runtime.ts';
import { type SessionRequest, VendorSession } from './core/session.ts';
import type { Vendor } from './core/vendor.ts';
import { kaiten } from './kaiten/source.ts';
import { rocketchat } from './rocketchat/source.ts';
import { wethod } from './wethod/source.ts';

/** The vendors of the gateway: adding one is one line here. */
export const vendors = { wethod, kaiten, aerospike, rocketchat };

/** A vendor's name in the code and in the configuration. */
export type VendorKey = keyof typeof vendors;

/** The keys of all vendors, in the order of the registry. */
export const vendorKeys = Object.keys(vendors) as [VendorKey, ...VendorKey[]];

/** One data source for each vendor, bound to one caller's credentials: made for each request. */
export type Sources = { readonly [Key in VendorKey]: ReturnType<(typeof vendors)[Key]['connect']> };

/** What reads each vendor, with its loaders: made for each query and each root mutation field. */
export type Reads = { readonly [Key in VendorKey]: ReturnType<(typeof vendors)[Key]['read']> };

/** One client for each vendor, null where it is not configured: made once for the process. */
export type Clients = Readonly<Record<VendorKey, VendorClient | null>>;

const entries = Object.entries(vendors) as unknown as [
  VendorKey,
  Vendor<MembershipVendor, unknown, unknown>,
][];

/** What a vendor's client is made from. */
export interface ClientSettings {
  readonly vendorUrls: Readonly<Record<VendorKey, URL | null>>;
  /** Null for a vendor without a rate limit. */
  readonly rateLimits: Readonly<Record<VendorKey, RateLimit | null>>;
  /** How many calls may be in flight at a vendor, and how many may wait. */
  readonly vendorConcurrency: number;
  readonly vendorQueue: number;
  /** What one attempt at a vendor may take, in ms. */
  readonly vendorTimeoutMs: number;
  /** The proxy that vendors are called through; null for none. */
  readonly egressProxy: EgressProxy | null;
}

/**
 * Opens a client for each vendor that has a URL.
 *
 * @param observe makes what sees the calls to a vendor
 */
export function createClients(
  settings: ClientSettings,
  observe: (vendor: VendorKey, url: URL) => CallObserver = () => silentObserver,
): Clients {
  const client = ([key, vendor]: (typeof entries)[number]) => {
    const [url, limit] = [settings.vendorUrls[key], settings.rateLimits[key]];
    if (url === null) return [key, null];
    const { vendorTimeoutMs, egressProxy, vendorConcurrency, vendorQueue } = settings;
    const bounds = { concurrency: vendorConcurrency, queueLength: vendorQueue };
    const limiter = limit && new LocalRateLimiter(limit, vendor.limitedBy, vendorQueue);
    const proxy = selectProxy(url, egressProxy);
    const open = () => createPool(url.origin, vendorTimeoutMs, proxy, vendorConcurrency);
    return [
      key,
      new VendorClient(url, bounds, limiter, observe(key, url), new RecyclingPool(open)),
    ];
  };
  return Object.fromEntries(entries.map(client)) as Clients;
}

/** Each vendor as this process reaches it. */
export type VendorRuntimes = Readonly<Record<VendorKey, VendorRuntime>>;

/** Settings of the vendors' runtimes. */
export interface VendorRuntimeSettings {
  /** The API version to request, for vendors whose API has versions. */
  readonly apiVersions: Readonly<Partial<Record<VendorKey, string>>>;
}

/** How the process reaches each vendor: what is the same for every request. */
export function createVendorRuntimes(
  clients: Clients,
  { apiVersions }: VendorRuntimeSettings,
): VendorRuntimes {
  const access = ([key, vendor]: (typeof entries)[number]): [VendorKey, VendorRuntime] => {
    const incomingHeaders = vendor.credentialHeaders.map(({ incoming }) => incoming);
    return [
      key,
      {
        vendor,
        incomingHeaders,
        dialect: vendor.dialect({ apiVersion: apiVersions[key] ?? '' }),
        client: clients[key],
      },
    ];
  };
  return Object.fromEntries(entries.map(access)) as Record<VendorKey, VendorRuntime>;
}

/** One request's way to all vendors: each bound to the credentials that it carries for it, and for no other. */
export class RequestVendors {
  readonly sources: Sources;
  readonly #accesses: VendorRuntimes;
  readonly #request: SessionRequest;
  readonly #links: Partial<Record<VendorKey, VendorSession<MembershipVendor>>> = {};

  constructor(accesses: VendorRuntimes, request: SessionRequest) {
    this.#accesses = accesses;
    this.#request = request;
    this.sources = lazily((key) => byKey[key].connect(this.#link(key))) as unknown as Sources;
  }

  /** @param operation whose time the reads share, and whose client they end with */
  reads(operation: TimeBudget): Reads {
    const read = (key: VendorKey) => byKey[key].read(new VendorReader(this.#link(key), operation));
    return lazily(read) as unknown as Reads;
  }

  #link(key: VendorKey): VendorSession<MembershipVendor> {
    this.#links[key] ??= new VendorSession(this.#accesses[key], this.#request);
    return this.#links[key];
  }
}

const byKey = vendors as unknown as Record<VendorKey, Vendor<MembershipVendor, unknown, unknown>>;

/** Something for each vendor, made when it is first asked for: most requests touch one vendor. */
function lazily<T>(make: (vendor: VendorKey) => T): Record<VendorKey, T> {
  return new LazyVendors(make) as unknown as Record<VendorKey, T>;
}

class LazyVendors {
  readonly #make: (vendor: VendorKey) => unknown;
  readonly #made: Partial<Record<VendorKey, unknown>> = {};

  constructor(make: (vendor: VendorKey) => unknown) {
    this.#make = make;
  }

  static {
    for (const [key] of entries) {
      const get = function (this: LazyVendors) {
        this.#made[key] ??= this.#make(key);
        return this.#made[key];
      };
      Object.defineProperty(LazyVendors.prototype, key, { get });
    }
  }
}
