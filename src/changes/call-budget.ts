/** A budget of calls or fields that one document may use. */
export class CallBudget {
  #left: number;

  /** @param amount how many there are */
  constructor(amount: number) {
    this.#left = amount;
  }

  /** Whether nothing is left. */
  get isUsedUp(): boolean {
    return this.#left <= 0;
  }

  /** Uses some of them; returns false if fewer were left. */
  use(count = 1): boolean {
    this.#left -= count;
    return this.#left >= 0;
  }
}
