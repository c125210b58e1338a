import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../../test/support/postgres.ts';
import { createVariant } from '../lib/contenders.ts';
import { listProcessTree, pin, readCpu } from '../lib/process.ts';
import { createAttachLoad, createKeyedLoad, type LoadOf } from '../lib/requests.ts';
import { type Contender, measure, renderContest, warmMs } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';

/** Measures a change without and with an idempotency key, by the database that keeps the keys. */
export const durable: Scene = {
  name: 'durable',
  about:
    'A change without and with an idempotency key: no database, a file, PostgreSQL, three replicas',
  run: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'durable-'));
    await using postgres = await tryPostgres();
    const replicas = async (title: string, load: LoadOf, count: number): Promise<Contender> => {
      if (postgres === null) throw new Error('there is no PostgreSQL');
      const env = { DATABASE_URL: await postgres.createDatabase() };
      return startTogether(
        title,
        Array.from({ length: count }, () => createVariant(title, load, { env })),
      );
    };
    const of = (title: string, load: LoadOf, url: string) =>
      createVariant(title, load, { env: { DATABASE_URL: url } });
    try {
      const [plain, keyed] = [createAttachLoad, createKeyedLoad];
      const contenders = [
        of('off, no key', plain, 'off'),
        of('a file, no key', plain, `file:${join(folder, 'plain.db')}`),
        of('a file, a key', keyed, `file:${join(folder, 'keyed.db')}`),
        ...(postgres === null
          ? []
          : [
              await replicas('PostgreSQL, no key', plain, 1),
              await replicas('PostgreSQL, a key', keyed, 1),
              await replicas('PostgreSQL, a key, three replicas', keyed, 3),
            ]),
      ];
      const measureAt = (connections: number, operations: number) =>
        measure({
          mode: 'ok',
          connections,
          contenders,
          rounds: isQuick ? 1 : 5,
          operations: isQuick ? 50 : operations,
          warmUpMs: isQuick ? 0 : warmMs,
        });
      const cpuBefore = postgres === null ? 0 : readTreeCpu(postgres.pid);
      const [many, one] = [await measureAt(64, 4_000), await measureAt(1, 500)];
      const cpu = postgres === null ? 0 : readTreeCpu(postgres.pid) - cpuBefore;
      const notes = [
        'Everything commits to this disk. A change with a key commits three times: the claim, the intent and the end. CPU is that of the gateway, with the thread of the file.',
        postgres === null
          ? 'PostgreSQL: not run, since it is not installed.'
          : `PostgreSQL ran on the core of the load and the vendor, and used ${(cpu / 1_000).toFixed(0)} s of CPU in all.`,
      ];
      return [
        renderContest('Keys, 64 connections', many, notes),
        renderContest('Keys, one connection', one),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** Starts PostgreSQL on the core of the load; null if it is not installed. */
async function tryPostgres(): Promise<PostgresServer | null> {
  try {
    const server = await startPostgres();
    for (const pid of listProcessTree(server.pid)) pin(pid, 1);
    return server;
  } catch (error) {
    process.stderr.write(`durable: ${(error as Error).message}\n`);
    return null;
  }
}

function readTreeCpu(pid: number): number {
  return listProcessTree(pid).reduce((sum, one) => sum + readCpu(one), 0);
}

/** Returns a contender of several processes, whose connections are spread over them. */
function startTogether(title: string, all: readonly Contender[]): Contender {
  const [first] = all;
  if (first === undefined) throw new Error('expected at least one process');
  return {
    title,
    load: first.load,
    start: async (vendorUrl) => {
      const servers = await Promise.all(all.map((one) => one.start(vendorUrl)));
      return {
        port: servers.flatMap(({ port }) => port),
        cpuMs: () => servers.reduce((sum, one) => sum + one.cpuMs(), 0),
        residentMiB: () => servers.reduce((sum, one) => sum + one.residentMiB(), 0),
        [Symbol.asyncDispose]: async () => {
          await Promise.all(servers.map((one) => one[Symbol.asyncDispose]()));
        },
      };
    },
  };
}
