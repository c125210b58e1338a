import { Counter, Family, Histogram } from './family.ts';

/** Upper bounds of the buckets in seconds: from the gateway's own time over that of vendors to the timeouts. */
export const bounds = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

function createCounters(name: string, help: string, ...labels: readonly string[]): Family<Counter> {
  return new Family({ name, help, labels }, () => new Counter());
}

function createHistograms(
  name: string,
  help: string,
  ...labels: readonly string[]
): Family<Histogram> {
  return new Family({ name, help, labels }, () => new Histogram(bounds));
}

/**
 * All counters and histograms, as plain numbers, because each request updates them. State such as open circuits is
 * read only when the metrics are requested. Times are in ms, as everywhere in the code, and exported in seconds.
 */
export class Metrics {
  readonly requests = createCounters(
    'http_requests_total',
    'Responses on the public port, by HTTP status.',
    'status',
  );
  readonly operations = createCounters(
    'operations_total',
    'Completed GraphQL operations, by result: success, partial (data and errors), error (no data).',
    'operation',
    'type',
    'result',
  );
  readonly operationSeconds = createHistograms(
    'operation_duration_seconds',
    'Duration of GraphQL operations, from the document to the result.',
    'operation',
    'type',
  );
  readonly mutations = createCounters(
    'mutations_total',
    'Completed root mutation fields, by the type of their result and the outcome of the change.',
    'mutation',
    'result',
    'outcome',
  );
  readonly calls = createCounters(
    'vendor_calls_total',
    'Completed calls to vendors, by the class of their status, or connection, timeout, abandoned (the client disconnected).',
    'vendor',
    'endpoint',
    'status',
  );
  readonly callSeconds = createHistograms(
    'vendor_call_duration_seconds',
    'Duration of calls to vendors, from leaving the queue to the last byte.',
    'vendor',
    'endpoint',
  );
  readonly repeats = createCounters(
    'vendor_repeats_total',
    'Calls to vendors that were retries; they are included in the calls.',
    'vendor',
    'endpoint',
  );
  readonly readBacks = createCounters(
    'read_backs_total',
    'Reads that settle the outcome of a change, by what they showed. The label sight is deprecated: use result.',
    'vendor',
    'result',
    'sight',
  );
  readonly rateLimitWaits = createCounters(
    'pacing_waits_total',
    "Calls that waited for a slot of a vendor's rate limit.",
    'vendor',
  );
  readonly rateLimitWaitSeconds = createCounters(
    'pacing_wait_seconds_total',
    "Total time that calls waited for a slot of a vendor's rate limit.",
    'vendor',
  );
  readonly rateLimitRefusals = createCounters(
    'pacing_refusals_total',
    'Calls that were not sent because no slot of the rate limit was free in time.',
    'vendor',
  );
  readonly claims = createCounters(
    'idempotency_claims_total',
    'Changes with an idempotency key, by what was stored for it: begin (nothing, or a change that was not made), replay, in_progress, settle_again (it may have been sent), other_input.',
    'result',
  );
  readonly databaseSeconds = createHistograms(
    'database_call_duration_seconds',
    'Duration of calls to the database until their effect is on the disk, by what they record.',
    'call',
  );
  readonly databaseFailures = createCounters(
    'database_failures_total',
    'Calls to the database that failed.',
    'call',
  );

  constructor() {
    // Created at zero: Prometheus sees no increase in a series that starts with its first event.
    this.requests.get('500');
  }

  /** Returns all families of counters. */
  listCounters(): readonly Family<Counter>[] {
    return [
      this.requests,
      this.operations,
      this.mutations,
      this.calls,
      this.repeats,
      this.readBacks,
      this.rateLimitWaits,
      this.rateLimitWaitSeconds,
      this.rateLimitRefusals,
      this.claims,
      this.databaseFailures,
    ];
  }

  /** Returns all families of histograms. */
  listHistograms(): readonly Family<Histogram>[] {
    return [this.operationSeconds, this.callSeconds, this.databaseSeconds];
  }
}
