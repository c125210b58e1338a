import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresServer, runStatement, startPostgres } from '../../test/support/postgres.ts';
import { startTcpProxy, type TcpProxy } from '../../test/support/tcp-proxy.ts';
import type { AuditedEvent } from './audit.ts';
import { getMoment } from './vendors.ts';

/** The database of a run. */
export interface ChaosDatabase extends AsyncDisposable {
  /** The value of `DATABASE_URL` of each replica. */
  readonly urls: readonly string[];
  /** Null if it is embedded. */
  readonly shared: SharedDatabase | null;
}

/** Creates a folder for the embedded database of one replica. */
export async function createFileDatabase(): Promise<ChaosDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-'));
  return {
    urls: [`file:${join(folder, 'gateway.db')}`],
    shared: null,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Starts a PostgreSQL server, with a network of its own for each of some replicas. */
export async function startSharedDatabase(replicas: number): Promise<ChaosDatabase> {
  const server = await startPostgres();
  const url = new URL(await server.createDatabase());
  const proxies = await Promise.all(
    Array.from({ length: replicas }, () => startTcpProxy(server.port)),
  );
  return {
    urls: proxies.map(({ port }) => {
      url.port = String(port);
      return url.href;
    }),
    shared: new SharedDatabase(server, url, proxies),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(proxies.map((proxy) => proxy[Symbol.asyncDispose]()));
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A time in which a replica could not reach the database. Moments are those of `getMoment`. */
export interface NetworkOutage {
  /** The replica's place among the others. */
  readonly replica: number;
  readonly from: number;
  readonly to: number;
}

/** A PostgreSQL server, which can be ended, and the networks of the replicas, which can be broken. */
export class SharedDatabase {
  readonly outages: NetworkOutage[] = [];
  readonly #networks: readonly TcpProxy[];
  readonly #server: PostgresServer;
  readonly #url: string;
  /** Whether the server is down. */
  isDown = false;

  constructor(server: PostgresServer, url: URL, networks: readonly TcpProxy[]) {
    const direct = new URL(url);
    direct.port = String(server.port);
    this.#server = server;
    this.#url = direct.href;
    this.#networks = networks;
  }

  /** Breaks the network of a replica for some ms. */
  async breakNetwork(replica: number, how: 'cut' | 'pause', ms: number): Promise<void> {
    const network = this.#networks[replica];
    const from = getMoment();
    network?.[how]();
    await sleep(ms);
    network?.restore();
    this.outages.push({ replica, from, to: getMoment() });
  }

  /** Ends the server as a crash or an administrator does, and starts it again after so many ms. */
  async bounce(end: 'kill' | 'stop', downMs: number): Promise<void> {
    if (this.isDown) return;
    this.isDown = true;
    await this.#server[end]();
    await sleep(downMs);
    await this.#server.start();
    this.isDown = false;
  }

  /** Returns how many changes are in progress at a replica that is alive: others cannot settle these. */
  async countHeld(): Promise<number> {
    const [row] = await runStatement(
      this.#url,
      `select count(*)::integer as held from membership_gateway.change
        where state <> 'ended' and owner in (
          select objid::integer from pg_locks where locktype = 'advisory' and granted)`,
    );
    return Number(row?.['held']);
  }

  /** Returns the events of the audit log, in the order in which they were written. */
  async readAudit(): Promise<readonly AuditedEvent[]> {
    const rows = await runStatement(
      this.#url,
      `select extract(epoch from time)::float8 * 1000 as at, event, request_id as request, mutation, ids, outcome, error
        from membership_gateway.audit_event where event in ('started', 'finished') order by time, id`,
    );
    return rows as unknown as readonly AuditedEvent[];
  }
}
