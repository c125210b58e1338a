import {
  type Fates,
  type ReadFate,
  type SeenWrite,
  Vendors,
  type WriteFate,
} from '../../scripts/chaos/vendors.ts';

/** A step that is held. */
export interface Hold {
  /** Resolves once the step is reached. */
  readonly reached: Promise<void>;
  /** Lets it go on. */
  release(): void;
}

/** The vendors of crash tests, which hold the calls that a test names. */
export class CrashWorld implements Fates, AsyncDisposable {
  readonly #writes = new Map<string, () => WriteFate>();
  readonly #reads = new Map<string, () => ReadFate>();
  #vendors: Vendors | null = null;

  /** Starts the vendors. */
  static async start(): Promise<CrashWorld> {
    const world = new CrashWorld();
    world.#vendors = await Vendors.start(world);
    return world;
  }

  get vendors(): Vendors {
    if (this.#vendors === null) throw new Error('expected vendors that are started');
    return this.#vendors;
  }

  decideWrite({ membership }: SeenWrite): WriteFate {
    return takeOut(this.#writes, membership) ?? { isMade: true, answer: 'confirm' };
  }

  decideRead(membership: string): ReadFate {
    return takeOut(this.#reads, membership) ?? { answer: 'confirm' };
  }

  /** Holds the next write of a membership. One that the vendor has not made is lost when it is released. */
  holdWrite(membership: string, at: 'vendorHasIt' | 'vendorHasMadeIt'): Hold {
    const [hold, gate] = createHold();
    this.#writes.set(membership, () =>
      at === 'vendorHasIt'
        ? { before: gate(), isMade: false, answer: 'drop' }
        : { isMade: true, after: gate(), answer: 'confirm' },
    );
    return hold;
  }

  /** Holds the next read of a membership. */
  holdRead(membership: string): Hold {
    const [hold, gate] = createHold();
    this.#reads.set(membership, () => ({ before: gate(), answer: 'confirm' }));
    return hold;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#vendors?.[Symbol.asyncDispose]();
  }
}

function takeOut<Fate>(fates: Map<string, () => Fate>, membership: string): Fate | undefined {
  const decide = fates.get(membership);
  fates.delete(membership);
  return decide?.();
}

/** Returns a hold, and a function that is called when its step is reached and returns the promise of its release. */
function createHold(): readonly [Hold, () => Promise<void>] {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const gate = () => {
    reached.resolve();
    return released.promise;
  };
  return [{ reached: reached.promise, release: released.resolve }, gate];
}
