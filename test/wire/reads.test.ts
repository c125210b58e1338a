import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { test } from 'vitest';
import { type Change, changes, ids } from '../support/changes.ts';
import { testGateway } from '../support/gateway.ts';
import { WireCase } from '../support/wire/case.ts';
import { faultyReadPlans, type Plan, readPlans } from '../support/wire/plan.ts';
import { expectNoFaults, type RunResult, runAll, timeoutMs } from '../support/wire/runs.ts';
import { startWireVendor, type WireVendor } from '../support/wire/vendor.ts';
import { over } from '../support/world.ts';

const env = { VENDOR_TIMEOUT_MS: '1000', FIELD_TIMEOUT_MS: '2500' };

/** A read of one vendor. */
interface Read {
  readonly change: Change;
  readonly query: string;
}

/** A read of the list that shows the membership. */
interface ListRead extends Read {
  /** Returns what the list must show. */
  readonly truth: (isMember: boolean) => unknown;
}

const { attachStreamLeader, removeGroupUser, removeOrgMember, removeChatGroupMember } = changes;

const lists: readonly ListRead[] = [
  {
    change: attachStreamLeader,
    query: `{ list: stream(id: ${ids.streamId}) { leaders { leaderId } } }`,
    truth: (isMember) => ({
      leaders: [{ leaderId: '41' }, ...(isMember ? [{ leaderId: ids.leaderId }] : [])],
    }),
  },
  {
    change: removeGroupUser,
    query: `{ list: group(uid: "${ids.groupUid}") { users { nodes { userId } } } }`,
    truth: (isMember) => ({
      users: { nodes: [{ userId: '500' }, ...(isMember ? [{ userId: ids.kaitenUserId }] : [])] },
    }),
  },
  {
    change: removeOrgMember,
    query: '{ list: organization { members { nodes { userId } } } }',
    truth: (isMember) => {
      const other = { userId: '0c3d5b7e-1111-4222-8333-444455556666' };
      return { members: { nodes: [other, ...(isMember ? [{ userId: ids.memberId }] : [])] } };
    },
  },
  {
    change: removeChatGroupMember,
    query: `{ list: chatGroup(id: "${ids.groupId}") { members { nodes { user { userId } } } } }`,
    truth: (isMember) => {
      const users = ['other', ...(isMember ? [ids.chatUserId] : [])];
      return { members: { nodes: users.map((userId) => ({ user: { userId } })) } };
    },
  },
];

const reads: readonly Read[] = [
  ...lists,
  ...[
    'stream(id: 7) { name }',
    'stream(id: 7) { members { memberId } }',
    'streams { nodes { name leaders { leaderId } } }',
    'person(id: 42) { name }',
    'memberships(email: "a@example.com") { streamsLed { name } }',
  ].map((query) => ({ change: attachStreamLeader, query: `{ ${query} }` })),
  ...[
    'group(uid: "g") { name }',
    'groups { nodes { name } }',
    'groupUser(id: 501) { fullName }',
    'memberships(email: "a@example.com") { groups { name } }',
  ].map((query) => ({ change: removeGroupUser, query: `{ ${query} }` })),
  ...[
    'organization { name }',
    `orgMember(id: "${ids.memberId}") { email }`,
    'memberships(email: "a@example.com") { organizations { name } }',
  ].map((query) => ({ change: removeOrgMember, query: `{ ${query} }` })),
  ...[
    'chatGroup(id: "r") { name }',
    'chatGroups { nodes { name } }',
    'memberships(email: "a@example.com") { chatGroups { name } }',
  ].map((query) => ({ change: removeChatGroupMember, query: `{ ${query} }` })),
];

/** A plan for one of the reads. */
interface Run<R extends Read> {
  readonly read: R;
  readonly plan: Plan;
}

const listRun: fc.Arbitrary<Run<ListRead>> = fc.record({
  read: fc.constantFrom(...lists),
  plan: readPlans,
});
const faultyRun: fc.Arbitrary<Run<Read>> = fc.record({
  read: fc.constantFrom(...reads),
  plan: faultyReadPlans,
});

/** The result of a read. */
interface Ended {
  readonly value: unknown;
  readonly isError: boolean;
  /** Whether the vendor itself said that something is not there. */
  readonly isAbsent: boolean;
  readonly story: string;
}

async function make(
  { read: { change, query }, plan }: Run<Read>,
  vendor: WireVendor,
): Promise<Ended> {
  const seen = new WireCase(change, plan);
  const headers = vendor.add(seen);
  await using gateway = testGateway(over(vendor, env));
  const { data, errors } = await gateway.sendText(query, headers);
  const messages = errors.map(({ message }) => message);
  const answer = `  answer: ${JSON.stringify({ data, errors: messages })}`;
  return {
    value: data['list'],
    isError: errors.length > 0,
    isAbsent: seen.reads.some(({ isAbsence }) => isAbsence),
    story: [query, seen.story, answer].join('\n'),
  };
}

test(
  'lists what the vendor’s own answers show, or reports an error',
  async () => {
    await using vendor = await startWireVendor();
    const makeOne = async (run: Run<ListRead>): Promise<RunResult> => {
      const { value, isError, isAbsent, story } = await make(run, vendor);
      const isTrue = isDeepStrictEqual(value, run.read.truth(run.plan.isMember));
      const isHonest = isError || isTrue || (isAbsent && value === null);
      return { faults: isHonest ? [] : ['a wrong list'], story };
    };
    await expectNoFaults(listRun, makeOne, await runAll(listRun, makeOne));
  },
  timeoutMs,
);

test(
  'reports an error, never null or an empty list, unless the vendor itself reports absence',
  async () => {
    await using vendor = await startWireVendor();
    const makeOne = async (run: Run<Read>): Promise<RunResult> => {
      const { isError, isAbsent, story } = await make(run, vendor);
      return {
        faults: isError || isAbsent ? [] : ['nothing there, though the vendor did not say so'],
        story,
      };
    };
    await expectNoFaults(faultyRun, makeOne, await runAll(faultyRun, makeOne));
  },
  timeoutMs,
);
