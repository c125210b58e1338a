import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decideClaim, type StoredChange } from '../../src/state/decide-claim.ts';
import type { Claim, Claimed, KeyedChange, Ledger, StoredEnd } from '../../src/state/ledger.ts';

/** A database that the rules are tested over. */
export interface TestDatabase extends AsyncDisposable {
  /** One for each process that has it open. */
  readonly ledgers: readonly Ledger[];
  /** Ends a process that has the database open, as a crash does, and opens it in another, which takes its place. */
  replace(position?: number): Promise<Ledger>;
}

const applied: StoredEnd = { outcome: 'APPLIED', confirmedBy: 'READ_BACK', result: '{"id":"7"}' };
const refused: StoredEnd = { outcome: 'NOT_APPLIED', confirmedBy: null, result: '{"name":"x"}' };
const unknown: StoredEnd = { outcome: 'UNKNOWN', confirmedBy: null, result: '{"name":"y"}' };
const fault: StoredEnd = { outcome: 'NOT_APPLIED', confirmedBy: null, result: null };

function createChange(more: Partial<KeyedChange> = {}): KeyedChange {
  return { scope: 'leaveGroup service:hr', key: 'k1', fingerprint: 'f1', ...more };
}

function getClaimed(claim: Claim): Claimed {
  if (claim.kind !== 'begin' && claim.kind !== 'settleAgain') throw new Error(claim.kind);
  return claim.claimed;
}

