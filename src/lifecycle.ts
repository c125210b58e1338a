/** Whether the gateway takes work, and how much is under way: what a graceful stop needs to know. */
export class Lifecycle {
  #stopping = false;
  #underWay = 0;
  #onIdle: (() => void) | null = null;

  /** Whether the process is ending. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /** How many answers and changes are under way. */
  get underWay(): number {
    return this.#underWay;
  }

  /** An answer or a change begins. */
  begin(): void {
    this.#underWay += 1;
  }

  /** An answer has gone out, or a change has ended. */
  end(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#onIdle?.();
  }

  /** From now on no document and no change begins; resolves once those under way have ended. */
  stop(): Promise<void> {
    this.#stopping = true;
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }
}
