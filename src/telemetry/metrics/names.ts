/** The label of all names that are too many or too long. */
export const otherName = 'other';

/** The maximum length of a name, in characters; clients choose names, and longer ones would fill the metrics. */
const longestName = 60;

/**
 * Values by names that clients choose: a bounded number of names, and one value for all others. One owner adds at most
 * half of the names, so that one caller cannot displace the names of all others.
 */
export class BoundedNames<T> {
  readonly #limit: number;
  readonly #create: (name: string) => T;
  readonly #known = new Map<string, T>();
  readonly #addedBy = new Map<string | null, number>();
  #other: T | null = null;

  /** @param limit the number of names that are kept, in order of arrival */
  constructor(limit: number, create: (name: string) => T) {
    this.#limit = limit;
    this.#create = create;
  }

  /**
   * Returns the value of a name.
   *
   * @param owner the caller who uses the name; null for anonymous callers, who count as one
   */
  get(name: string, owner: string | null): T {
    return this.#known.get(name) ?? this.#add(name, owner);
  }

  #add(name: string, owner: string | null): T {
    const added = (this.#addedBy.get(owner) ?? 0) + 1;
    const isFull = this.#known.size >= this.#limit || added > this.#limit / 2;
    if (isFull || name.length > longestName) {
      this.#other ??= this.#create(otherName);
      return this.#other;
    }
    const value = this.#create(name);
    this.#known.set(name, value);
    this.#addedBy.set(owner, added);
    return value;
  }
}
