import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, type ChangeResult, isNotStarted, sendChange } from './answer.ts';
import type { ChaosChange } from './changes.ts';
import type { Random } from './random.ts';
import type { Replica } from './replica.ts';
import type { Replicas } from './replicas.ts';

/** How often a change that stays unknown is sent again before the client gives up. */
const mostUnknown = 2;

/** How often a change that was not made is sent again before the client gives up. */
const mostRefused = 8;

/** How long a client waits for an answer, in ms: longer than a gateway works on a change. */
const patienceMs = 12_000;

/** The longest time to wait before a change is sent again, in ms: servers may ask for more. */
const mostWaitMs = 2_000;

/** A change with all that its client saw. */
export interface SentChange {
  readonly change: ChaosChange;
  readonly attempts: Attempt[];
  /** The last answer; null until the client has an end that it keeps. */
  end: ChangeResult | null;
}

/**
 * Sends a change until it has an end, as the contract of idempotency keys asks for: the same request with the same key,
 * which any replica may answer.
 *
 * @param mayGoOn returns false once the client must give up
 */
export async function runChange(
  sent: SentChange,
  replicas: Replicas,
  random: Random,
  mayGoOn: () => boolean,
): Promise<void> {
  let [unknown, refused] = [0, 0];
  while (mayGoOn()) {
    const replica = pickReplica(replicas, random);
    if (replica === null) {
      await sleep(50);
      continue;
    }
    const attempt = await sendChange(replica, sent.change, patienceMs);
    sent.attempts.push(attempt);
    const { result } = attempt;
    if (result !== null && result.problem !== 'IN_PROGRESS' && !isNotStarted(result)) {
      if (result.outcome === 'UNKNOWN') unknown += 1;
      if (result.outcome === 'NOT_APPLIED') refused += 1;
      const isLast =
        result.outcome === 'APPLIED' ||
        unknown > mostUnknown ||
        // While another request may still be on its way, the answer to this one is not the end.
        (refused > mostRefused && !isContested(sent.attempts, attempt));
      if (isLast) {
        sent.end = result;
        return;
      }
    }
    const askedMs = 1_000 * (result?.retryAfterSeconds ?? 0);
    await sleep(Math.min(mostWaitMs, askedMs) + random.between(0, 300));
  }
}

/** Returns whether another request may have been worked on at the same time as one. */
export function isContested(attempts: readonly Attempt[], attempt: Attempt): boolean {
  const until = attempt.answeredAt ?? Number.POSITIVE_INFINITY;
  return attempts.some((other) => {
    const end = other.answeredAt ?? other.replica.endedAt ?? Number.POSITIVE_INFINITY;
    return other !== attempt && other.sentAt < until && end > attempt.sentAt;
  });
}

function pickReplica(replicas: Replicas, random: Random): Replica | null {
  const all = replicas.list();
  return all[Math.floor(random.next() * all.length)] ?? null;
}
