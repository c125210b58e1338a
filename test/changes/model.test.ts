import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CallBudget, TimeBudget } from '../../src/changes/time-budget.ts';
import { MembershipError, type MembershipVendor } from '../../src/errors.ts';
import { VendorClient } from '../../src/upstream/client.ts';
import type { VendorChange } from '../../src/vendors/core/change.ts';
import { createVendorRuntimes, RequestVendors, vendors } from '../../src/vendors/index.ts';
import { allChanges, type Change, ids } from '../support/changes.ts';
import { credentials } from '../support/gateway.ts';
import {
  ModelVendor,
  type Plan,
  plans,
  readBackRefusals,
  type SeenWrite,
  unreached,
} from '../support/model.ts';

/** How many plans are tried: `MODEL_RUNS`. */
const runs = Number(process.env['MODEL_RUNS'] ?? 100);
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);
const log = pino({ level: 'silent' });

/** The vendors' declarations of the changes, by name. */
const specs: Readonly<Record<string, unknown>> = Object.assign(
  {},
  ...Object.values(vendors).map((vendor) => vendor.changes),
);
type Spec = VendorChange<MembershipVendor, Record<string, string>, object>;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});

afterAll(() => {
  vi.useRealTimers();
});

const { streamId, leaderId, groupUid, kaitenUserId, memberId, groupId, chatUserId } = ids;
/** The inputs of the changes, by name. */
const inputs: Record<string, Record<string, string>> = {
  attachStreamLeader: { streamId, leaderId },
  detachStreamLeader: { streamId, leaderId },
  removeGroupUser: { groupUid, userId: kaitenUserId },
  removeOrgMember: { userId: memberId },
  removeChatGroupMember: { groupId, userId: chatUserId },
  leaveGroup: { groupId },
};

interface Ended {
  readonly vendor: ModelVendor;
  readonly outcome: string;
  readonly confirmedBy: string | null;
}

/** Makes a change over a vendor in memory, under a clock that jumps from event to event. */
async function make(change: Change, plan: Plan): Promise<Ended> {
  const vendor = new ModelVendor(change, plan);
  const client = new VendorClient(
    new URL('http://127.0.0.1'),
    { concurrency: 1, queueLength: 1 },
    null,
    undefined,
    vendor.dispatcher,
  );
  const clients = { wethod: client, kaiten: client, aerospike: client, rocketchat: client };
  const runtimes = createVendorRuntimes(clients, { apiVersions: { wethod: '2024-06-15' } });
  const headers = new Headers(credentials);
  const request = {
    callerKey: 'ada',
    credentialHeaders: () => headers,
    log: () => log,
    incoming: { requestId: 'r', caller: { name: null, id: null } },
    audit: null,
    keyed: null,
  };
  const requestVendors = new RequestVendors(runtimes, request);
  const bounds = {
    callMs: 5_000,
    callsAhead: 2,
    signal: null,
    isWanted: () => true,
    mayBegin: () => true,
    calls: new CallBudget(Number.POSITIVE_INFINITY),
  } as const;
  const budget = new TimeBudget(bounds, performance.now() + 20_000);
  const began = performance.now();
  let tookMs = Number.POSITIVE_INFINITY;
  const result = requestVendors
    .change(specs[change.name] as Spec, inputs[change.name] ?? {}, budget)
    .then(
      ({ confirmedBy }) => ({ outcome: 'APPLIED', confirmedBy }),
      (error: unknown) => {
        if (!(error instanceof MembershipError)) throw error;
        return { outcome: error.outcome as string, confirmedBy: null };
      },
    );
  const timed = result.finally(() => {
    tookMs = performance.now() - began;
  });
  // Runs on past the answer, so that what the vendor makes late is made too.
  await vi.runAllTimersAsync();
  const ended = await timed;
  expect(tookMs).toBeLessThanOrEqual(20_000);
  return { vendor, ...ended };
}

const isOwn5xx = ({ fault }: SeenWrite) =>
  fault.kind === 'status' && fault.isOwn && [500, 501, 503].includes(fault.status);
const isStatus = ({ fault }: SeenWrite, ...statuses: number[]) =>
  fault.kind === 'status' && statuses.includes(fault.status);

