/**
 * The progress of one change through the gateway: made with each root field, told by the transport
 * when bytes are about to go out. It is what lets a fault that nobody foresaw still carry an
 * honest outcome.
 */
export class Operation {
  #mayHaveArrived = false;

  /** Whether an attempt of this change may have reached the vendor. */
  get mayHaveArrived(): boolean {
    return this.#mayHaveArrived;
  }

  /** From now on an attempt may have arrived. */
  readonly writing = (): void => {
    this.#mayHaveArrived = true;
  };
}
