import { expect, test } from 'vitest';
import { type AuditedEvent, judgeAudit } from '../../scripts/chaos/audit.ts';
import { createChange } from '../../scripts/chaos/changes.ts';
import type { NetworkOutage } from '../../scripts/chaos/databases.ts';
import { findWorstWindows, getAddress } from '../../scripts/chaos/limits.ts';
import type { SeenCall, SeenWrite } from '../../scripts/chaos/vendors.ts';
import { mutationKinds } from '../support/mutation-kinds.ts';

/* What a chaos run over a shared database judges in addition: five calls a second at Kaiten, and the audit log. */

const createCall = (at: number, isRead = false): SeenCall => ({
  bucket: 'kaiten',
  at,
  isRead,
  address: getAddress(isRead ? 1 : 0),
});

const judgeLimits = (
  calls: readonly SeenCall[],
  stallMs = 0,
  outages: readonly NetworkOutage[] = [],
) => {
  const windows = findWorstWindows({ calls, outages, replicas: 3, stallMs });
  return windows.map((window) => ({ ...window, isExceeded: window.excess.length > 0 }));
};

const five = [0, 10, 20, 30, 40].map((at) => createCall(at));

test.each([
  ['a sixth call after a whole second', 1_000, 0, false],
  ['a sixth call within a second', 990, 0, true],
  ['a sixth call within a second that was seen late', 990, 20, false],
  ['a sixth call that no stall explains', 900, 20, true],
])('%s', (_name, at, stallMs, isExceeded) => {
  expect(judgeLimits([...five, createCall(at)], stallMs)).toMatchObject([
    { allowed: 5, isExceeded },
  ]);
});

test.each([
  ['a read of a replica that is cut off is its share', 1, [500], false],
  ['a second read of it exceeds the share', 1, [500, 600], true],
  ['a read of another replica needs a turn', 2, [500], true],
])('%s', (_name, replica, reads, isExceeded) => {
  const calls = [...five, ...reads.map((at) => createCall(at, true))];
  expect(judgeLimits(calls, 0, [{ replica, from: 100, to: 200 }])).toMatchObject([{ isExceeded }]);
});

const [kind] = mutationKinds;
if (kind === undefined) throw new Error('expected a mutation');
const change = createChange(kind, 1);

const createEvent = (at: number, outcome: AuditedEvent['outcome'], request = 'r1') => ({
  at,
  event: outcome === null ? ('started' as const) : ('finished' as const),
  request,
  mutation: change.mutation,
  ids: change.input,
  outcome,
  error: null,
});

const createWrite = (at: number, madeAt: number | null): SeenWrite => ({
  method: 'POST',
  membership: change.membership,
  at,
  madeAt,
  refusedAt: null,
});

test.each([
  [
    'the events of a change that was made',
    [createEvent(0, null), createEvent(900, 'APPLIED')],
    [createWrite(300, 400)],
  ],
  ['no end, because the process was killed', [createEvent(0, null)], [createWrite(300, 400)]],
  [
    'a rejection while another request sent it',
    [createEvent(0, null), createEvent(10, null, 'r2'), createEvent(900, 'NOT_APPLIED')],
    [createWrite(300, 400)],
  ],
])('%s are no contradiction', (_name, events, writes) => {
  expect(judgeAudit(change, events, writes)).toEqual([]);
});

test.each([
  ['a write without a start before it', [createEvent(900, null)], [createWrite(300, 400)]],
  ['APPLIED that was not made', [createEvent(0, null), createEvent(900, 'APPLIED')], []],
  [
    'APPLIED before it was made',
    [createEvent(0, null), createEvent(900, 'APPLIED')],
    [createWrite(300, 2_000)],
  ],
  [
    'NOT_APPLIED of the request that made it',
    [createEvent(0, null), createEvent(900, 'NOT_APPLIED')],
    [createWrite(300, 400)],
  ],
])('%s is a contradiction', (_name, events, writes) => {
  expect(judgeAudit(change, events, writes)).toHaveLength(1);
});
