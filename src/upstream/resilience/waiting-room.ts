import type { QueuedCall } from './fair-queue.ts';

/** An item in a {@link WaitingRoom}. */
export interface WaitingItem extends QueuedCall {
  /** Ends the item's wait, because an item of another caller takes its seat. */
  displace(): void;
}

/** The waiting items of one caller by class, the oldest first. */
interface Party<Item> {
  readonly changes: Set<Item>;
  readonly reads: Set<Item>;
}

/**
 * Limits the items that wait for one vendor, in all of its queues, and shares the seats between callers. When all seats are
 * taken, an item takes the seat of the last item of the caller with the most seats, unless its own caller would then have
 * as many. So a caller with all seats does not prevent others from waiting.
 */
export class WaitingRoom<Item extends WaitingItem> {
  readonly #seats: number;
  readonly #parties = new Map<string, Party<Item>>();
  #size = 0;

  constructor(seats: number) {
    this.#seats = seats;
  }

  /** Gives an item a seat. Returns false if there is no seat for it. */
  admit(item: Item): boolean {
    if (this.#size >= this.#seats) {
      const other = this.#findSeatFor(item);
      if (other === undefined) return false;
      this.leave(other);
      other.displace();
    }
    this.#size += 1;
    const { isChange, caller } = item;
    let party = this.#parties.get(caller);
    if (party === undefined) {
      party = { changes: new Set(), reads: new Set() };
      this.#parties.set(caller, party);
    }
    (isChange ? party.changes : party.reads).add(item);
    return true;
  }

  /** Returns whether an item would get a seat now. */
  hasSeatFor(item: QueuedCall): boolean {
    return this.#size < this.#seats || this.#findSeatFor(item) !== undefined;
  }

  /** Frees an item's seat, if it has one. */
  leave(item: Item): void {
    const party = this.#parties.get(item.caller);
    if (party === undefined) return;
    if (!(item.isChange ? party.changes : party.reads).delete(item)) return;
    this.#size -= 1;
    if (countItems(party) === 0) this.#parties.delete(item.caller);
  }

  /** Returns the item whose seat another may have. */
  #findSeatFor({ caller, isChange }: QueuedCall): Item | undefined {
    const own = this.#parties.get(caller);
    let largest: Party<Item> | undefined;
    for (const party of this.#parties.values()) {
      if (largest === undefined || countItems(party) > countItems(largest)) largest = party;
    }
    // With a difference of one the two callers would take the seat from each other in turn.
    if (largest !== undefined && countItems(largest) > countItems(own) + 1) {
      return findLast(largest.reads) ?? findLast(largest.changes);
    }
    // Changes go before reads, those of the same caller too.
    return isChange && own !== undefined ? findLast(own.reads) : undefined;
  }
}

function countItems(party: Party<unknown> | undefined): number {
  return party === undefined ? 0 : party.changes.size + party.reads.size;
}

function findLast<Item>(items: Set<Item>): Item | undefined {
  let last: Item | undefined;
  for (const item of items) last = item;
  return last;
}
