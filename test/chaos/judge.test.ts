import { expect, test } from 'vitest';
import type { Attempt, ChangeResult } from '../../scripts/chaos/answer.ts';
import { createChange } from '../../scripts/chaos/changes.ts';
import { judgeChange } from '../../scripts/chaos/judge.ts';
import type { Replica } from '../../scripts/chaos/replica.ts';
import type { SeenWrite } from '../../scripts/chaos/vendors.ts';
import { mutationKinds } from '../support/mutation-kinds.ts';

const [kind] = mutationKinds;
if (kind === undefined) throw new Error('expected a mutation');
const change = createChange(kind, 1);

function createAttempt(
  sentAt: number,
  answeredAt: number | null,
  result: Partial<ChangeResult> | null,
  endedAt: number | null = null,
): Attempt {
  const replica = { endedAt } as Replica;
  return { replica, sentAt, answeredAt, result: result as ChangeResult | null, unexpected: null };
}

function createPost(at: number, made: Partial<SeenWrite> = {}): SeenWrite {
  const { membership } = change;
  return { method: 'POST', membership, at, madeAt: null, refusedAt: null, ...made };
}

const applied = { outcome: 'APPLIED' } as const;
const notApplied = { outcome: 'NOT_APPLIED' } as const;
const notStarted = { ...notApplied, reason: 'NOT_STARTED' };

const judge = (attempts: readonly Attempt[], writes: readonly SeenWrite[], hasEnd = true) =>
  Object.entries(
    judgeChange(
      { change, attempts: [...attempts], end: hasEnd ? (attempts.at(-1)?.result ?? null) : null },
      writes,
    ),
  )
    .filter(([, violations]) => violations.length > 0)
    .map(([name]) => name);

test.each([
  ['a change that was made once', [createAttempt(0, 9, applied)], [createPost(1, { madeAt: 2 })]],
  [
    'a POST after one that was refused',
    [createAttempt(0, 9, notApplied), createAttempt(10, 19, applied)],
    [createPost(1, { refusedAt: 2 }), createPost(11, { madeAt: 12 })],
  ],
  [
    'a request that sent nothing after one that made it',
    [
      createAttempt(0, null, null, 5),
      createAttempt(10, 19, notStarted),
      createAttempt(20, 29, applied),
    ],
    [createPost(1, { madeAt: 2 })],
  ],
  [
    'a request that sent nothing while another one made it',
    [createAttempt(0, 30, notStarted), createAttempt(10, 19, applied)],
    [createPost(11, { madeAt: 12 })],
  ],
  [
    'a rejection while a frozen process had another request for it',
    [
      createAttempt(0, null, null),
      createAttempt(10, 19, notApplied),
      createAttempt(30, 39, applied),
    ],
    [createPost(25, { madeAt: 26 })],
  ],
])('%s is no violation', (_name, attempts, writes) => {
  expect(judge(attempts, writes)).toEqual([]);
});

test.each([
  [
    'a POST after one that may have been made',
    'doublePosts',
    [createAttempt(0, 9, applied)],
    [createPost(1), createPost(3, { madeAt: 4 })],
  ],
  [
    'a POST after one whose refusal came later',
    'doublePosts',
    [createAttempt(0, 9, applied)],
    [createPost(1, { refusedAt: 4 }), createPost(3, { madeAt: 4 })],
  ],
  ['APPLIED without a change', 'lies', [createAttempt(0, 9, applied)], [createPost(1)]],
  [
    'APPLIED before the change',
    'lies',
    [createAttempt(0, 9, applied)],
    [createPost(1, { madeAt: 10 })],
  ],
  [
    'NOT_APPLIED with a change that is made later',
    'lies',
    [createAttempt(0, 9, notApplied)],
    [createPost(1, { madeAt: 20 })],
  ],
  [
    'NOT_APPLIED after a change that an earlier request made',
    'lies',
    [createAttempt(0, null, null, 5), createAttempt(10, 19, notApplied)],
    [createPost(1, { madeAt: 2 })],
  ],
  [
    'NOT_STARTED for a request that was sent',
    'lies',
    [createAttempt(0, 9, notStarted)],
    [createPost(1, { madeAt: 2 })],
  ],
  [
    'NOT_APPLIED for a request that is sent afterwards',
    'lies',
    [createAttempt(0, 9, notApplied)],
    [createPost(15)],
  ],
  [
    'an unexpected problem',
    'stuck',
    [createAttempt(0, 9, { ...notApplied, problem: 'OTHER_INPUT' })],
    [],
  ],
] as const)('%s is a violation', (_name, violation, attempts, writes) => {
  expect(judge(attempts, writes)).toEqual([violation]);
});

test('a change without an end is stuck', () => {
  expect(judge([createAttempt(0, null, null)], [], false)).toEqual(['stuck']);
});
