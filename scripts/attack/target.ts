import { fileURLToPath } from 'node:url';
import { type Measured, startMeasured } from '../../bench/lib/process.ts';
import { startFlags } from '../../bench/lib/servers.ts';

/** The heap of the attacked process, in MiB: what V8 takes of 512 MiB, more or less. */
const heapMiB = 256;

/** A health check that takes longer shows that the event loop hangs, in ms. */
const patienceMs = 3_000;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Credentials that every scripted vendor accepts. */
export const credentials: Readonly<Record<string, string>> = {
  'wethod-authorization': 'Bearer wethod-token',
  'wethod-company': 'acme',
  'kaiten-authorization': 'Bearer kaiten-token',
  'aerospike-authorization': 'Bearer aerospike-token',
  'rocketchat-auth-token': 'token',
  'rocketchat-user-id': 'rbAXPnMktTFbNpwtJ',
};

/** A response of the attacked gateway. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The CPU time that the gateway used meanwhile, in ms. */
  readonly cpuMs: number;
}

/** A gateway in a process of its own, with a small heap. */
export class Target implements AsyncDisposable {
  readonly #process: Measured;

  private constructor(process: Measured) {
    this.#process = process;
  }

  /**
   * Starts the gateway as `npm start` does.
   *
   * @param vendorUrl where all four vendors are
   */
  static async start(vendorUrl: string, env: Readonly<Record<string, string>> = {}) {
    const flags = [...startFlags(), `--max-old-space-size=${heapMiB}`];
    const urls = { WETHOD_URL: vendorUrl, KAITEN_URL: vendorUrl, AEROSPIKE_URL: vendorUrl };
    const all = { PORT: '0', ADMIN_PORT: '0', ...urls, ROCKETCHAT_URL: vendorUrl, ...unlimited };
    return new Target(
      await startMeasured(
        [...flags, `${root}src/main.ts`],
        { ...all, ...env },
        0,
        /127\.0\.0\.1:(\d+)\/graphql/,
      ),
    );
  }

  get port(): number {
    return this.#process.port;
  }

  /** Returns the resident memory of the process in MiB, or NaN after it has ended. */
  get residentMiB(): number {
    try {
      return this.#process.residentMiB();
    } catch {
      return Number.NaN;
    }
  }

  /** Returns whether the process runs and its event loop responds. */
  async isAlive(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(patienceMs);
      const { status } = await fetch(`http://127.0.0.1:${this.port}/health`, { signal });
      return status === 200;
    } catch {
      return false;
    }
  }

  /** Sends a document. */
  post(
    body: { readonly query: string; readonly variables?: unknown },
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const accept = 'application/graphql-response+json';
    const sent = { 'content-type': 'application/json', accept, ...credentials, ...headers };
    return this.send('/graphql', { ...init, headers: sent });
  }

  /** Sends a request, and measures what it costs. */
  async send(path: string, init: RequestInit): Promise<Reply> {
    const before = this.#process.cpuMs();
    const signal = AbortSignal.timeout(20_000);
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, { ...init, signal });
    const text = await response.text();
    return { status: response.status, text, cpuMs: this.#process.cpuMs() - before };
  }

  /** Runs something, and returns the most memory that the process held meanwhile, in MiB. */
  async peakMiB(run: () => Promise<unknown>): Promise<number> {
    let peak = this.residentMiB;
    const timer = setInterval(() => {
      const now = this.residentMiB;
      if (now > peak) peak = now;
    }, 20);
    try {
      await run();
    } finally {
      clearInterval(timer);
    }
    return peak;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A process that an attack has ended is reported by its scenario.
    try {
      await this.#process[Symbol.asyncDispose]();
    } catch {}
  }
}

/** Settings without rate limits and caller limits, so that they do not stop an attack. */
const unlimited = {
  CALLER_REQUESTS: 'off',
  CALLER_CHANGES: 'off',
  WETHOD_RATE_LIMIT: 'off',
  KAITEN_RATE_LIMIT: 'off',
  AEROSPIKE_RATE_LIMIT: 'off',
  ROCKETCHAT_RATE_LIMIT: 'off',
};
