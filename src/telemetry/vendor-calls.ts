import { Endpoints } from '../upstream/endpoints.ts';
import type { CallObserver, ObservedAttempt } from '../upstream/observer.ts';
import type { VendorRequest } from '../upstream/request.ts';
import type { Attempt } from '../upstream/response.ts';
import type { Log } from './log.ts';
import type { Counter, Histogram } from './metrics/family.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { AttemptSpan, VendorTracing } from './tracing/tracing.ts';

/** What a vendor's calls are seen with. */
export interface VendorCallsSettings {
  /** The vendor's name, and the endpoints that are called. */
  readonly vendor: { readonly id: string; readonly endpoints: readonly string[] };
  readonly metrics: Metrics;
  /** Whether each call is logged. */
  readonly isLogged: boolean;
  /** Null where traces are off. */
  readonly tracing: VendorTracing | null;
}

/** The series of one endpoint; those of a status are made when it first comes. */
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
    this.#waits = metrics.pacingWaits.of(vendor.id);
    this.#waitSeconds = metrics.pacingSeconds.of(vendor.id);
    this.#refusals = metrics.pacingRefusals.of(vendor.id);
  }

  begin(request: VendorRequest, number: number, logged: { log(): Log }): ObservedAttempt {
    const endpoint = request.endpoint ?? this.#endpoints.find(request.method, request.path);
    const series = this.#series.get(endpoint) ?? this.#newSeries(endpoint);
    if (number > 1) series.repeats.value += 1;
    const { tracing } = this.settings;
    const span = tracing === null ? null : tracing.attempt(request.method, endpoint, number);
    return new SeenAttempt(this, series, number, logged, span);
  }

  noteWait(ms: number): void {
    this.#waits.value += 1;
    this.#waitSeconds.value += ms / 1_000;
  }

  noteRefusal(): void {
    this.#refusals.value += 1;
  }

  noteReadBack(sight: 'inPlace' | 'notInPlace' | 'unreadable'): void {
    this.settings.metrics.readBacks.of(this.settings.vendor.id, sights[sight]).value += 1;
  }

  /** Counts an attempt that has ended. */
  count(series: EndpointSeries, status: string, ms: number): void {
    const { metrics, vendor } = this.settings;
    let count = series.byStatus[status];
    if (count === undefined) {
      count = metrics.calls.of(vendor.id, series.endpoint, status);
      series.byStatus[status] = count;
    }
    count.value += 1;
    series.seconds.add(ms);
  }

  #newSeries(endpoint: string): EndpointSeries {
    const { metrics, vendor } = this.settings;
    const series = {
      endpoint,
      seconds: metrics.callSeconds.of(vendor.id, endpoint),
      repeats: metrics.repeats.of(vendor.id, endpoint),
      byStatus: {},
    };
    this.#series.set(endpoint, series);
    return series;
  }
}

const sights = { inPlace: 'in_place', notInPlace: 'not_in_place', unreadable: 'unreadable' };

class SeenAttempt implements ObservedAttempt {
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
    const status = statusOf(attempt);
    const problem = attempt.kind === 'answered' ? null : problemOf(attempt.problem, isAbandoned);
    this.#calls.count(
      this.#series,
      problem ?? classes[Math.floor((status ?? 0) / 100)] ?? 'other',
      ms,
    );
    this.#span?.end(status, problem);
    const { vendor, isLogged } = this.#calls.settings;
    if (!isLogged) return;
    const { endpoint } = this.#series;
    const what = { vendor: vendor.id, endpoint, attempt: this.#number, kind: attempt.kind };
    const durationMs = Math.round(ms * 10) / 10;
    const cause = attempt.kind === 'answered' ? undefined : told(attempt.cause);
    this.#logged.log().debug({ ...what, status, problem, durationMs, cause }, 'vendor call');
  }
}

const classes = ['other', '1xx', '2xx', '3xx', '4xx', '5xx'];

/** Why a vendor was not reached, e.g. that a proxy gave no tunnel. Several addresses fail without a message. */
function told({ message, code }: NodeJS.ErrnoException): string | undefined {
  return message === '' ? code : message;
}

function statusOf(attempt: Attempt): number | null {
  if (attempt.kind === 'answered') return attempt.response.status;
  return attempt.kind === 'lost' ? attempt.status : null;
}

function problemOf(problem: 'CONNECTION' | 'TIMEOUT', isAbandoned: boolean): string {
  if (isAbandoned) return 'abandoned';
  return problem === 'TIMEOUT' ? 'timeout' : 'connection';
}
