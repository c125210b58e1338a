import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import type { AuditEvents, StoredAuditEvent } from '../../src/state/audit-events.ts';
import type { Ledger } from '../../src/state/ledger.ts';
import { openState, type State } from '../../src/state/open.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { allChanges, changes, ids } from '../support/changes.ts';
import { credentials, type TestGateway, testGateway } from '../support/gateway.ts';
import { createKeyedRequest, type KeyedMutation, keyedMutations } from '../support/keyed.ts';
import { startProcess } from '../support/process.ts';
import { readMetric } from '../support/scrape.ts';
import { startVendor } from '../support/vendor.ts';
import { faults, over, startWorld, type World } from '../support/world.ts';

type Event = StoredAuditEvent & Readonly<Record<string, unknown>>;

/** A database for a test of the audit log. */
export interface AuditedTestDatabase extends AsyncDisposable {
  /** The value of `DATABASE_URL`. */
  readonly url: string;
  /** Whether replicas share it. */
  readonly isShared: boolean;
  /** Returns the events that are committed, in the order in which they were written. */
  list(state: State): Promise<readonly Event[]>;
}

const removal = keyedMutations.find(({ name }) => name === 'removeGroupUser') as KeyedMutation;
const leave = keyedMutations.find(({ name }) => name === 'leaveGroup') as KeyedMutation;
const brief = { VENDOR_TIMEOUT_MS: '500', FIELD_TIMEOUT_MS: '1200', REQUEST_TIMEOUT_MS: '10000' };
const stalled = () => new Promise<never>(() => {});
const failing = () => Promise.reject(new Error('disk I/O error'));

