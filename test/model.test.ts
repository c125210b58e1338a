import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MembershipError } from '../src/errors.ts';
import { VendorClient } from '../src/http/client.ts';
import { Operation } from '../src/http/operation.ts';
import { connectSources } from '../src/vendors/index.ts';
import { allChanges, type Change, ids } from './support/changes.ts';
import { credentials } from './support/gateway.ts';
import { ModelVendor, type Plan, plans } from './support/model.ts';

const runs = 2_000;
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);
const log = pino({ level: 'silent' });

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});

afterAll(() => {
  vi.useRealTimers();
});

interface Ended {
  readonly vendor: ModelVendor;
  readonly outcome: string;
  readonly confirmedBy: string | null;
}

/** Makes a change over a vendor in memory, under a clock that jumps from event to event. */
async function make(change: Change, plan: Plan): Promise<Ended> {
  const vendor = new ModelVendor(change, plan);
  const client = new VendorClient(new URL('http://127.0.0.1'), 5_000, null, vendor.dispatcher);
  const clients = { wethod: client, kaiten: client, aerospike: client, rocketchat: client };
  const settings = { wethodVersion: '2024-06-15' };
  const sources = connectSources(clients, new Headers(credentials), settings, log);
  const operation = new Operation(20_000, 5_000, () => true);
  const { streamId, leaderId, groupUid, kaitenUserId, memberId, groupId } = ids;
  const calls: Record<string, () => Promise<{ confirmedBy: string }>> = {
    attachStreamLeader: () => sources.wethod.attachStreamLeader({ streamId, leaderId }, operation),
    detachStreamLeader: () => sources.wethod.detachStreamLeader({ streamId, leaderId }, operation),
    removeGroupUser: () =>
      sources.kaiten.removeGroupUser({ groupUid, userId: kaitenUserId }, operation),
    removeOrgMember: () => sources.aerospike.removeOrgMember({ userId: memberId }, operation),
    leaveGroup: () => sources.rocketchat.leaveGroup({ groupId }, operation),
  };
  const began = performance.now();
  let tookMs = Number.POSITIVE_INFINITY;
  const result = calls[change.name]?.().then(
    ({ confirmedBy }) => ({ outcome: 'APPLIED', confirmedBy }),
    (error: unknown) => {
      if (!(error instanceof MembershipError)) throw error;
      return { outcome: error.outcome as string, confirmedBy: null };
    },
  );
  const timed = result?.finally(() => {
    tookMs = performance.now() - began;
  });
  // Runs on past the answer, so that what the vendor makes late is made too.
  await vi.runAllTimersAsync();
  const ended = await timed;
  if (ended === undefined) throw new Error('no such change');
  expect(tookMs).toBeLessThanOrEqual(20_000);
  return { vendor, ...ended };
}

/** Whether a write may be made again after it met this: it was answered with a plain refusal for now. */
function isRefusedForNow({ seen }: ModelVendor, index: number): boolean {
  const fault = seen[index]?.fault;
  return fault?.kind === 'status' && fault.status === 429;
}

function expectNoPostTwice(change: Change, vendor: ModelVendor): void {
  expect(vendor.seen.length).toBeLessThanOrEqual(3);
  if (!change.isPost) return;
  for (let index = 0; index < vendor.seen.length - 1; index += 1) {
    expect(isRefusedForNow(vendor, index)).toBe(true);
  }
}

describe.each(allChanges)('$name against a model of its vendor', (change) => {
  test('with one writer: APPLIED was seen to hold, NOT_APPLIED was never made, UNKNOWN only where faults hid it', async () => {
    const counts = { APPLIED: 0, NOT_APPLIED: 0, UNKNOWN: 0 } as Record<string, number>;
    await fc.assert(
      fc.asyncProperty(plans(false), async (plan) => {
        const { vendor, outcome } = await make(change, plan);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        expectNoPostTwice(change, vendor);
        const met = vendor.seen.map(({ fault }) => fault);
        if (outcome === 'APPLIED') expect(vendor.hasHeld).toBe(true);
        if (outcome === 'NOT_APPLIED') expect(vendor.seen.some(({ isMade }) => isMade)).toBe(false);
        if (outcome === 'UNKNOWN') {
          const isHidden = (fault: (typeof met)[number]) =>
            fault.kind !== 'none' &&
            !(fault.kind === 'status' && [401, 403, 429].includes(fault.status));
          expect(met.some(isHidden)).toBe(true);
        }
      }),
      { numRuns: runs, seed },
    );
    const share = ((100 * (counts['UNKNOWN'] ?? 0)) / runs).toFixed(1);
    process.stdout.write(
      `${change.name}: ${JSON.stringify(counts)}, UNKNOWN ${share} %, seed ${seed}\n`,
    );
  }, 60_000);

  test('with others who write too: no POST twice, and no NOT_APPLIED for a write that was made', async () => {
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
