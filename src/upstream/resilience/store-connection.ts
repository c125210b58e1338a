import type { CredentialHistory } from './credential-history.ts';
import { limitTime } from './limit-time.ts';
import type { WaitingCall } from './rate-limit-bucket.ts';
import type { SharingStatus } from './rate-limiter.ts';
import { StoreClock } from './store-clock.ts';
import type { SharedBucket, TurnAnswer, TurnRequest, TurnStore } from './turn-store.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** How long a round trip may take, in ms. A later answer counts for nothing; its turns expire in the store. */
const answerMs = 2_000;

/** How often a store that is out of reach is tried, in ms. */
export const probeMs = 1_000;

/** The longest wait for the calls that other replicas made while the store was out of reach, in ms. */
const longestGraceMs = 5_000;

/**
 * Returns how long to wait for the calls that other replicas made while the store was out of reach, in ms. They notice up to
 * one probe later that it is back, and use their shares until then.
 */
export function getGraceMs(windowMs: number): number {
  return Math.min(windowMs + probeMs, longestGraceMs);
}

/** Receives whether the store can be reached. */
export interface StoreObserver {
  /** Called when a round trip failed. Nothing is asked of the store until it has recovered. */
  handleLoss(error: unknown): void;
  handleRecovery(): void;
}

/** What the buckets of a rate limiter share. */
export interface SharedBucketContext {
  readonly connection: StoreConnection;
  /** Limits the calls that wait, in all buckets of the vendor. */
  readonly room: WaitingRoom<WaitingCall>;
  /** Null if the vendor counts each credential on its own. */
  readonly history: CredentialHistory | null;
  /** How long after its time a turn may be used, in ms. */
  readonly lateMs: number;
  /** How long to wait for the calls that other replicas made while the store was out of reach, in ms. */
  readonly graceMs: number;
}

/** A rate limiter's access to the store that it shares with other replicas, with the clock and the state of the store. */
export class StoreConnection {
  readonly clock = new StoreClock();
  readonly #store: TurnStore;
  readonly #observer: StoreObserver;
  readonly #countReplicas: () => number;
  #replicas = 1;
  #bookings = 0;
  #bookingMs = 0;
  #late = 0;
  #isAway = false;

  /** @param countReplicas returns how many replicas use the store, as far as this process knows without asking */
  constructor(store: TurnStore, observer: StoreObserver, countReplicas: () => number) {
    this.#store = store;
    this.#observer = observer;
    this.#countReplicas = countReplicas;
  }

  /** Whether the store cannot be reached. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** The most replicas that have used the store at the same time. */
  get replicas(): number {
    return Math.max(this.#replicas, this.#countReplicas());
  }

  get status(): SharingStatus {
    const { isAway } = this;
    return { bookings: this.#bookings, bookingMs: this.#bookingMs, late: this.#late, isAway };
  }

  /** Counts a turn whose time passed before it was used. */
  noteLate(): void {
    this.#late += 1;
  }

  /** Books, takes and frees turns. Rejects if the store cannot be reached, after it has told the observer. */
  async take(bucket: SharedBucket, request: TurnRequest): Promise<TurnAnswer> {
    const sentAt = performance.now();
    const answer = await this.run((store) => store.take(bucket, request));
    const receivedAt = performance.now();
    this.clock.observe(sentAt, receivedAt, answer.now);
    this.#replicas = Math.max(this.#replicas, answer.replicas);
    return answer;
  }

  /** Makes a round trip to the store. Rejects if it cannot be reached, after it has told the observer. */
  async run<T>(work: (store: TurnStore) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    this.#bookings += 1;
    try {
      return await limitTime(answerMs, work(this.#store));
    } catch (error) {
      this.#lose(error);
      throw error;
    } finally {
      this.#bookingMs += performance.now() - startedAt;
    }
  }

  #lose(error: unknown): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#observer.handleLoss(error);
    setTimeout(() => this.#probe(), probeMs).unref();
  }

  async #probe(): Promise<void> {
    try {
      await limitTime(answerMs, this.#store.probe());
      this.#isAway = false;
      this.#observer.handleRecovery();
    } catch {
      setTimeout(() => this.#probe(), probeMs).unref();
    }
  }
}
