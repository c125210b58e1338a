import type { ChaosChange } from './changes.ts';
import type { SeenWrite } from './vendors.ts';

/** An event of the audit log about a change. */
export interface AuditedEvent {
  /** When it was written, in ms of the epoch by the database's clock. */
  readonly at: number;
  readonly event: 'started' | 'finished';
  /** The id of the request. */
  readonly request: string;
  readonly mutation: string;
  readonly ids: Readonly<Record<string, string>>;
  /** Null if it is the start. */
  readonly outcome: 'APPLIED' | 'NOT_APPLIED' | 'UNKNOWN' | null;
  /** The name of the error's type. */
  readonly error: string | null;
}

/** How far the database's clock may be from that of the vendors, in ms: one of them is never set. */
const clocksMs = 250;

/** A request with its time between `started` and `finished`, in which it may have sent something. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Returns the change that events are about, as `groupEvents` names it. */
function getName(mutation: string, ids: Readonly<Record<string, string>>): string {
  return [
    mutation,
    ...Object.keys(ids)
      .toSorted()
      .map((id) => ids[id]),
  ].join(' ');
}

/** Groups the events of an audit log by the change that they are about. */
export function groupEvents(
  events: readonly AuditedEvent[],
): (change: ChaosChange) => readonly AuditedEvent[] {
  const groups = Map.groupBy(events, ({ mutation, ids }) => getName(mutation, ids));
  return ({ mutation, input }) => groups.get(getName(mutation, input)) ?? [];
}

/**
 * Compares the events of a change with what the vendor saw of it.
 *
 * @param events in the order of their times
 * @returns the violations, one line each
 */
export function judgeAudit(
  change: ChaosChange,
  events: readonly AuditedEvent[],
  writes: readonly SeenWrite[],
): readonly string[] {
  const started = events.filter(({ event }) => event === 'started');
  const unannounced = writes.filter(({ at }) => !started.some((one) => one.at <= at + clocksMs));
  const spans = [...Map.groupBy(events, ({ request }) => request).values()].map(toSpan);
  const untrue = events.filter((event) => !isTrue(event, spans, writes));
  return [
    ...unannounced.map(() => 'sent without a started in the audit log before it'),
    ...untrue.map(({ outcome, request }) => `the audit log has ${outcome} of request ${request}`),
  ].map((problem) => `${change.mutation} ${change.membership}: ${problem}`);
}

function toSpan(events: readonly AuditedEvent[]): Span & { readonly request: string } {
  const find = (name: string) => events.find(({ event }) => event === name)?.at;
  return {
    request: events[0]?.request ?? '',
    from: (find('started') ?? Number.NEGATIVE_INFINITY) - clocksMs,
    to: (find('finished') ?? Number.POSITIVE_INFINITY) + clocksMs,
  };
}

function isTrue(
  { event, outcome, at, error, request }: AuditedEvent,
  spans: readonly (Span & { readonly request: string })[],
  writes: readonly SeenWrite[],
): boolean {
  if (event === 'started' || outcome === 'UNKNOWN') return true;
  const made = writes.filter(({ madeAt }) => madeAt !== null && madeAt <= at + clocksMs);
  if (outcome === 'APPLIED') return made.length > 0;
  // It says only that its own request sent nothing.
  if (error === 'VendorUnavailableError' || error === 'IdempotencyError') return true;
  // Of two requests at the same time, it is unknown which one sent it.
  return !made.some((write) => {
    const senders = spans.filter(({ from, to }) => write.at >= from && write.at <= to);
    return senders.length === 1 && senders[0]?.request === request;
  });
}