/** Whether nothing can have come of a write: refused for now, or not passed on. */
const isNothing = (write: SeenWrite) => isStatus(write, 429, ...unreached);

/** Whether a write has ended, and only the list can show whether it was made. */
function isSettledByList(change: Change, write: SeenWrite): boolean {
  const { fault } = write;
  if (fault.kind === 'hookFailed') return change.vendor === 'ROCKETCHAT';
  return fault.kind === 'status' && !fault.isOwn && readBackRefusals.includes(fault.status);
}

/**
 * What hid the truth from the answer, the repeat and the read-back of a call that ended in UNKNOWN;
 * null where nothing did. With one writer, and without the gateway's own rules in the way.
 */
function whyUnknown(change: Change, { seen, reads, attempts }: ModelVendor): string | null {
  const last = seen.at(-1);
  if (last === undefined) return null;
  if (!change.isPost && mayBeRepeated(last) && attempts < 3) return null;
  const looks = reads.filter(({ writes }) => writes === seen.length);
  // The time of a change always has room for its read-back.
  if (looks.length === 0) return null;
  if (looks.some(({ fault }) => fault !== 'none')) return 'the list could not be read';
  if (looks.every(({ isInPlace }) => isInPlace)) return null;
  const open = seen.filter((write) => !isNothing(write));
  const isSettled =
    open.every(isOwn5xx) ||
    (open.length === 1 && open.every((one) => isSettledByList(change, one)));
  return isSettled ? null : 'the vendor may still be at it';
}

/** Whether a removal that met this had time left to be sent again. */
function mayBeRepeated(write: SeenWrite): boolean {
  const { fault, endedAt } = write;
  const is5xx = fault.kind === 'status' && fault.status >= 500;
  const isLost = fault.kind === 'lost' || fault.kind === 'cut' || fault.kind === 'hang';
  const waitMs = is5xx ? (fault.retryAfter ?? 0) * 1_000 : 0;
  return (is5xx || isLost) && endedAt + waitMs + 1_500 + 2 * 5_000 <= 20_000;
}

/** Whether a write that met this may be made again. */
function mayBeFollowed({ isPost }: Change, { fault }: SeenWrite): boolean {
  if (fault.kind !== 'status') return !isPost && ['lost', 'cut', 'hang'].includes(fault.kind);
  if (fault.status === 429) return fault.retryAfter !== null;
  return !isPost && fault.status >= 500;
}

function expectNoPostTwice(change: Change, { seen }: ModelVendor): void {
  expect(seen.length).toBeLessThanOrEqual(3);
  for (const write of seen.slice(0, -1)) expect(mayBeFollowed(change, write)).toBe(true);
}

describe.each(allChanges)('$name against a model of its vendor', (change) => {
  test('reports APPLIED only if the change holds, NOT_APPLIED only if it was not made, and UNKNOWN only if faults hide it', async () => {
    const counts = { APPLIED: 0, NOT_APPLIED: 0, UNKNOWN: 0 } as Record<string, number>;
    await fc.assert(
      fc.asyncProperty(plans(false), async (plan) => {
        const { vendor, outcome } = await make(change, plan);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        expectNoPostTwice(change, vendor);
        if (outcome === 'APPLIED') expect(vendor.hasHeld).toBe(true);
        if (outcome === 'NOT_APPLIED') expect(vendor.seen.some(({ isMade }) => isMade)).toBe(false);
        if (outcome === 'UNKNOWN') expect(whyUnknown(change, vendor)).not.toBe(null);
      }),
      { numRuns: runs, seed },
    );
    const share = ((100 * (counts['UNKNOWN'] ?? 0)) / runs).toFixed(1);
    process.stdout.write(
      `${change.name}: ${JSON.stringify(counts)}, UNKNOWN ${share} %, seed ${seed}\n`,
    );
  }, 60_000);

  test('sends no POST twice, and reports no write that was made as NOT_APPLIED, while others write too', async () => {
    await fc.assert(
      fc.asyncProperty(plans(true), async (plan) => {
        const { vendor, outcome } = await make(change, plan);
        expectNoPostTwice(change, vendor);
        if (outcome === 'NOT_APPLIED') expect(vendor.seen.some(({ isMade }) => isMade)).toBe(false);
      }),
      { numRuns: runs, seed },
    );
  }, 60_000);
});
