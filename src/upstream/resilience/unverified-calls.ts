import type { CredentialHistory } from './credential-history.ts';

/**
 * The calls in flight whose credentials the vendor has not accepted yet: few, so that made-up credentials leave the slots to
 * others until their 401s arrive. Replicas share the number.
 */
export class UnverifiedCalls {
  readonly #history: CredentialHistory | null;
  readonly #getReplicas: () => number;
  #count = 0;

  /** @param history null if the vendor counts each credential on its own: then nothing is limited */
  constructor(history: CredentialHistory | null, getReplicas: () => number) {
    this.#history = history;
    this.#getReplicas = getReplicas;
  }

  /** The number of calls in flight. */
  get count(): number {
    return this.#count;
  }

  /** How many more may be sent now. */
  get room(): number {
    if (this.#history === null) return Number.POSITIVE_INFINITY;
    const most = Math.max(1, Math.floor(this.#history.maxUnverified / this.#getReplicas()));
    return Math.max(0, most - this.#count);
  }

  /** Returns whether the vendor has accepted a credential, or does not count it with others. */
  isKnown(credential: string): boolean {
    return this.#history === null || this.#history.isAccepted(credential);
  }

  /** Notes that a call is sent. Returns the function that notes its end. */
  begin(credential: string): () => void {
    if (this.isKnown(credential)) return () => {};
    this.#count += 1;
    return () => {
      this.#count -= 1;
    };
  }
}
