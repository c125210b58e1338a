import type { StoreConnection } from './store-connection.ts';
import type { TurnStore } from './turn-store.ts';

/** The work of one bucket with the store. */
export interface Visitor {
  /** Makes one round trip. Resolves with false if there is nothing to do. */
  visit(): Promise<boolean>;
  /** Returns the ms until the next round trip is needed; null if none is. */
  getVisitWait(): number | null;
}

/** The round trips of one bucket to the store, one after the other, as long as there is something to do. */
export class StoreVisits {
  readonly #connection: StoreConnection;
  readonly #visitor: Visitor;
  /** What the store is told before the next round trip of the visitor. */
  #orders: ((store: TurnStore) => Promise<void>)[] = [];
  #isUnderWay = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(connection: StoreConnection, visitor: Visitor) {
    this.#connection = connection;
    this.#visitor = visitor;
  }

  /** Whether nothing is under way or to be told. */
  get isIdle(): boolean {
    return !this.#isUnderWay && this.#orders.length === 0;
  }

  /** Tells the store something before anything else. */
  order(order: (store: TurnStore) => Promise<void>): void {
    this.#orders.push(order);
    this.begin();
  }

  /** Forgets what the store was to be told. */
  clear(): void {
    this.#orders = [];
  }

  /** Begins to make round trips, unless that is under way already. */
  begin(): void {
    if (this.#isUnderWay || this.#connection.isAway) return;
    this.#isUnderWay = true;
    // Calls that arrive in the same turn of the event loop share a round trip.
    queueMicrotask(() => this.#run());
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        const order = this.#orders.shift();
        if (order !== undefined) await this.#connection.run(order);
        else if (!(await this.#visitor.visit())) break;
      }
    } catch {
      // The connection has told the rate limiter, which has told all buckets.
    } finally {
      this.#isUnderWay = false;
      this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#connection.isAway) return;
    const waitMs = this.#orders.length > 0 ? 0 : this.#visitor.getVisitWait();
    if (waitMs !== null) this.#timer = setTimeout(() => this.begin(), Math.ceil(waitMs));
  }
}
