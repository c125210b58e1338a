import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startFlags } from '../../bench/lib/servers.ts';
import { getMoment } from './vendors.ts';

const bundle = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The most characters of a process's output that are kept for a report. */
const keptOutput = 4_000;

/** How a replica is started. */
export interface ReplicaOptions {
  readonly databaseUrl: string;
  /** Where all four vendors are. */
  readonly vendorUrl: string;
  /** A folder for V8's compile cache, so that a start takes a third of the CPU time. */
  readonly compileCache: string;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further flags of Node.js. */
  readonly flags?: readonly string[];
}

/** A process of the gateway, started as the image starts it. */
export class Replica implements AsyncDisposable {
  readonly url: string;
  /** When the process ended, as `getMoment` returns it; null while it runs. */
  endedAt: number | null = null;
  /** Whether it was frozen and not resumed. */
  isFrozen = false;
  /** Resolves with the exit code once the process has ended; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #output: Output;

  private constructor(
    url: string,
    child: ChildProcess,
    output: Output,
    ended: Promise<number | null>,
  ) {
    this.url = url;
    this.#child = child;
    this.#output = output;
    this.ended = ended;
    void ended.then(() => {
      this.endedAt = getMoment();
    });
  }

  /**
   * Starts a process, and resolves once it listens.
   *
   * @throws {Error} if it ends before, with what it printed
   */
  static async start(options: ReplicaOptions): Promise<Replica> {
    const child = spawn(process.execPath, [...startFlags(), ...(options.flags ?? []), bundle], {
      env: createEnvironment(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close').then(([code]) => code as number | null);
    const output = new Output(child);
    const listening = output.printed(/"url":"(http:[^"]+)"/);
    const url = await Promise.race([listening, ended.then(() => null)]);
    if (url === null) throw new Error(`the gateway did not start: ${output.text}`);
    return new Replica(url, child, output, ended);
  }

  /** The end of what the process printed. */
  get output(): string {
    return this.#output.text;
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** Resolves once the process prints a match from now on. */
  async printNext(pattern: RegExp): Promise<void> {
    this.#output.text = '';
    await this.#output.printed(pattern);
  }

  /** Sends a signal. A frozen process gets all but SIGKILL when it is resumed. */
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGWINCH'): void {
    this.#child.kill(name);
  }

  /** Freezes the process. */
  freeze(): void {
    this.isFrozen = true;
    this.#child.kill('SIGSTOP');
  }

  /** Lets a frozen process go on. */
  resume(): void {
    this.isFrozen = false;
    this.#child.kill('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }
}

/** What a process prints. */
class Output {
  text = '';
  readonly #listeners = new Set<() => void>();

  constructor(child: ChildProcess) {
    const collect = (chunk: Buffer) => {
      this.text = (this.text + chunk.toString()).slice(-keptOutput);
      for (const listener of this.#listeners) listener();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  /** Resolves with what the first group of a pattern matches. */
  printed(pattern: RegExp): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = () => {
      const match = pattern.exec(this.text);
      if (match === null) return;
      this.#listeners.delete(look);
      resolve(match[1] ?? '');
    };
    this.#listeners.add(look);
    look();
    return promise;
  }
}

function createEnvironment({ databaseUrl, vendorUrl, compileCache, env }: ReplicaOptions) {
  return {
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: compileCache,
    PORT: '0',
    ADMIN_PORT: '0',
    DATABASE_URL: databaseUrl,
    WETHOD_URL: vendorUrl,
    KAITEN_URL: vendorUrl,
    AEROSPIKE_URL: vendorUrl,
    ROCKETCHAT_URL: vendorUrl,
    // Short, so that a lost answer does not take most of the run.
    VENDOR_TIMEOUT_MS: '1000',
    FIELD_TIMEOUT_MS: '5000',
    REQUEST_TIMEOUT_MS: '10000',
    SHUTDOWN_GRACE_MS: '6000',
    CALLER_REQUESTS: 'off',
    CALLER_CHANGES: 'off',
    WETHOD_RATE_LIMIT: 'off',
    KAITEN_RATE_LIMIT: 'off',
    AEROSPIKE_RATE_LIMIT: 'off',
    ROCKETCHAT_RATE_LIMIT: 'off',
    ...env,
  };
}
