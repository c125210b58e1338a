import { beforeEach, expect, test } from 'vitest';
import { nameCallers } from '../../support/callers.ts';
import { changes } from '../../support/changes.ts';
import { type TestGateway, testGatewayWithState } from '../../support/gateway.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';
import { countWorstWindow, startStrictVendor } from '../../support/strict-vendor.ts';

const { removeGroupUser: change } = changes;
const calls = 60;
const windowMs = 3_000;
const interactiveCallers = 64;
/** The calls that a background user has in flight at each replica. */
const hungryCalls = 10;

let url: string;
beforeEach(async () => {
  url = await createTestDatabase();
});

/** A replica over the shared database. */
async function startReplica(env: Readonly<Record<string, string>>): Promise<TestGateway> {
  return testGatewayWithState({ ...env, DATABASE_URL: url });
}

test.each([1, 3, 8])(
  'with %i replicas a strict vendor sees at most the limit in every window, and no replica or caller starves',
  async (replicas) => {
    await using vendor = await startStrictVendor(404);
    const people = Array.from({ length: interactiveCallers }, (_, index) => `person-${index}`);
    const hungry = Array.from({ length: replicas }, (_, index) => `hungry-${index}`);
    await using callers = await nameCallers(...people, ...hungry);
    const env = { KAITEN_URL: vendor.url, KAITEN_RATE_LIMIT: `${calls}/3`, ...callers.env };
    await using stack = new AsyncDisposableStack();
    const gateways: TestGateway[] = [];
    for (let index = 0; index < replicas; index += 1) {
      gateways.push(stack.use(await startReplica(env)));
    }
    // A vendor that is cold stamps its first calls too late.
    const warmUp = Array.from({ length: calls }, () => fetch(vendor.url));
    for (const response of await Promise.all(warmUp)) await response.text();
    let isOver = false;
    const made = new Map<string, number>();
    let longestMs = 0;
    const use = async (name: string, gateway: TestGateway, restMs: number) => {
      while (!isOver) {
        const began = performance.now();
        const result = await change.make(gateway, callers.as(name, 'one'));
        const isMade = (result as { __typename: string }).__typename === 'NotFoundError';
        // A background user may have to send a call again, and an interactive one never.
        if (restMs > 0) expect(isMade).toBe(true);
        if (!isMade) continue;
        made.set(name, (made.get(name) ?? 0) + 1);
        if (restMs === 0) continue;
        longestMs = Math.max(longestMs, performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, restMs * (0.5 + Math.random())));
      }
    };
    const pick = (index: number) => gateways[index % replicas] as TestGateway;
    const work = [
      ...people.map((name, index) => use(name, pick(index), 4_500)),
      ...hungry.flatMap((name, index) =>
        Array.from({ length: hungryCalls }, () => use(name, pick(index), 0)),
      ),
    ];
    const readArrivals = async () => (await vendor.arrivals()).slice(calls);
    const countArrivals = async () => (await readArrivals()).length;
    await expect.poll(countArrivals, { timeout: 20_000 }).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 3.2 * windowMs));
    isOver = true;
    await Promise.all(work);
    const arrivals = await readArrivals();
    const surelyMs = windowMs - (await vendor.longestStallMs());
    expect(countWorstWindow(arrivals, surelyMs)).toBeLessThanOrEqual(calls);
    const [first = 0] = arrivals;
    const steady = arrivals.filter((at) => at >= first + 3_000 && at < first + 9_000);
    // On a busy machine turns are late and lost. That 95 percent are used is tested with a simulated clock.
    expect(steady.length).toBeGreaterThanOrEqual(0.75 * 2 * calls);
    for (const name of [...people, ...hungry]) expect(made.get(name) ?? 0).toBeGreaterThan(0);
  },
  40_000,
);
