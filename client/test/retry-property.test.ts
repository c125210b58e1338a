import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testGateway, testGatewayWithState } from '../../test/support/gateway.ts';
import { createDatabaseFolder } from '../../test/support/keyed.ts';
import { faults, lost, made, over, own, startWorld, type World } from '../../test/support/world.ts';
import { type Gateway, GatewayError } from '../src/index.ts';
import { calls } from './calls.ts';
import { type FaultyLink, type LinkFault, startFaultyLink } from './faulty-link.ts';
import { credentials } from './support.ts';

// Without waits between attempts, so that many sequences can be tried.
vi.mock('../src/abort.ts', async (original) => ({
  ...(await original<typeof import('../src/abort.ts')>()),
  sleep: () => Promise.resolve(),
}));

const stack = new AsyncDisposableStack();
let world: World;
let links: Readonly<Record<'keys' | 'noKeys', FaultyLink>>;
/** How many of the next reads fail. */
let failingReads = 0;
let writeFaults: (keyof typeof writes)[] = [];

/** What the vendor does with a POST in place of a proper answer; a 500 opens no circuit. */
const writes = {
  made: made(own(500)),
  lost: lost(own(500)),
  garbled: made(faults.page),
  refused: lost(own(403)),
};

beforeAll(async () => {
  const folder = stack.use(await createDatabaseFolder());
  world = stack.use(await startWorld(true));
  const { answer } = world.vendor;
  world.vendor.answer = (response, call) => {
    const isRead = call.method === 'GET';
    if (isRead && failingReads > 0) {
      failingReads -= 1;
      return own(500)(response);
    }
    const name = isRead ? undefined : writeFaults.shift();
    if (name === undefined) return (answer as (...given: unknown[]) => void)(response, call);
    failingReads = name === 'made' || name === 'lost' ? 4 : 0;
    if (writes[name].isMade) world.isMember = false;
    writes[name].fault(response);
  };
  const env = { ...over(world) };
  const withKeys = stack.use(await testGatewayWithState({ ...env, DATABASE_URL: folder.url }));
  const without = stack.use(testGateway({ ...env, DATABASE_URL: 'off' }));
  links = {
    keys: stack.use(await startFaultyLink(withKeys)),
    noKeys: stack.use(await startFaultyLink(without)),
  };
});
afterAll(() => stack.disposeAsync());

const linkFault = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<LinkFault>(
      'requestLost',
      'responseLost',
      'responseLost',
      { status: 429 },
      { status: 502 },
      { status: 401 },
    ),
  },
);
const writeFault = fc.constantFrom(...(Object.keys(writes) as (keyof typeof writes)[]));
/** Mostly the first value, which is the usual one. */
const mostly = <T>(usual: T, other: T) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constant(other) },
  );
const inputs = fc.record({
  place: mostly<keyof typeof links>('keys', 'noKeys'),
  linkFaults: fc.array(linkFault, { maxLength: 4 }),
  faults: fc.array(writeFault, { maxLength: 3 }),
  isOwnKey: mostly(false, true),
  idempotencyKeys: mostly(true, false),
  retry: mostly<Gateway['retry']>(undefined, false),
});

test('whatever fails, the vendor makes a POST once at most, sees none again that was not refused, and the outcome is no lie', async () => {
  let turn = 0;
  const tally = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(inputs, async ({ place, linkFaults, isOwnKey, ...options }) => {
      turn += 1;
      const link = links[place];
      link.faults = [...linkFaults];
      writeFaults = [...options.faults];
      world.isMember = true;
      failingReads = 0;
      const before = world.writes().length;
      const { idempotencyKeys, retry } = options;
      const gateway = { endpoint: link.endpoint, credentials, idempotencyKeys, retry };
      const { outcome } = await calls
        .leaveGroup(gateway, { idempotencyKey: isOwnKey ? `own-${turn}` : null })
        .catch((error: unknown) => {
          if (error instanceof GatewayError) return error;
          throw error;
        });
      tally.set(outcome ?? '', (tally.get(outcome ?? '') ?? 0) + 1);
      // Each POST up to the first that was not refused; no other may follow.
      const refused = options.faults.findIndex((name) => name !== 'refused');
      const most = (refused === -1 ? options.faults.length : refused) + 1;
      expect(world.writes().length - before).toBeLessThanOrEqual(most);
      if (outcome === 'APPLIED') expect(world.isMember).toBe(false);
      if (outcome === 'NOT_APPLIED') expect(world.isMember).toBe(true);
    }),
    { numRuns: 60 },
  );
  // Each outcome occurs, so that the rule is about cases that exist.
  for (const outcome of ['APPLIED', 'NOT_APPLIED', 'UNKNOWN']) {
    expect(tally.get(outcome) ?? 0, outcome).toBeGreaterThan(3);
  }
}, 60_000);
