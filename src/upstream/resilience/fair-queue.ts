/** An item of a {@link FairQueue}. */
export interface QueuedCall {
  /** Changes go before reads. */
  readonly isChange: boolean;
  /** The key of the caller: callers take turns. */
  readonly caller: string;
}

/** The waiting items of one caller, the oldest first. */
type Line<Item> = Set<Item>;

/**
 * A queue that serves changes before reads, the callers of each class in turn, and each caller's items in their order. A
 * caller with a thousand items delays another caller by one item only.
 */
export class FairQueue<Item extends QueuedCall> {
  // A Map keeps its keys in the order in which they were set: the caller to serve next is the first.
  readonly #changes = new Map<string, Line<Item>>();
  readonly #reads = new Map<string, Line<Item>>();
  #changeCount = 0;
  /** The number of waiting items. */
  size = 0;

  /** Adds an item after those of its class and caller. */
  add(item: Item): void {
    const lines = this.#getLines(item);
    const line = lines.get(item.caller);
    if (line === undefined) lines.set(item.caller, new Set([item]));
    else line.add(item);
    this.#count(item, 1);
  }

  /** Removes an item, if it still waits. */
  delete(item: Item): void {
    const lines = this.#getLines(item);
    const line = lines.get(item.caller);
    if (line === undefined || !line.delete(item)) return;
    if (line.size === 0) lines.delete(item.caller);
    this.#count(item, -1);
  }

  /**
   * Removes the next item and returns it, or null if none may be served.
   *
   * @param isEligible returns whether an item may be served now; a caller whose oldest item may not is skipped
   */
  take(isEligible: (item: Item) => boolean = () => true): Item | null {
    return this.#takeFrom(this.#changes, isEligible) ?? this.#takeFrom(this.#reads, isEligible);
  }

  /** Removes all items that match and returns them. */
  takeAll(matches: (item: Item) => boolean): Item[] {
    const taken = [...this].filter(matches);
    for (const item of taken) this.delete(item);
    return taken;
  }

  /** Returns how many of the waiting items are served before an item that is added now. */
  countAhead({ isChange, caller }: QueuedCall): number {
    const lines = isChange ? this.#changes : this.#reads;
    const own = lines.get(caller)?.size ?? 0;
    let ahead = isChange ? 0 : this.#changeCount;
    // Each other caller gets at most as many turns as this caller needs for its item.
    for (const [other, { size }] of lines) {
      ahead += other === caller ? own : Math.min(size, own + 1);
    }
    return ahead;
  }

  /** Iterates over the waiting items, changes first. */
  *[Symbol.iterator](): Iterator<Item> {
    for (const lines of [this.#changes, this.#reads]) {
      for (const line of lines.values()) yield* line;
    }
  }

  #getLines({ isChange }: QueuedCall): Map<string, Line<Item>> {
    return isChange ? this.#changes : this.#reads;
  }

  #count({ isChange }: QueuedCall, by: 1 | -1): void {
    this.size += by;
    if (isChange) this.#changeCount += by;
  }

  #takeFrom(lines: Map<string, Line<Item>>, isEligible: (item: Item) => boolean): Item | null {
    for (const [caller, line] of lines) {
      const [item] = line;
      if (item === undefined || !isEligible(item)) continue;
      this.delete(item);
      // The caller goes to the end, after all others that wait.
      if (line.size > 0) {
        lines.delete(caller);
        lines.set(caller, line);
      }
      return item;
    }
    return null;
  }
}
