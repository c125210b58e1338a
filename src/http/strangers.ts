import { Bulkhead } from './bulkhead.ts';

/** Ends an admission: `isAccepted` where the vendor let the credential in. */
export type Leave = (isAccepted: boolean) => void;

/** How many credentials are remembered as let in, the oldest forgotten first. */
const mostKnown = 10_000;
const queueLength = 1_000;
const longestWaitMs = 5_000;

/**
 * Keeps credentials that a vendor has not let in yet from holding more than a few places of a count
 * that all share. Made-up ones give their places back with each 401, and would all the same fill it
 * while they wait for that.
 */
export class Strangers {
  readonly #few: number;
  readonly #known = new Set<string>();
  readonly #routes = new Map<string, Bulkhead>();

  /** @param few how many of their calls may be under way on a route at once */
  constructor(few: number) {
    this.#few = few;
  }

  /** Lets a call in, strangers in the order in which they came; null where there are too many of them. */
  admit(route: string, credential: string): Leave | Promise<Leave | null> {
    const remember = (isAccepted: boolean) => {
      if (isAccepted) this.#remember(credential);
    };
    return this.#known.has(credential) ? remember : this.#enter(this.#placesOf(route), remember);
  }

  async #enter(places: Bulkhead, remember: Leave): Promise<Leave | null> {
    const entry = await places.enter();
    if (entry.kind === 'full') return null;
    return (isAccepted) => {
      places.leave();
      remember(isAccepted);
    };
  }

  /** There are as many routes as the vendor's source has calls. */
  #placesOf(route: string): Bulkhead {
    let places = this.#routes.get(route);
    if (places === undefined) {
      places = new Bulkhead(this.#few, queueLength, longestWaitMs);
      this.#routes.set(route, places);
    }
    return places;
  }

  #remember(credential: string): void {
    this.#known.delete(credential);
    this.#known.add(credential);
    if (this.#known.size <= mostKnown) return;
    const [oldest] = this.#known;
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
