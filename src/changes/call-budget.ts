/** A bounded amount of something that one document may use. */
export class CallBudget {
  #left: number;

  /** @param most how much there is of it */
  constructor(most: number) {
    this.#left = most;
  }

  /** Whether nothing is left. */
  get isUsedUp(): boolean {
    return this.#left <= 0;
  }

  /** Uses some of it; returns false if less than that was left. */
  take(count = 1): boolean {
    this.#left -= count;
    return this.#left >= 0;
  }
}
