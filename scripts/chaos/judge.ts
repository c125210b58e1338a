import { type Attempt, isNotStarted } from './answer.ts';
import { isContested, type SentChange } from './client.ts';
import type { SeenWrite } from './vendors.ts';

/** The violations that a change shows, one line each, by kind. */
export interface Verdict {
  /** A POST was sent after one that may have been made. */
  readonly doublePosts: readonly string[];
  /** An answer that is not true. */
  readonly lies: readonly string[];
  /** No end, or an answer that no client can do anything with. */
  readonly stuck: readonly string[];
}

/**
 * Compares what a client was told about a change with what the vendor saw of it. The vendor's record is complete: nothing
 * is on its way any more.
 */
export function judgeChange(sent: SentChange, writes: readonly SeenWrite[]): Verdict {
  const { change, attempts, end } = sent;
  const describe = (problem: string) => `${change.mutation} ${change.membership}: ${problem}`;
  const unexpected = attempts.flatMap(({ unexpected: answer, result }) => {
    if (answer !== null && !isShutdown(answer)) return [`unexpected answer ${answer}`];
    const problem = result?.problem ?? 'IN_PROGRESS';
    return problem === 'IN_PROGRESS' ? [] : [`unexpected problem ${problem}`];
  });
  return {
    doublePosts: findDoublePosts(writes).map(describe),
    lies: attempts.flatMap((attempt) => findLies(attempt, sent, writes)).map(describe),
    stuck: [...(end === null ? ['no end'] : []), ...unexpected].map(describe),
  };
}

/** Returns whether a whole request was rejected because the process shuts down. */
function isShutdown(answer: string): boolean {
  return answer.startsWith('503 ');
}

function findDoublePosts(writes: readonly SeenWrite[]): readonly string[] {
  const posts = writes.filter(({ method }) => method === 'POST');
  return posts.flatMap((post, index) => {
    const former = posts[index - 1];
    const isAllowed =
      former === undefined || (former.refusedAt !== null && former.refusedAt <= post.at);
    return isAllowed ? [] : [`POST number ${index + 1} followed one that may have been made`];
  });
}

function findLies(
  attempt: Attempt,
  { attempts }: SentChange,
  writes: readonly SeenWrite[],
): readonly string[] {
  const { result, answeredAt, sentAt } = attempt;
  if (result === null || answeredAt === null) return [];
  if (result.outcome === 'APPLIED') {
    const isTrue = writes.some(({ madeAt }) => madeAt !== null && madeAt <= answeredAt);
    return isTrue ? [] : ['APPLIED, and the vendor had not made it'];
  }
  if (result.outcome !== 'NOT_APPLIED') return [];
  // Another request with the key may have made it while this one was answered.
  const isAlone = !isContested(attempts, attempt);
  const before = isAlone ? answeredAt : sentAt;
  const after = isNotStarted(result) ? sentAt : 0;
  if (writes.some(({ at, madeAt }) => madeAt !== null && at >= after && at < before)) {
    return [`NOT_APPLIED, and the vendor has made it: ${result.message}`];
  }
  const nextSentAt = attempts[attempts.indexOf(attempt) + 1]?.sentAt ?? Number.POSITIVE_INFINITY;
  const isSentLater = writes.some(({ at }) => at >= answeredAt && at < nextSentAt);
  return isAlone && isSentLater ? ['NOT_APPLIED, and it was sent after that answer'] : [];
}
