import { Counter, Family, type FamilyInfo, Histogram } from './family.ts';

/** Upper bounds in seconds: what the gateway itself takes, what vendors take, and what ends by time-outs. */
export const bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

function counts(name: string, help: string, ...labels: readonly string[]): Family<Counter> {
  return new Family({ name, help, labels }, () => new Counter());
}

function durations(name: string, help: string, ...labels: readonly string[]): Family<Histogram> {
  return new Family({ name, help, labels }, () => new Histogram(bounds));
}

/**
 * All that is counted as it happens, in plain numbers: counting is on the way of each request. What there
 * is at a moment, such as open circuits, is read when somebody asks. Times are in ms here, as everywhere
 * in the code, and in seconds where they are shown.
 */
export class Metrics {
  readonly requests = counts(
    'http_requests_total',
    'Answers on the public port, by HTTP status.',
    'status',
  );
  readonly operations = counts(
    'operations_total',
    'GraphQL operations that ended, by how: success, partial (data and errors), error (no data).',
    'operation',
    'type',
    'result',
  );
  readonly operationSeconds = durations(
    'operation_duration_seconds',
    'How long GraphQL operations took, from their document to their result.',
    'operation',
    'type',
  );
  readonly mutations = counts(
    'mutations_total',
    'Root mutation fields that ended, by the type of their result and what is known of the change.',
    'mutation',
    'result',
    'outcome',
  );
  readonly calls = counts(
    'vendor_calls_total',
    'Calls to vendors that ended: by the class of their status, or connection, timeout, abandoned (its client has gone).',
    'vendor',
    'endpoint',
    'status',
  );
  readonly callSeconds = durations(
    'vendor_call_duration_seconds',
    'How long calls to vendors took, from their place in the pool to the last byte.',
    'vendor',
    'endpoint',
  );
  readonly repeats = counts(
    'vendor_repeats_total',
    'Calls to vendors that were sent again, among the calls.',
    'vendor',
    'endpoint',
  );
  readonly readBacks = counts(
    'read_backs_total',
    'Looks at the vendor that settle what an answer left open, by what they showed.',
    'vendor',
    'sight',
  );
  readonly pacingWaits = counts(
    'pacing_waits_total',
    'Waits for a turn within the rate limit of a vendor.',
    'vendor',
  );
  readonly pacingSeconds = counts(
    'pacing_wait_seconds_total',
    'How long those waits were in all.',
    'vendor',
  );
  readonly pacingRefusals = counts(
    'pacing_refusals_total',
    'Calls that were not made, since their turn would have come too late.',
    'vendor',
  );

  constructor() {
    // Prometheus sees no growth in a series that begins with its first event.
    this.requests.of('500');
  }

  /** All families of counts. */
  counts(): readonly Family<Counter>[] {
    return [
      this.requests,
      this.operations,
      this.mutations,
      this.calls,
      this.repeats,
      this.readBacks,
      this.pacingWaits,
      this.pacingSeconds,
      this.pacingRefusals,
    ];
  }

  /** All families of durations. */
  durations(): readonly Family<Histogram>[] {
    return [this.operationSeconds, this.callSeconds];
  }
}

export type { FamilyInfo };
