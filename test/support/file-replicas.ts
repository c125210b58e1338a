import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Replica } from '../../scripts/chaos/replica.ts';
import { type CrashedChange, type CrashPoint, patientTimeouts } from './crash-points.ts';
import type { CrashWorld, Hold } from './crash-world.ts';

const holdLedger = fileURLToPath(new URL('./hold-ledger.js', import.meta.url));

/** Starts processes over the embedded database, one after the other, which can be held at each step of a change. */
export class FileReplicas implements AsyncDisposable {
  readonly folder: string;
  readonly #world: CrashWorld;
  readonly #databaseFolder: string;
  #current: Replica | null = null;

  private constructor(world: CrashWorld, folder: string, databaseFolder: string) {
    this.#world = world;
    this.folder = folder;
    this.#databaseFolder = databaseFolder;
  }

  /** @param databaseFolder where the database is; a temporary folder by default */
  static async create(world: CrashWorld, databaseFolder?: string): Promise<FileReplicas> {
    const folder = await mkdtemp(join(tmpdir(), 'crash-'));
    return new FileReplicas(world, folder, databaseFolder ?? folder);
  }

  /** Returns the process that has the database open, and starts one if there is none. */
  async find(): Promise<Replica> {
    if (this.#current === null || this.#current.endedAt !== null) {
      this.#current = await this.start();
    }
    return this.#current;
  }

  /** Starts another process. */
  start(): Promise<Replica> {
    return Replica.start({
      databaseUrl: `file:${join(this.#databaseFolder, 'gateway.db')}`,
      vendorUrl: this.#world.vendors.url,
      compileCache: join(this.folder, 'compiled'),
      flags: [`--import=${holdLedger}`],
      env: { ...patientTimeouts, HOLD_FILE: join(this.folder, 'hold') },
    });
  }

  /** Holds a change when it comes to a point. */
  hold(replica: Replica, { change }: CrashedChange, { at }: CrashPoint): Hold {
    if (typeof at === 'string') return this.#world.holdWrite(change.membership, at);
    writeFileSync(join(this.folder, 'hold'), `${at.call} ${at.when}`);
    return {
      reached: replica.printNext(/a call is held/),
      release: () => replica.signal('SIGWINCH'),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#current?.[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true });
  }
}
