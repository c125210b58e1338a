/** What stands for all names that came too late or are too long to be kept. */
export const otherName = 'other';

/** Longer ones are no names that anybody would look for. */
const longestName = 60;

/** Things by their name, of which clients choose the names: a bounded number of them, and one for all others. */
export class BoundedNames<T> {
  readonly #most: number;
  readonly #make: (name: string) => T;
  readonly #known = new Map<string, T>();
  #other: T | null = null;

  /** @param most how many names are kept, in the order in which they come */
  constructor(most: number, make: (name: string) => T) {
    this.#most = most;
    this.#make = make;
  }

  /** What belongs to a name. */
  of(name: string): T {
    return this.#known.get(name) ?? this.#first(name);
  }

  #first(name: string): T {
    if (this.#known.size >= this.#most || name.length > longestName) {
      this.#other ??= this.#make(otherName);
      return this.#other;
    }
    const made = this.#make(name);
    this.#known.set(name, made);
    return made;
  }
}
