import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AuditEvent,
  type AuditEvents,
  InvalidCursorError,
  type StoredAuditEvent,
} from '../../src/state/audit-events.ts';
import type { Claim, Claimed, Ledger, StoredEnd } from '../../src/state/ledger.ts';

/** A ledger with the audit log in the same database. */
export type AuditedLedger = Ledger & { readonly audit: AuditEvents };

/** A database that the rules are tested over. */
export interface AuditedDatabase extends AsyncDisposable {
  readonly ledger: AuditedLedger;
  /** Ends the process that has the database open, as a crash does, and opens it in another. */
  replace(): Promise<AuditedLedger>;
}

const change = {
  requestId: 'request-1',
  caller: 'hr',
  vendor: 'KAITEN',
  mutation: 'removeGroupUser',
  ids: { groupUid: 'g', userId: '501' },
} as const;
const started = { event: 'started', ...change } as const satisfies AuditEvent;
const end = {
  outcome: 'APPLIED',
  confirmedBy: 'VENDOR_RESPONSE',
  error: null,
  vendorStatus: 200,
  vendorRequestId: 'vendor-1',
} as const;
const finished = {
  event: 'finished',
  ...change,
  ...end,
  durationMs: 34,
} as const satisfies AuditEvent;
const applied: StoredEnd = { outcome: 'APPLIED', confirmedBy: 'READ_BACK', result: '{}' };

/**
 * Reads all events, page by page, up to one that is added for this and left out. A shared database returns an event as soon as
 * no older transaction is in progress, in any of its server's databases.
 */
export async function readAll(audit: AuditEvents, pageSize = 7): Promise<StoredAuditEvent[]> {
  const marker = `marker-${randomUUID()}`;
  await audit.append({ ...started, requestId: marker });
  const events: StoredAuditEvent[] = [];
  await vi.waitUntil(
    async () => {
      events.push(...(await audit.read(events.at(-1)?.cursor ?? null, pageSize)));
      return getRequestId(events.at(-1)) === marker;
    },
    { timeout: 15_000, interval: 2 },
  );
  return events.filter((event) => !getRequestId(event).startsWith('marker-'));
}

/** Returns the id of an event's request; empty for an event without one. */
export function getRequestId(event: StoredAuditEvent | undefined): string {
  return event !== undefined && 'requestId' in event ? event.requestId : '';
}

function getClaimed(claim: Claim): Claimed {
  if (!('claimed' in claim)) throw new Error(claim.kind);
  return claim.claimed;
}

/** Tests the rules that the audit log keeps in every database. */
export function describeAuditEvents(name: string, open: () => Promise<AuditedDatabase>): void {
  describe(name, () => {
    let database: AuditedDatabase;
    let ledger: AuditedLedger;
    beforeEach(async () => {
      database = await open();
      ledger = database.ledger;
    });
    afterEach(() => database[Symbol.asyncDispose]());

    const readNames = async () => (await readAll(ledger.audit)).map(({ event }) => event);
    const claim = async () =>
      getClaimed(await ledger.claim({ scope: 's', key: 'k', fingerprint: 'f' }, null));

    test('events are read as they were written, with the time and the replica', async () => {
      await ledger.audit.open();
      await ledger.audit.append(started);
      await ledger.audit.append({ ...finished, caller: null });
      const common = {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
        replica: expect.stringMatching(/./),
        cursor: expect.stringMatching(/^[\w-]+$/),
      };
      expect(await readAll(ledger.audit)).toEqual([
        { ...common, event: 'opened' },
        { ...common, ...started },
        { ...common, ...finished, caller: null },
      ]);
    });

    test('texts that JSON of a database may reject are kept otherwise', async () => {
      const caller = 'a\0b\ud800c "quoted" \\u0000 \u2028 имя';
      await ledger.audit.append({ ...started, caller });
      const [event] = await readAll(ledger.audit);
      const text = (event as { caller: string }).caller.replaceAll(/[\0\ud800\ufffd]/g, '?');
      expect(text).toBe('a?b?c "quoted" \\u0000 \u2028 имя');
    });

    test('a reader that follows the cursor gets each event once, also of another process', async () => {
      const count = 100;
      const append = (audit: AuditEvents, from: number) =>
        Promise.all(
          Array.from({ length: count }, (_, index) =>
            audit.append({ ...started, requestId: String(from + index) }),
          ),
        );
      await append(ledger.audit, 0);
      const first = await readAll(ledger.audit, 9);
      ledger = await database.replace();
      await append(ledger.audit, count);
      const all = await readAll(ledger.audit, 1_000);
      const rest = all.slice(first.length);
      expect(all.slice(0, first.length)).toEqual(first);
      const read = await ledger.audit.read(first.at(-1)?.cursor ?? null, 1_000);
      expect(read.filter((event) => !getRequestId(event).startsWith('marker-'))).toEqual(rest);
      const ids = all.map((event) => Number(getRequestId(event)));
      expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2 * count }, (_, i) => i));
    });

    test.each(['x', '-1', '1-2', '1e3', '', "0' or '1", '9'.repeat(30), `1-${'9'.repeat(20)}-1`])(
      'a cursor that is none is rejected: %j',
      async (cursor) => {
        await expect(ledger.audit.read(cursor, 1)).rejects.toThrow(InvalidCursorError);
      },
    );

    test('the start is written with the intent, and the end with the end', async () => {
      const claimed = await claim();
      expect(await readNames()).toEqual([]);
      expect(await ledger.recordIntent(claimed, started)).toBe(true);
      expect(await readNames()).toEqual(['started']);
      expect(await ledger.recordEnd(claimed, applied, finished)).toBe(true);
      expect(await readNames()).toEqual(['started', 'finished']);
    });

    test('an end that is recorded again after a lost answer has one event', async () => {
      const claimed = await claim();
      await ledger.recordIntent(claimed, started);
      await ledger.recordEnd(claimed, applied, finished);
      expect(await ledger.recordEnd(claimed, applied, finished)).toBe(false);
      expect(await readNames()).toEqual(['started', 'finished']);
    });

    test('without an intent there is no start, and an end that counts for nothing is still an event', async () => {
      const claimed = await claim();
      await ledger.recordIntent(claimed, started);
      ledger = await database.replace();
      const second = await claim();
      expect(await ledger.recordIntent(claimed, started)).toBe(false);
      expect(await ledger.recordEnd(claimed, applied, finished)).toBe(false);
      expect(await ledger.recordEnd(second, applied, finished)).toBe(true);
      expect(await readNames()).toEqual(['started', 'finished', 'finished']);
    });

    test('a change that a killed process may have sent has a start without an end', async () => {
      await ledger.recordIntent(await claim(), started);
      await ledger.audit.append({ ...started, requestId: 'request-2' });
      ledger = await database.replace();
      expect(await readNames()).toEqual(['started', 'started']);
    });
  });
}
