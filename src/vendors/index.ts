import type { TimeBudget } from '../changes/time-budget.ts';
import { type EgressProxy, selectProxy } from '../config/egress.ts';
import type { Confirmed } from '../domain/change-results.ts';
import type { MembershipVendor } from '../errors.ts';
import type { VendorLimit } from '../state/shared-limits.ts';
import { VendorClient } from '../upstream/client.ts';
import { type CallObserver, silentObserver } from '../upstream/observer.ts';
import { createPool } from '../upstream/pool.ts';
import { LocalRateLimiter } from '../upstream/resilience/local-rate-limiter.ts';
import type { RateLimit, RateLimiter } from '../upstream/resilience/rate-limiter.ts';
import { aerospike } from './aerospike/index.ts';
import type { VendorChange } from './core/change.ts';
import type { Vendor } from './core/define-vendor.ts';
import type { VendorRuntime } from './core/dialect.ts';
import { VendorReader } from './core/reader.ts';
import { type SessionRequest, VendorSession } from './core/session.ts';
import { kaiten } from './kaiten/index.ts';
import { rocketchat } from './rocketchat/index.ts';
import { wethod } from './wethod/index.ts';

export type * from './aerospike/entities.ts';
export type { VendorChange } from './core/change.ts';
export type * from './kaiten/entities.ts';
export type * from './rocketchat/entities.ts';
export type * from './wethod/entities.ts';

/** The vendors of the gateway: a new one is one line here. */
export const vendors = { wethod, kaiten, aerospike, rocketchat };

/** A vendor's name in the code and in the configuration. */
export type VendorKey = keyof typeof vendors;

/** A vendor's id in the schema. */
export type VendorId = (typeof vendors)[VendorKey]['id'];

/** The keys of all vendors, in the order of the registry. */
export const vendorKeys = Object.keys(vendors) as [VendorKey, ...VendorKey[]];

/** The titles of all vendors, as in "A, B and C". */
export const vendorTitles = vendorKeys
  .map((key) => vendors[key].title)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' and ');

/** The readers of all vendors, with their loaders: created for each query and each root mutation field. */
export type Reads = {
  readonly [Key in VendorKey]: InstanceType<(typeof vendors)[Key]['reads']>;
};

/** The client of each vendor, null if it is not configured: created once for the process. */
export type Clients = Readonly<Record<VendorKey, VendorClient | null>>;

/** Each vendor as this process calls it. */
export type VendorRuntimes = Readonly<Record<VendorKey, VendorRuntime>>;

type AnyVendor = Vendor<MembershipVendor, unknown, unknown>;

const entries = Object.entries(vendors) as unknown as [VendorKey, AnyVendor][];

/** The settings that clients are created from. */
export interface ClientSettings {
  readonly vendorUrls: Readonly<Record<VendorKey, URL | null>>;
  /** Null for a vendor without a rate limit. */
  readonly rateLimits: Readonly<Record<VendorKey, RateLimit | null>>;
  /** The most calls in flight at a vendor. */
  readonly vendorConcurrency: number;
  /** The most calls that wait for a vendor. */
  readonly vendorQueue: number;
  /** The timeout of one attempt at a vendor, in ms. */
  readonly vendorTimeoutMs: number;
  /** The proxy that vendors are called through; null for none. */
  readonly egressProxy: EgressProxy | null;
}

/**
 * Creates a client for each vendor that has a URL.
 *
 * @param observe creates the observer of the calls to a vendor
 * @param createLimiter creates the rate limiter of a vendor that has a limit; this process's own by default
 */
