import { setTimeout as sleep } from 'node:timers/promises';
import { Replica, type ReplicaOptions } from './replica.ts';

/** How long to wait before a failed start is repeated, in ms. */
const retryMs = 200;

/** How long a replica may fail to start, in ms: the database may be away for a while. */
const startMs = 60_000;

/** A replica, which is started again whenever it has ended, as an orchestrator does. */
export class ReplicaSlot {
  /** Null while it starts. */
  current: Replica | null = null;
  readonly #options: ReplicaOptions;
  readonly #report: (problem: string) => void;
  /** Whether the process was told to end. */
  #isExpected = false;
  #isStopped = false;
  #running: Promise<void> = Promise.resolve();

  /** @param report called with each problem that is a fault of the gateway */
  constructor(options: ReplicaOptions, report: (problem: string) => void) {
    this.#options = options;
    this.#report = report;
  }

  /** Starts the replica, and keeps it running until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends the process with a signal; it is started again. */
  end(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.#isExpected = true;
    this.current?.signal(signal);
    if (signal === 'SIGKILL') this.current = null;
  }

  /** Ends the process for good. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.end('SIGKILL');
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const replica = await this.#startOne();
      if (replica === null) return;
      this.#isExpected = false;
      this.current = replica;
      if (this.#isStopped) this.end('SIGKILL');
      const code = await replica.ended;
      this.current = null;
      if (!this.#isExpected) {
        this.#report(`a replica ended unexpectedly with ${code}: ${replica.output}`);
      }
    }
  }

  async #startOne(): Promise<Replica | null> {
    const giveUpAt = performance.now() + startMs;
    while (!this.#isStopped) {
      try {
        return await Replica.start(this.#options);
      } catch (error) {
        // It does not start without its database, and is started again until that is back.
        if (performance.now() > giveUpAt) {
          this.#report((error as Error).message);
          return null;
        }
        await sleep(retryMs);
      }
    }
    return null;
  }
}

/** The replicas of a run. */
export class Replicas {
  readonly slots: readonly ReplicaSlot[];

  constructor(options: readonly ReplicaOptions[], report: (problem: string) => void) {
    this.slots = options.map((one) => new ReplicaSlot(one, report));
    for (const slot of this.slots) slot.start();
  }

  /** Returns the replicas that listen, frozen ones too. */
  list(): readonly Replica[] {
    return this.slots.flatMap(({ current }) => current ?? []);
  }

  /** Resolves once all replicas listen; with false if one of them has not started in time, which is reported. */
  async waitUntilAllListen(): Promise<boolean> {
    const giveUpAt = performance.now() + 2 * startMs;
    while (this.list().length < this.slots.length) {
      if (performance.now() > giveUpAt) return false;
      await sleep(50);
    }
    return true;
  }

  /** Ends all of them for good. */
  async stop(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.stop()));
  }
}
