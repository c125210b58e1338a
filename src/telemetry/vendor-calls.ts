import { Endpoints } from '../upstream/endpoints.ts';
import type { CallObserver, ObservedAttempt } from '../upstream/observer.ts';
import type { VendorRequest } from '../upstream/request.ts';
import type { Attempt } from '../upstream/response.ts';
import type { Log } from './log.ts';
import type { Counter, Histogram } from './metrics/family.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { AttemptSpan, VendorTracing } from './tracing/tracing.ts';

/** Settings of the telemetry of one vendor's calls. */
export interface VendorCallsSettings {
  /** The vendor's id, and the endpoints that are called. */
  readonly vendor: { readonly id: string; readonly endpoints: readonly string[] };
  readonly metrics: Metrics;
  /** Whether each call is logged. */
  readonly isLogged: boolean;
  /** Null if traces are off. */
  readonly tracing: VendorTracing | null;
}

/** The series of one endpoint. The counter of a status is created by its first occurrence. */
interface EndpointSeries {
  readonly endpoint: string;
  readonly seconds: Histogram;
  readonly repeats: Counter;
  readonly byStatus: Record<string, Counter | undefined>;
}

const noHeaders: readonly string[] = [];

/** Counts, logs and traces the calls to one vendor. */
export class VendorCalls implements CallObserver {
  readonly settings: VendorCallsSettings;
  readonly #endpoints: Endpoints;
  readonly #series = new Map<string, EndpointSeries>();
  readonly #waits: Counter;
  readonly #waitSeconds: Counter;
  readonly #refusals: Counter;

  constructor(settings: VendorCallsSettings) {
    this.settings = settings;
    const { vendor, metrics } = settings;
    this.#endpoints = new Endpoints(vendor.endpoints);
    this.#waits = metrics.rateLimitWaits.get(vendor.id);
    this.#waitSeconds = metrics.rateLimitWaitSeconds.get(vendor.id);
    this.#refusals = metrics.rateLimitRefusals.get(vendor.id);
  }

  begin(request: VendorRequest, number: number, logged: { log(): Log }): ObservedAttempt {
    const endpoint = request.endpoint ?? this.#endpoints.find(request.method, request.path);
    const series = this.#series.get(endpoint) ?? this.#createSeries(endpoint);
    if (number > 1) series.repeats.value += 1;
    const { tracing } = this.settings;
    const span = tracing === null ? null : tracing.attempt(request.method, endpoint, number);
    return new RecordedAttempt(this, series, number, logged, span);
  }

  noteWait(ms: number): void {
    this.#waits.value += 1;
    this.#waitSeconds.value += ms / 1_000;
  }

  noteRefusal(): void {
    this.#refusals.value += 1;
  }

  noteReadBack(sight: 'inPlace' | 'notInPlace' | 'unreadable'): void {
    const result = readBackResults[sight];
    this.settings.metrics.readBacks.get(this.settings.vendor.id, result, result).value += 1;
  }

  /** Counts a completed attempt. */
  count(series: EndpointSeries, status: string, ms: number): void {
    const { metrics, vendor } = this.settings;
    let count = series.byStatus[status];
    if (count === undefined) {
      count = metrics.calls.get(vendor.id, series.endpoint, status);
      series.byStatus[status] = count;
    }
    count.value += 1;
    series.seconds.add(ms);
  }

  #createSeries(endpoint: string): EndpointSeries {
    const { metrics, vendor } = this.settings;
    const series = {
      endpoint,
      seconds: metrics.callSeconds.get(vendor.id, endpoint),
      repeats: metrics.repeats.get(vendor.id, endpoint),
      byStatus: {},
    };
    this.#series.set(endpoint, series);
    return series;
  }
}

const readBackResults = {
  inPlace: 'in_place',
  notInPlace: 'not_in_place',
  unreadable: 'unreadable',
};

class RecordedAttempt implements ObservedAttempt {
  readonly #calls: VendorCalls;
  readonly #series: EndpointSeries;
  readonly #number: number;
  readonly #logged: { log(): Log };
  readonly #span: AttemptSpan | null;
  readonly #startedAt = performance.now();

  constructor(
    calls: VendorCalls,
    series: EndpointSeries,
    number: number,
    logged: { log(): Log },
    span: AttemptSpan | null,
  ) {
    this.#calls = calls;
    this.#series = series;
    this.#number = number;
    this.#logged = logged;
    this.#span = span;
  }

  get headers(): readonly string[] {
    return this.#span === null ? noHeaders : this.#span.headers;
  }

  end(attempt: Attempt, isAbandoned: boolean): void {
    const ms = performance.now() - this.#startedAt;
    const status = getStatus(attempt);
    const problem =
      attempt.kind === 'answered' ? null : describeProblem(attempt.problem, isAbandoned);
    this.#calls.count(
      this.#series,
      problem ?? statusClasses[Math.floor((status ?? 0) / 100)] ?? 'other',
      ms,
    );
    this.#span?.end(status, problem);
    const { vendor, isLogged } = this.#calls.settings;
    if (!isLogged) return;
    const { endpoint } = this.#series;
    const call = { vendor: vendor.id, endpoint, attempt: this.#number, kind: attempt.kind };
    const durationMs = Math.round(ms * 10) / 10;
    const cause = attempt.kind === 'answered' ? undefined : describeCause(attempt.cause);
    this.#logged.log().debug({ ...call, status, problem, durationMs, cause }, 'vendor call');
  }
}

const statusClasses = ['other', '1xx', '2xx', '3xx', '4xx', '5xx'];

/** Returns why a vendor was not reached; the code if there is no message, as for hosts of several addresses. */
function describeCause({ message, code }: NodeJS.ErrnoException): string | undefined {
  return message === '' ? code : message;
}

function getStatus(attempt: Attempt): number | null {
  if (attempt.kind === 'answered') return attempt.response.status;
  return attempt.kind === 'lost' ? attempt.status : null;
}

function describeProblem(problem: 'CONNECTION' | 'TIMEOUT', isAbandoned: boolean): string {
  if (isAbandoned) return 'abandoned';
  return problem === 'TIMEOUT' ? 'timeout' : 'connection';
}