export function createClients(
  settings: ClientSettings,
  observe: (vendor: VendorKey, url: URL) => CallObserver = () => silentObserver,
  createLimiter: (limit: VendorLimit) => RateLimiter = createLocalRateLimiter,
): Clients {
  const { vendorTimeoutMs, egressProxy, vendorConcurrency, vendorQueue } = settings;
  const create = ([key, vendor]: (typeof entries)[number]) => {
    const [url, limit] = [settings.vendorUrls[key], settings.rateLimits[key]];
    if (url === null) return [key, null];
    const bounds = { concurrency: vendorConcurrency, queueLength: vendorQueue };
    const { id, rateLimitScope: scope } = vendor;
    const limiter = limit && createLimiter({ vendor: id, limit, scope, queueLength: vendorQueue });
    const proxy = selectProxy(url, egressProxy);
    const pool = createPool(url.origin, vendorTimeoutMs, proxy, vendorConcurrency);
    return [key, new VendorClient(url, bounds, limiter, observe(key, url), pool)];
  };
  return Object.fromEntries(entries.map(create)) as Clients;
}

function createLocalRateLimiter({ limit, scope, queueLength }: VendorLimit): RateLimiter {
  return new LocalRateLimiter(limit, scope, queueLength);
}

/** Settings of the vendors' runtimes. */
export interface VendorRuntimeSettings {
  /** The API version to request, for vendors whose API has versions. */
  readonly apiVersions: Readonly<Partial<Record<VendorKey, string>>>;
}

/** Returns what is the same for every request to a vendor. */
export function createVendorRuntimes(
  clients: Clients,
  { apiVersions }: VendorRuntimeSettings,
): VendorRuntimes {
  const create = ([key, vendor]: (typeof entries)[number]): [VendorKey, VendorRuntime] => {
    const incomingHeaders = vendor.credentialHeaders.map(({ incoming }) => incoming);
    const headers = vendor.headers({ apiVersion: apiVersions[key] ?? '' });
    const dialect = { headers, errors: vendor.errors };
    return [key, { vendor, incomingHeaders, dialect, client: clients[key] }];
  };
  return Object.fromEntries(entries.map(create)) as VendorRuntimes;
}

/** One request's access to all vendors, each with the credentials that the request carries for it and no others. */
export class RequestVendors {
  readonly #runtimes: VendorRuntimes;
  readonly #request: SessionRequest;
  readonly #sessions: Partial<Record<VendorKey, VendorSession<MembershipVendor>>> = {};

  constructor(runtimes: VendorRuntimes, request: SessionRequest) {
    this.#runtimes = runtimes;
    this.#request = request;
  }

  /**
   * Makes one change and settles its outcome.
   *
   * @throws {MembershipError} if it was not made, or it is unknown whether it was
   */
  change<
    V extends MembershipVendor,
    Input extends { readonly [Field in keyof Input]: string },
    Value extends object,
  >(
    change: VendorChange<V, Input, Value>,
    input: Input,
    budget: TimeBudget,
    idempotencyKey: string | null = null,
  ): Promise<Confirmed & Value> {
    const session: VendorSession<MembershipVendor> = this.getSession(change.key as VendorKey);
    return (session as unknown as VendorSession<V>).change(change, input, budget, idempotencyKey);
  }

  /** Returns the request's session at a vendor, which is created when it is first needed. */
  getSession(key: VendorKey): VendorSession<MembershipVendor> {
    this.#sessions[key] ??= new VendorSession(this.#runtimes[key], this.#request);
    return this.#sessions[key];
  }

  /** @param budget the time that the reads share */
  createReads(budget: TimeBudget): Reads {
    return new RequestReads(this, budget) as unknown as Reads;
  }
}

/** A getter for each vendor, which creates its reader when it is first needed (optimisations.md, group). */
class RequestReads {
  readonly #vendors: RequestVendors;
  readonly #budget: TimeBudget;
  readonly #readers: Partial<Record<VendorKey, unknown>> = {};

  constructor(requestVendors: RequestVendors, budget: TimeBudget) {
    this.#vendors = requestVendors;
    this.#budget = budget;
  }

  static {
    for (const [key, { reads: VendorReads }] of entries) {
      const get = function (this: RequestReads) {
        const create = () =>
          new VendorReads(new VendorReader(this.#vendors.getSession(key), this.#budget));
        this.#readers[key] ??= create();
        return this.#readers[key];
      };
      Object.defineProperty(RequestReads.prototype, key, { get });
    }
  }
}
