import type { Claim, Ledger } from '../state/ledger.ts';
import type { Counter, Histogram } from './metrics/family.ts';
import type { Metrics } from './metrics/metrics.ts';

/** How often the age of the oldest change without an end is read, in ms. It shows, too, whether the database works. */
const pollMs = 15_000;

/** The label of each answer to a claim. */
const claimResults: Readonly<Record<Claim['kind'], string>> = {
  begin: 'begin',
  settleAgain: 'settle_again',
  ended: 'replay',
  inProgress: 'in_progress',
  otherInput: 'other_input',
};

/** The series of one method of the ledger. */
interface MethodSeries {
  readonly seconds: Histogram;
  readonly failures: Counter;
}

/** A ledger whose calls are counted and timed. */
export class MeasuredLedger implements Ledger {
  readonly #ledger: Ledger;
  readonly #metrics: Metrics;
  readonly #claim: MethodSeries;
  readonly #intent: MethodSeries;
  readonly #end: MethodSeries;
  readonly #poll: MethodSeries;
  readonly #timer: NodeJS.Timeout;
  #isReachable = true;
  #oldestMs: number | null = null;

  constructor(ledger: Ledger, metrics: Metrics) {
    this.#ledger = ledger;
    this.#metrics = metrics;
    for (const result of Object.values(claimResults)) metrics.claims.get(result);
    this.#claim = createSeries(metrics, 'claim');
    this.#intent = createSeries(metrics, 'intent');
    this.#end = createSeries(metrics, 'end');
    this.#poll = createSeries(metrics, 'poll');
    this.#timer = setInterval(() => void this.#readAge(), pollMs).unref();
    void this.#readAge();
  }

  /** Whether the last call succeeded. */
  get isReachable(): boolean {
    return this.#isReachable;
  }

  /** For how long the oldest change has been sending without an end, in ms, when it was last read; 0 if none was. */
  get oldestIntentMs(): number {
    return this.#oldestMs ?? 0;
  }

  async claim(...parameters: Parameters<Ledger['claim']>): Promise<Claim> {
    const claim = await this.#measure(this.#claim, this.#ledger.claim(...parameters));
    this.#metrics.claims.get(claimResults[claim.kind]).value += 1;
    return claim;
  }

  recordIntent(...parameters: Parameters<Ledger['recordIntent']>): Promise<boolean> {
    return this.#measure(this.#intent, this.#ledger.recordIntent(...parameters));
  }

  recordEnd(...parameters: Parameters<Ledger['recordEnd']>): Promise<boolean> {
    return this.#measure(this.#end, this.#ledger.recordEnd(...parameters));
  }

  readOldestIntent(): Promise<number | null> {
    return this.#measure(this.#poll, this.#ledger.readOldestIntent());
  }

  readSecret(): Promise<Uint8Array> {
    return this.#ledger.readSecret();
  }

  deleteEnded(ageMs: number): Promise<void> {
    return this.#ledger.deleteEnded(ageMs);
  }

  close(): Promise<void> {
    this.stop();
    return this.#ledger.close();
  }

  /** Ends the regular reads. */
  stop(): void {
    clearInterval(this.#timer);
  }

  async #readAge(): Promise<void> {
    // A failure is counted, and shown until the next call succeeds.
    this.#oldestMs = await this.readOldestIntent().catch(() => this.#oldestMs);
  }

  async #measure<T>({ seconds, failures }: MethodSeries, call: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    try {
      const result = await call;
      this.#isReachable = true;
      seconds.add(performance.now() - startedAt);
      return result;
    } catch (error) {
      this.#isReachable = false;
      failures.value += 1;
      throw error;
    }
  }
}

function createSeries(metrics: Metrics, method: string): MethodSeries {
  return {
    seconds: metrics.databaseSeconds.get(method),
    failures: metrics.databaseFailures.get(method),
  };
}
