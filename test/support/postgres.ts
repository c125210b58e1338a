import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A real PostgreSQL server in a temporary folder, reachable on loopback only. */
export interface PostgresServer extends AsyncDisposable {
  readonly port: number;
  /** The process id of the server while it runs. */
  readonly pid: number;
  /** Creates an empty database. Returns its URL. */
  createDatabase(): Promise<string>;
  /** Starts the server again after `stop` or `kill`. */
  start(): Promise<void>;
  /** Stops it as an administrator does: sessions are ended, and everything is on the disk. */
  stop(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/** Options for a server. */
export interface PostgresOptions {
  /** Whether a commit waits for the disk; true by default. Without, it outlives a crash of the server, not of the machine. */
  readonly fsync?: boolean;
  /** The superuser's password; without one, everyone may log in as anyone. */
  readonly password?: string;
  /** Where its folder is created; the system's folder for temporary files by default. */
  readonly folder?: string;
  /** The server's certificate and key in PEM; without them it speaks no TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const root = '/usr/lib/postgresql';

/** Returns the folder of the programs of the newest PostgreSQL of Debian. */
export function findPrograms(): string {
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => +b - +a) : [];
  const version = versions.find((one) => existsSync(join(root, one, 'bin/initdb')));
  if (version === undefined) {
    throw new Error(`expected PostgreSQL in ${root}; install Debian's package postgresql.`);
  }
  return join(root, version, 'bin');
}

/** Returns the user that the server runs as: PostgreSQL refuses root. */
function findUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('expected a user named postgres or nobody to run PostgreSQL as');
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a PostgreSQL server. Its superuser is `postgres`. */
export async function startPostgres({
  fsync = true,
  password,
  folder: parent = tmpdir(),
  tls,
}: PostgresOptions = {}): Promise<PostgresServer> {
  const programs = findPrograms();
  const user = findUser();
  const folder = await mkdtemp(join(parent, 'pg-'));
  await chmod(folder, 0o700);
  if (user !== null) await chown(folder, user.uid, user.gid);
  const as = { cwd: folder, ...user } as const;
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  if (password !== undefined) await writeFile(passwordFile, password);
  const login =
    password === undefined ? ['-A', 'trust'] : ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const initialize = ['-D', data, '-U', 'postgres', ...login, '-E', 'UTF8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initialize, { ...as, stdio: 'pipe' });
  for (const [name, text] of Object.entries(tls ?? {})) {
    const file = join(data, `server.${name}`);
    await writeFile(file, text, { mode: 0o600 });
    if (user !== null) await chown(file, user.uid, user.gid);
  }
  const port = await findFreePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    max_connections: 200,
    fsync: fsync ? 'on' : 'off',
    ...(tls && { ssl: 'on', ssl_cert_file: 'server.cert', ssl_key_file: 'server.key' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let child: ChildProcess | null = null;
  let databases = 0;

  async function start(): Promise<void> {
    const started = spawn(join(programs, 'postgres'), ['-D', data, ...flags], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    let output = '';
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    started.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
      if (output.includes('database system is ready to accept connections')) resolve();
    });
    started.once('exit', () => reject(new Error(`PostgreSQL did not start: ${output}`)));
    await promise;
    started.stderr.removeAllListeners('data').resume();
  }

  async function end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const ended = child;
    child = null;
    // It may have ended by itself, as after a full disk.
    if (ended === null || ended.exitCode !== null || ended.signalCode !== null) return;
    const exited = once(ended, 'exit');
    ended.kill(signal);
    await exited;
  }

  await start();
  const authority =
    password === undefined ? 'postgres' : `postgres:${encodeURIComponent(password)}`;
  const base = `postgres://${authority}@127.0.0.1:${port}`;
  return {
    port,
    get pid() {
      return child?.pid ?? 0;
    },
    start,
    stop: () => end('SIGINT'),
    kill: () => end('SIGQUIT'),
    createDatabase: async () => {
      databases += 1;
      const name = `test_${process.pid}_${Date.now().toString(36)}_${databases}`;
      await runStatement(`${base}/postgres`, `create database ${name}`);
      return `${base}/${name}`;
    },
    [Symbol.asyncDispose]: async () => {
      await end('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a statement on a connection of its own. Returns its rows. */
export async function runStatement(
  url: string,
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}