/** Tests the rules that every ledger keeps. */
export function describeLedger(name: string, open: () => Promise<TestDatabase>): void {
  describe(name, () => {
    let database: TestDatabase;
    let ledger: Ledger;
    beforeEach(async () => {
      database = await open();
      ledger = database.ledgers[0] as Ledger;
    });
    afterEach(() => database[Symbol.asyncDispose]());

    /** Claims a change, records its intent where it is sent, and its end where it has one. */
    async function make(end: StoredEnd | null, isSent = true): Promise<Claimed> {
      const claimed = getClaimed(await ledger.claim(createChange(), null));
      if (isSent) expect(await ledger.recordIntent(claimed)).toBe(true);
      if (end !== null) expect(await ledger.recordEnd(claimed, end)).toBe(true);
      return claimed;
    }

    test('a key that is new begins its change', async () => {
      expect(await ledger.claim(createChange(), null)).toMatchObject({ kind: 'begin' });
    });

    test.each([
      ['a new key', 'begin', null],
      ['a key whose change was refused', 'begin', refused],
      ['a key whose change is unknown', 'settleAgain', unknown],
    ])(
      'of any number of claims of %s at the same time exactly one gets it',
      async (_key, kind, end) => {
        if (end !== null) await make(end);
        const { ledgers } = database;
        const claims = await Promise.all(
          Array.from({ length: 50 }, (_, turn) =>
            (ledgers[turn % ledgers.length] as Ledger).claim(createChange(), null),
          ),
        );
        const kinds = claims.map((claim) => claim.kind);
        expect(kinds.filter((one) => one === kind)).toHaveLength(1);
        expect(kinds.filter((one) => one === 'inProgress')).toHaveLength(49);
      },
    );

    test('the same key of another caller or another mutation is another change', async () => {
      await make(applied);
      const other = createChange({ scope: 'leaveGroup service:it', fingerprint: 'f2' });
      expect(await ledger.claim(other, null)).toMatchObject({ kind: 'begin' });
    });

    test.each([
      ['in progress', null],
      ['applied', applied],
      ['refused', refused],
      ['unknown', unknown],
    ])('the same key with other input is told so: %s', async (_state, end) => {
      await make(end);
      const other = createChange({ fingerprint: 'f2' });
      expect(await ledger.claim(other, null)).toEqual({ kind: 'otherInput' });
    });

    test('what is applied stays applied, with its result', async () => {
      await make(applied);
      const ended = { kind: 'ended', end: applied };
      expect(await ledger.claim(createChange(), null)).toEqual(ended);
      ledger = await database.replace();
      expect(await ledger.claim(createChange(), null)).toEqual(ended);
    });

    test('what was surely not applied begins again', async () => {
      await make(refused);
      expect(await ledger.claim(createChange(), null)).toMatchObject({ kind: 'begin' });
    });

    test('what is unknown is settled again, however often, from its first intent on', async () => {
      await make(unknown);
      const first = await ledger.claim(createChange(), null);
      expect(first).toMatchObject({ kind: 'settleAgain', ageMs: expect.any(Number) });
      const { ageMs } = first as { ageMs: number };
      expect(ageMs).toBeLessThan(60_000);
      await ledger.recordIntent(getClaimed(first));
      await ledger.recordEnd(getClaimed(first), unknown);
      const second = await ledger.claim(createChange(), null);
      expect(second).toMatchObject({ kind: 'settleAgain' });
      expect((second as { ageMs: number }).ageMs).toBeGreaterThanOrEqual(ageMs);
    });

    test('a request that waited for a run gets its end, even a rejection', async () => {
      const claimed = await make(null);
      const waiting = await ledger.claim(createChange(), null);
      expect(waiting).toEqual({ kind: 'inProgress', fence: claimed.fence });
      await ledger.recordEnd(claimed, refused);
      expect(await ledger.claim(createChange(), claimed.fence)).toEqual({
        kind: 'ended',
        end: refused,
      });
    });

    test('a request that waited for a run without a result begins the change again', async () => {
      const claimed = await make(fault);
      expect(await ledger.claim(createChange(), claimed.fence)).toMatchObject({ kind: 'begin' });
    });

    test('a change that a dead process claimed and did not send begins again', async () => {
      await make(null, false);
      ledger = await database.replace();
      expect(await ledger.claim(createChange(), null)).toMatchObject({ kind: 'begin' });
    });

    test('a change that a dead process may have sent is settled again', async () => {
      await make(null);
      ledger = await database.replace();
      const claim = await ledger.claim(createChange(), null);
      expect(claim).toMatchObject({ kind: 'settleAgain', ageMs: expect.any(Number) });
      expect(await ledger.claim(createChange(), null)).toMatchObject({ kind: 'inProgress' });
    });

    test('a run whose change was claimed by another sends nothing and ends nothing', async () => {
      const first = await make(null);
      ledger = await database.replace();
      const second = getClaimed(await ledger.claim(createChange(), null));
      expect(await ledger.recordIntent(first)).toBe(false);
      expect(await ledger.recordEnd(first, refused)).toBe(false);
      expect(await ledger.recordEnd(second, applied)).toBe(true);
      expect(await ledger.recordEnd(second, unknown)).toBe(false);
      expect(await ledger.claim(createChange(), null)).toEqual({ kind: 'ended', end: applied });
    });

    test('the secret is made once and kept', async () => {
      const secret = await ledger.readSecret();
      expect(secret).toHaveLength(32);
      expect(await ledger.readSecret()).toEqual(secret);
      ledger = await database.replace();
      expect(await ledger.readSecret()).toEqual(secret);
    });

    test('deletes what has ended before a time, and never what is in progress', async () => {
      await make(applied);
      const open = createChange({ key: 'k2' });
      await ledger.recordIntent(getClaimed(await ledger.claim(open, null)));
      await ledger.deleteEnded(60_000);
      expect(await ledger.claim(createChange(), null)).toMatchObject({ kind: 'ended' });
      await ledger.deleteEnded(-60_000);
      expect(await ledger.claim(createChange(), null)).toMatchObject({ kind: 'begin' });
      expect(await ledger.claim(open, null)).toMatchObject({ kind: 'inProgress' });
    });

    test('agrees with the rule for every order of claims, intents, ends and deaths', async () => {
      const by = fc.nat({ max: database.ledgers.length - 1 });
      const step = fc.oneof(
        fc.record({
          kind: fc.constant('claim' as const),
          by,
          fingerprint: fc.constantFrom('f1', 'f2'),
        }),
        fc.record({ kind: fc.constant('intent' as const) }),
        fc.record({
          kind: fc.constant('end' as const),
          end: fc.constantFrom(applied, refused, unknown, fault),
        }),
        fc.record({ kind: fc.constant('death' as const), by }),
      );
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          run += 1;
          const key = `p${run}`;
          let stored: StoredChange | null = null as StoredChange | null;
          let held: { readonly by: number; readonly claimed: Claimed } | null = null;
          for (const one of steps) {
            if (one.kind === 'claim') {
              const { fingerprint } = one;
              const claimant = database.ledgers[one.by] as Ledger;
              const claim = await claimant.claim(createChange({ key, fingerprint }), null);
              expect(claim.kind).toBe(decideClaim(stored, fingerprint, null));
              if (claim.kind !== 'begin' && claim.kind !== 'settleAgain') continue;
              const { claimed } = claim;
              held = { by: one.by, claimed };
              const state = claim.kind === 'begin' ? 'claimed' : 'sending';
              stored = { fingerprint, state, fence: claimed.fence, isOwnerAlive: true, end: null };
            } else if (one.kind === 'death') {
              await database.replace(one.by);
              if (held?.by !== one.by) continue;
              held = null;
              if (stored !== null && stored.end === null)
                stored = { ...stored, isOwnerAlive: false };
            } else if (held !== null && stored !== null) {
              const isOpen = stored.end === null;
              const holder = database.ledgers[held.by] as Ledger;
              if (one.kind === 'intent') {
                expect(await holder.recordIntent(held.claimed)).toBe(isOpen);
                if (isOpen) stored = { ...stored, state: 'sending' };
              } else {
                expect(await holder.recordEnd(held.claimed, one.end)).toBe(isOpen);
                if (isOpen) stored = { ...stored, state: 'ended', end: one.end };
              }
            }
          }
        }),
        { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 30) },
      );
    }, 60_000);
  });
}
