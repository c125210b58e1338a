import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PostgresDatabase } from '../../../src/state/postgres/database.ts';
import { DatabaseUnavailableError } from '../../../src/state/unavailable.ts';
import { createAuthority } from '../../support/authority.ts';
import { type PostgresServer, runStatement, startPostgres } from '../../support/postgres.ts';
import { createTestDatabase } from '../../support/shared-postgres.ts';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

const one = { name: 'one', text: 'select 1 as value' };
const put = { name: 'put', text: 'insert into item (id) values ($1)' };
const count = { name: 'count', text: 'select count(*)::int as count from item' };

describe('transactions', () => {
  let url: string;
  let database: PostgresDatabase;
  beforeEach(async () => {
    url = await createTestDatabase();
    await runStatement(url, 'create table item (id integer primary key)');
    database = new PostgresDatabase(url);
  });
  afterEach(() => database.close());

  test('a transaction is committed as a whole', async () => {
    const result = await database.transact(async (query) => {
      await query(put, [1]);
      await query(put, [2]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await database.query(count)).toEqual([{ count: 2 }]);
  });

  test('work that throws changes nothing, throws its own error, and leaves the connection usable', async () => {
    for (let round = 1; round <= 10; round += 1) {
      const failing = database.transact(async (query) => {
        await query(put, [1]);
        throw new RangeError('no');
      });
      await expect(failing).rejects.toThrow(RangeError);
    }
    expect(await database.query(count)).toEqual([{ count: 0 }]);
  });

  test('a rejected statement changes nothing, and is no lost database', async () => {
    const failing = database.transact(async (query) => {
      await query(put, [1]);
      await query(put, [1]);
    });
    await expect(failing).rejects.toMatchObject({ name: 'error', code: '23505' });
    expect(await database.query(count)).toEqual([{ count: 0 }]);
  });

  test('a process opens at most five connections, however many statements wait', async () => {
    const sleep = { name: 'sleep', text: 'select pg_sleep(0.05)' };
    await Promise.all(Array.from({ length: 30 }, () => database.query(sleep)));
    const sessions = await runStatement(
      url,
      `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name = 'membership-gateway'`,
    );
    expect(sessions).toEqual([{ count: 5 }]);
  });
});

describe('a server that goes away', () => {
  let server: PostgresServer;
  let proxy: TcpProxy;
  let database: PostgresDatabase;
  beforeEach(async () => {
    server = await startPostgres({ fsync: false });
    proxy = await startTcpProxy(server.port);
    const url = new URL(await server.createDatabase());
    url.port = String(proxy.port);
    database = new PostgresDatabase(url.href);
    await database.query(one);
  });
  afterEach(async () => {
    await database.close();
    await proxy[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  test.each([
    ['stopped', () => server.stop(), () => server.start()],
    ['killed', () => server.kill(), () => server.start()],
    ['cut off', () => proxy.cut(), () => proxy.restore()],
  ])(
    'statements are rejected while it is %s, and work again afterwards',
    async (_how, end, begin) => {
      await end();
      await expect(database.query(one)).rejects.toThrow(DatabaseUnavailableError);
      const transaction = database.transact((query) => query(one));
      await expect(transaction).rejects.toThrow(DatabaseUnavailableError);
      await begin();
      expect(await database.query(one)).toEqual([{ value: 1 }]);
    },
  );

  test('a connection that is lost within a transaction rejects it and nothing else', async () => {
    const transaction = database.transact(async (query) => {
      await query(one);
      proxy.cut();
      proxy.restore();
      return query(one);
    });
    await expect(transaction).rejects.toThrow(DatabaseUnavailableError);
    expect(await database.query(one)).toEqual([{ value: 1 }]);
  });

  test('a network that forwards nothing rejects statements in time', async () => {
    proxy.pause();
    await expect(database.query(one)).rejects.toThrow(DatabaseUnavailableError);
    proxy.restore();
    expect(await database.query(one)).toEqual([{ value: 1 }]);
  });
});

describe('TLS', () => {
  const authority = createAuthority();
  let server: PostgresServer;
  let folder: string;
  beforeEach(async () => {
    server = await startPostgres({ fsync: false, tls: authority.tls });
    folder = await mkdtemp(join(tmpdir(), 'ca-'));
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  async function connect(mode: string, ca: string): Promise<readonly unknown[]> {
    const file = join(folder, 'ca.pem');
    await writeFile(file, ca);
    const url = new URL(await server.createDatabase());
    url.searchParams.set('sslmode', mode);
    url.searchParams.set('sslrootcert', file);
    const database = new PostgresDatabase(url.href);
    try {
      return await database.query({
        name: 'ssl',
        text: 'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
      });
    } finally {
      await database.close();
    }
  }

  test.each(['require', 'verify-ca', 'verify-full'])(
    'sslmode=%s encrypts, checks the certificate, and prints no warning',
    async (mode) => {
      const warn = vi.spyOn(process, 'emitWarning');
      expect(await connect(mode, authority.ca)).toEqual([{ ssl: true }]);
      await expect(connect(mode, createAuthority().ca)).rejects.toThrow(DatabaseUnavailableError);
      expect(warn).not.toHaveBeenCalled();
      warn.mockRestore();
    },
  );
});
