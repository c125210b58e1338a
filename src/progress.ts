import {
  type ChangeOutcome,
  MembershipError,
  type MembershipVendor,
  notStarted,
} from './errors.ts';
import type { FieldResult } from './field-result.ts';
import { Operation } from './http/operation.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';

/** How far one root field came. */
interface FieldProgress {
  readonly operation: Operation;
  settled: ChangeOutcome | null;
}

/** What the changes of one document may take, and whether they may begin. */
export interface ProgressSettings {
  /** What one change may take in all, in ms. */
  readonly fieldTimeoutMs: number;
  /** What one call of a change may take, in ms. */
  readonly vendorTimeoutMs: number;
  /** False once the document's time is over, its client gone, or the process stopping. */
  readonly mayBegin: () => boolean;
  /** False once the client has gone. */
  readonly isWanted: () => boolean;
  /** Told of each change, so that a stop waits for it even where its client has gone. */
  readonly lifecycle: Lifecycle;
  readonly requestId: string;
  readonly log: Log;
}

/**
 * The root mutation fields of one document, by response key: which may still begin, and how far each
 * came, so that even a fault that nobody foresaw is reported with an honest outcome.
 */
export class Progress {
  readonly #settings: ProgressSettings;
  readonly #fields = new Map<string, FieldProgress>();
  readonly #results: FieldResult[] = [];

  constructor(settings: ProgressSettings) {
    this.#settings = settings;
  }

  /**
   * Makes one field's change.
   *
   * @param key the field's response key
   * @throws {VendorUnavailableError} `NOT_STARTED` where it may not begin any more
   */
  async run<T>(
    key: string,
    vendor: MembershipVendor,
    change: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    const { mayBegin, isWanted, fieldTimeoutMs, vendorTimeoutMs, lifecycle, log } = this.#settings;
    if (!mayBegin()) throw notStarted(vendor);
    const operation = new Operation({
      deadline: performance.now() + fieldTimeoutMs,
      callMs: vendorTimeoutMs,
      callsAhead: 2,
      isWanted,
      mayBegin,
      signal: null,
    });
    const field: FieldProgress = { operation, settled: null };
    this.#fields.set(key, field);
    const describe = () => ({
      requestId: this.#settings.requestId,
      field: key,
      vendor,
      outcome: outcomeSoFar(field),
    });
    const end = lifecycle.beginChange(describe);
    try {
      const result = await change(operation);
      field.settled = 'APPLIED';
      return result;
    } catch (error) {
      if (error instanceof MembershipError) field.settled = error.outcome;
      throw error;
    } finally {
      end();
      if (!isWanted()) log.warn(describe(), 'a change ended after its client had gone');
    }
  }

  /** Notes how a field ended, for those who operate the gateway. */
  ended(result: FieldResult): void {
    this.#results.push(result);
  }

  /** How its fields ended, in their order. */
  get results(): readonly FieldResult[] {
    return this.#results;
  }

  /** When a field's change must have ended, in ms as `performance.now()` tells them; null for no change. */
  deadlineOf(key: string): number | null {
    return this.#fields.get(key)?.operation.deadline ?? null;
  }

  /** What is known of a field's change; null for a field that is no change or never began. */
  outcomeOf(key: string): ChangeOutcome | null {
    const field = this.#fields.get(key);
    return field === undefined ? null : outcomeSoFar(field);
  }
}

function outcomeSoFar({ settled, operation }: FieldProgress): ChangeOutcome {
  return settled ?? (operation.mayHaveArrived ? 'UNKNOWN' : 'NOT_APPLIED');
}
