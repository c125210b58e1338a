import type { NetworkOutage } from './databases.ts';
import type { SeenCall } from './vendors.ts';

/** A vendor's rate limit, which all replicas share. */
interface SharedLimit {
  readonly variable: string;
  /** The beginning of the names of its buckets. */
  readonly vendor: string;
  readonly calls: number;
  readonly seconds: number;
}

/** Rate limits that the clients of a run reach. */
const sharedLimits: readonly SharedLimit[] = [
  { variable: 'WETHOD_RATE_LIMIT', vendor: 'wethod', calls: 12, seconds: 2 },
  { variable: 'KAITEN_RATE_LIMIT', vendor: 'kaiten', calls: 5, seconds: 1 },
  { variable: 'ROCKETCHAT_RATE_LIMIT', vendor: 'rocketchat', calls: 10, seconds: 3 },
];

/** How long a replica may not know yet that its network is there again, in ms. */
const recoveryMs = 5_000;

/** Returns the variables that set the rate limits. */
export function createLimitVariables(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sharedLimits.map(({ variable, calls, seconds }) => [variable, `${calls}/${seconds}`]),
  );
}

/** Returns the loopback address that a replica's calls come from, by its place among the others. */
export function getAddress(replica: number): string {
  return `127.0.0.${2 + replica}`;
}

/** The trailing window in which the calls of a bucket came closest to the limit, or exceeded it most. */
export interface WorstWindow {
  readonly bucket: string;
  readonly calls: number;
  /** The limit, and the shares of replicas that were cut off from the database and read meanwhile. */
  readonly allowed: number;
  readonly seconds: number;
  /** The calls of a window that was exceeded even if it is shorter by the longest stall of the vendors; otherwise empty. */
  readonly excess: readonly string[];
}

/** What a run knows about the calls that the vendors saw. */
export interface CallRecord {
  readonly calls: readonly SeenCall[];
  readonly outages: readonly NetworkOutage[];
  readonly replicas: number;
  readonly stallMs: number;
}

/** Finds the worst window of each bucket that has a limit. */
export function findWorstWindows(record: CallRecord): readonly WorstWindow[] {
  return [...Map.groupBy(record.calls, ({ bucket }) => bucket)].flatMap(([bucket, seen]) => {
    const limit = sharedLimits.find(({ vendor }) => bucket.startsWith(vendor));
    if (limit === undefined) return [];
    const ordered = seen.toSorted((one, other) => one.at - other.at);
    const { seconds } = limit;
    const { calls, allowed } = findWorst(ordered, limit, 1_000 * seconds, record);
    const sure = findWorst(ordered, limit, 1_000 * seconds - record.stallMs, record);
    const excess = sure.excess > 0 ? describeCalls(sure.calls) : [];
    return { bucket, calls: calls.length, allowed, seconds, excess };
  });
}

interface Window {
  readonly calls: readonly SeenCall[];
  readonly allowed: number;
  readonly excess: number;
}

function findWorst(
  ordered: readonly SeenCall[],
  limit: SharedLimit,
  windowMs: number,
  record: CallRecord,
): Window {
  let first = 0;
  let worst: Window = { calls: [], allowed: limit.calls, excess: Number.NEGATIVE_INFINITY };
  for (const [index, { at }] of ordered.entries()) {
    while ((ordered[first]?.at ?? at) <= at - windowMs) first += 1;
    const window = judgeWindow(ordered.slice(first, index + 1), limit, record);
    if (window.excess > worst.excess) worst = window;
  }
  return worst;
}

/** A replica that alone is cut off from the database does not know it, and its reads use its share beside the others. */
function judgeWindow(
  calls: readonly SeenCall[],
  limit: SharedLimit,
  { outages, replicas }: CallRecord,
): Window {
  const isShared = ({ at, isRead, address }: SeenCall) =>
    isRead &&
    outages.some(
      ({ replica, from, to }) =>
        getAddress(replica) === address && at >= from && at < to + recoveryMs,
    );
  const shared = calls.filter(isShared);
  const cutOff = new Set(shared.map(({ address }) => address)).size;
  const allowed = limit.calls + cutOff * Math.max(1, Math.floor(limit.calls / replicas));
  const booked = calls.length - shared.length;
  return { calls, allowed, excess: Math.max(booked - limit.calls, calls.length - allowed) };
}

function describeCalls(calls: readonly SeenCall[]): readonly string[] {
  const since = calls[0]?.at ?? 0;
  return calls.map(
    ({ at, isRead, address }) =>
      `${isRead ? 'read' : 'change'} from ${address} at ${(at - since).toFixed(1)} ms`,
  );
}