/** Tests the audit log in a database, through the gateway. */
export function describeAuditedDatabase(
  name: string,
  create: () => Promise<AuditedTestDatabase>,
): void {
  describe(name, () => {
    let database: AuditedTestDatabase;
    let state: State;
    let open: AsyncDisposable[] = [];
    beforeEach(async () => {
      database = await create();
    });
    afterEach(async () => {
      for (const one of open.toReversed()) await one[Symbol.asyncDispose]();
      open = [];
      await database[Symbol.asyncDispose]();
    });

    /** Starts a gateway whose database fails as told. */
    async function start(
      env: Record<string, string>,
      audit: (real: AuditEvents) => Partial<AuditEvents> = () => ({}),
      ledger: Partial<Ledger> = {},
    ): Promise<TestGateway> {
      const all = { AUDIT_LOG: 'database', DATABASE_URL: database.url, ...env };
      const opened = await openState(parseConfig(all), createLog({ write: () => {} }));
      if (opened === null) throw new Error('expected a database');
      state = opened;
      const replaced = { ...opened };
      Object.assign(replaced, {
        audit: override(opened.audit, audit(opened.audit)),
        ledger: override(opened.ledger, ledger),
      });
      const gateway = testGateway(all, undefined, undefined, replaced);
      open.push(gateway);
      return gateway;
    }

    async function startOver(
      starting: Promise<World>,
      env: Record<string, string> = {},
      audit?: (real: AuditEvents) => Partial<AuditEvents>,
      ledger?: Partial<Ledger>,
    ) {
      const world = await starting;
      open.push(world);
      return { world, gateway: await start(over(world, env), audit, ledger) };
    }

    async function send(gateway: TestGateway, mutation: KeyedMutation, key: string | null) {
      const { query, variables } = createKeyedRequest(mutation, key);
      const headers = { ...credentials, 'x-request-id': 'request-1' };
      const answer = await gateway.sendText(query, headers, { variables });
      expect(answer.errors).toEqual([]);
      return answer.data[mutation.name] as Readonly<Record<string, unknown>>;
    }

    const list = () => database.list(state);
    const names = async () => (await list()).map(({ event }) => event);

    describe.each([
      ['with a key', 'k1'],
      ['without a key', null],
    ])('a change %s', (_name, key) => {
      test.each(keyedMutations)(
        'has its start in the database before $name is sent, and its end before it is answered',
        async (mutation) => {
          const change = allChanges.find(({ name }) => name === mutation.name);
          let before: readonly string[] = [];
          const vendor = await startVendor((response) => {
            void names().then((found) => {
              before = found;
              const { status = 200, body } = change?.success ?? {};
              response.writeHead(status, { 'x-request-id': 'vendor-1' }).end(body);
            });
          });
          open.push(vendor);
          const gateway = await start(over(vendor));
          expect(await send(gateway, mutation, key)).toMatchObject({ outcome: 'APPLIED' });
          expect(before).toEqual(['opened', 'started']);
          const [, started, finished, ...more] = await list();
          const common = {
            replica: expect.stringMatching(/./),
            requestId: 'request-1',
            caller: null,
            vendor: change?.vendor,
            mutation: mutation.name,
            ids: mutation.input,
          };
          expect(started).toMatchObject({ ...common, event: 'started' });
          expect(finished).toMatchObject({
            ...common,
            event: 'finished',
            outcome: 'APPLIED',
            confirmedBy: 'VENDOR_RESPONSE',
            error: null,
            vendorStatus: change?.success.status,
            vendorRequestId: 'vendor-1',
            durationMs: expect.any(Number),
          });
          expect(more).toEqual([]);
        },
      );

      test('that the vendor refuses is finished with its error', async () => {
        const { gateway } = await startOver(
          startWorld(true, [{ isMade: false, fault: (response) => response.writeHead(403).end() }]),
        );
        await send(gateway, removal, key);
        expect((await list())[2]).toMatchObject({
          event: 'finished',
          outcome: 'NOT_APPLIED',
          error: 'PermissionDeniedError',
          vendorStatus: 403,
        });
      });

      test('that is rejected before it would be sent has no event', async () => {
        const { gateway, world } = await startOver(startWorld(true), {
          KAITEN_RATE_LIMIT: '1/3600',
        });
        await gateway.sendText('{ group(uid: "g") { name } }');
        expect(await send(gateway, removal, key)).toMatchObject({
          __typename: 'RateLimitedError',
        });
        expect(world.writes()).toEqual([]);
        expect(await names()).toEqual(['opened']);
      });

      test.each([
        ['fails', failing],
        ['stalls', stalled],
      ])('is not sent if the database %s', async (_how, fail) => {
        const { gateway, world } = await startOver(
          startWorld(true),
          brief,
          () => ({ append: fail }),
          { recordIntent: fail },
        );
        expect(await send(gateway, removal, key)).toMatchObject({
          __typename: 'VendorUnavailableError',
          outcome: 'NOT_APPLIED',
          retryable: true,
          message: expect.stringMatching(key === null ? /audit log cannot be written/ : /database/),
        });
        expect(world.vendor.calls).toEqual([]);
      });

      test('whose client leaves while its start is written is not sent, and finished', async () => {
        const abort = new AbortController();
        const { gateway, world } = await startOver(
          startWorld(true),
          {},
          (real) => ({
            append: async (event) => {
              abort.abort();
              await real.append(event);
            },
          }),
          {
            recordIntent: async (claimed, started) => {
              abort.abort();
              return state.ledger.recordIntent(claimed, started);
            },
          },
        );
        const { query, variables } = createKeyedRequest(removal, key);
        const init = { variables, signal: abort.signal };
        await expect(gateway.sendText(query, credentials, init)).rejects.toThrow();
        await vi.waitUntil(async () => (await names()).length === 3);
        expect((await list())[2]).toMatchObject({ event: 'finished', outcome: 'NOT_APPLIED' });
        expect(world.vendor.calls).toEqual([]);
      });
    });

    test('neither a read nor a replay is recorded', async () => {
      const { gateway } = await startOver(startWorld(true));
      await gateway.sendText('{ group(uid: "g") { name } }');
      await send(gateway, leave, 'k1');
      expect(await send(gateway, leave, 'k1')).toMatchObject({ isReplay: true });
      expect(await names()).toEqual(['opened', 'started', 'finished']);
    });

    test('a change that is settled again is finished by the request that did it', async () => {
      const lost = { isMade: true, fault: faults.reset };
      const { gateway, world } = await startOver(startWorld(true, [lost], [faults.reset]));
      expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'UNKNOWN' });
      expect(await send(gateway, leave, 'k1')).toMatchObject({ outcome: 'APPLIED' });
      expect(world.writes()).toHaveLength(1);
      const events = (await list()).slice(1);
      expect(events).toMatchObject([
        { event: 'started' },
        { event: 'finished', outcome: 'UNKNOWN' },
        { event: 'finished', outcome: 'APPLIED', confirmedBy: 'READ_BACK' },
      ]);
    });

    test('an end that cannot be written delays its response by at most a second, and is written later', async () => {
      let isBroken = false;
      const { gateway } = await startOver(
        startWorld(true, [
          {
            isMade: true,
            fault: (response) => {
              isBroken = true;
              response.writeHead(200).end('{"id":501}');
            },
          },
        ]),
        brief,
        (real) => ({ append: (event) => (isBroken ? failing() : real.append(event)) }),
      );
      expect(await send(gateway, removal, null)).toMatchObject({ outcome: 'APPLIED' });
      expect(await names()).toEqual(['opened', 'started']);
      expect(gateway.lines('failed to write to the audit log')).toMatchObject([
        { entries: [{ event: 'finished', outcome: 'APPLIED' }] },
      ]);
      isBroken = false;
      await vi.waitUntil(async () => (await names()).length === 3);
      expect((await list())[2]).toMatchObject({ event: 'finished', outcome: 'APPLIED' });
      expect(gateway.lines('audit log is writable again')).toHaveLength(1);
    });

    test('a start that was written too late is finished', async () => {
      const { gateway, world } = await startOver(startWorld(true), brief, (real) => ({
        append: async (event) => {
          await real.append(event);
          // The database works, and its answer does not come.
          if (event.event === 'started') throw new Error('connection lost');
        },
      }));
      await send(gateway, removal, null);
      await vi.waitUntil(async () => (await names()).length === 3);
      expect((await list()).slice(1)).toMatchObject([
        { event: 'started' },
        { event: 'finished', outcome: 'NOT_APPLIED', error: 'VendorUnavailableError' },
      ]);
      expect(world.vendor.calls).toEqual([]);
    });

    test('readiness follows a database of this process alone, and none that replicas share', async () => {
      let isBroken = true;
      const { gateway } = await startOver(startWorld(true), brief, (real) => ({
        append: (event) => (isBroken ? failing() : real.append(event)),
      }));
      await send(gateway, removal, null);
      const status = async () => (await gateway.gateway.fetch('http://gateway/ready')).status;
      expect(await gateway.gateway.probes.readiness()).toMatchObject({
        ready: database.isShared,
        auditWritable: false,
      });
      expect(await status()).toBe(database.isShared ? 200 : 503);
      isBroken = false;
      expect(await status()).toBe(200);
      expect(await gateway.gateway.probes.readiness()).toMatchObject({ auditWritable: true });
      expect(await changes.removeGroupUser.make(gateway)).toMatchObject({ outcome: 'APPLIED' });
    });

    test('changes that are refused while the database is away leave no events behind', async () => {
      let isBroken = true;
      const { gateway, world } = await startOver(startWorld(true), brief, (real) => ({
        append: (event) => (isBroken ? failing() : real.append(event)),
      }));
      for (let count = 0; count < 10; count += 1) {
        expect(await send(gateway, removal, null)).toMatchObject({ outcome: 'NOT_APPLIED' });
      }
      isBroken = false;
      await vi.waitUntil(async () => (await names()).includes('finished'), 5_000);
      expect(await send(gateway, removal, null)).toMatchObject({ outcome: 'APPLIED' });
      // The end of the first one, whose start might have been written.
      const ends = (await list()).filter(({ event }) => event === 'finished');
      expect(ends.map(({ outcome }) => outcome)).toEqual(['NOT_APPLIED', 'APPLIED']);
      expect(world.writes()).toHaveLength(1);
    });

    test('a failure that a change with a key shows is seen in the metric, and ends without a change', async () => {
      let isBroken = true;
      const { gateway } = await startOver(
        startWorld(true),
        brief,
        (real) => ({ append: (event) => (isBroken ? failing() : real.append(event)) }),
        { claim: failing },
      );
      expect(await readMetric(gateway, 'audit_writable')).toBe(1);
      await send(gateway, removal, 'k1');
      expect(await readMetric(gateway, 'audit_writable')).toBe(0);
      isBroken = false;
      await vi.waitUntil(async () => (await readMetric(gateway, 'audit_writable')) === 1, 5_000);
      expect(await names()).toEqual(['opened', 'recovered']);
    });

    test.each([
      ['with a key', 'k1'],
      ['without a key', null],
    ])(
      'a process that is killed between the start of a change %s and its first byte leaves a start without an end',
      async (_name, key) => {
        // Accepts connections, and never finishes the handshake: nothing of the request is sent.
        let received = '';
        const server = createServer((socket) => {
          socket.on('data', (chunk) => {
            received += chunk.toString('latin1');
          });
          socket.on('error', () => {});
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        const env = {
          AUDIT_LOG: 'database',
          DATABASE_URL: database.url,
          KAITEN_URL: `https://127.0.0.1:${port}`,
          PORT: '0',
        };
        const first = startProcess('main.ts', env);
        open.push(first);
        const [, url = '', admin = ''] = await first.printed(
          /"url":"(http:[^"]+)","admin":"(http:[^"]+)"/,
        );
        const answer = fetch(url, {
          method: 'POST',
          headers: { ...credentials, 'content-type': 'application/json' },
          body: JSON.stringify(createKeyedRequest(removal, key)),
        }).catch(() => null);
        await vi.waitUntil(
          async () => (await (await fetch(`${admin}/audit`)).text()).includes('"started"'),
          { timeout: 10_000 },
        );
        await vi.waitUntil(() => received !== '');
        first.child.kill('SIGKILL');
        expect(await answer).toBeNull();
        server.close();
        expect(received).not.toContain('DELETE');
        await start({ KAITEN_URL: 'http://127.0.0.1:9' });
        const events = await list();
        expect(events.map(({ event }) => event)).toEqual(['opened', 'started', 'opened']);
        expect(events[1]).toMatchObject({
          ids: { groupUid: ids.groupUid, userId: ids.kaitenUserId },
        });
      },
    );
  });
}

function override<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(_target, name: keyof T & string) {
      const value = methods[name] ?? target[name];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
