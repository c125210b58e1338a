/** What stands for all names that came too late or are too long to be kept. */
export const otherName = 'other';

/** Longer ones are no names that anybody would look for. */
const longestName = 60;

/**
 * Things by their names, which clients choose: a bounded number of them, and one for all others. No owner brings more
 * than half of them, so that the names of one caller do not take the place of everyone else's.
 */
export class BoundedNames<T> {
  readonly #most: number;
  readonly #make: (name: string) => T;
  readonly #known = new Map<string, T>();
  readonly #broughtBy = new Map<string | null, number>();
  #other: T | null = null;

  /** @param most how many names are kept, in the order in which they come */
  constructor(most: number, make: (name: string) => T) {
    this.#most = most;
    this.#make = make;
  }

  /**
   * Returns what belongs to a name.
   *
   * @param owner whose name it is if it is new; null for those without a name of their own, who share one part
   */
  of(name: string, owner: string | null): T {
    return this.#known.get(name) ?? this.#first(name, owner);
  }

  #first(name: string, owner: string | null): T {
    const brought = (this.#broughtBy.get(owner) ?? 0) + 1;
    const isFull = this.#known.size >= this.#most || brought > this.#most / 2;
    if (isFull || name.length > longestName) {
      this.#other ??= this.#make(otherName);
      return this.#other;
    }
    const made = this.#make(name);
    this.#known.set(name, made);
    this.#broughtBy.set(owner, brought);
    return made;
  }
}
