import type { ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import type { ChangeOutcome } from '../errors.ts';
import type { PreparedOperation } from '../graphql/operation.ts';
import type { FieldResult } from './field-result.ts';
import { createInfoWriter, type Log } from './log.ts';
import type { Counter, Histogram } from './metrics/family.ts';
import type { Metrics } from './metrics/metrics.ts';
import { BoundedNames } from './metrics/names.ts';

/** The result of an operation: without errors, with data and errors, or without data. */
type OperationResult = 'success' | 'partial' | 'error';

/** Settings of the telemetry of operations. */
export interface OperationTelemetrySettings {
  readonly log: Log;
  readonly metrics: Metrics;
  /** The number of operation names that have their own series in the metrics. */
  readonly maxNames: number;
}

/** A root field as the log shows it. */
interface LoggedField {
  readonly key: string;
  readonly field: string;
  readonly result: string;
  readonly outcome?: string;
  readonly durationMs?: number;
}

/** The most root fields of a query in one log line. */
const maxLoggedFields = 50;

/** The most characters of a name in the log. */
const maxNameLength = 100;

/** Counts and logs completed operations. */
export class OperationTelemetry {
  /** Null if operations are not logged. */
  readonly #write: ((members: object) => void) | null;
  readonly #metrics: Metrics;
  readonly #names: BoundedNames<OperationSeries>;
  /** The counters by outcome, field and result. */
  readonly #mutations: Record<ChangeOutcome, Map<string, Map<string, Counter>>> = {
    APPLIED: new Map(),
    NOT_APPLIED: new Map(),
    UNKNOWN: new Map(),
  };

  constructor({ log, metrics, maxNames }: OperationTelemetrySettings) {
    this.#write = createInfoWriter(log, 'operation');
    this.#metrics = metrics;
    this.#names = new BoundedNames(maxNames, (name) => new OperationSeries(metrics, name));
  }

  /**
   * Counts and logs one operation.
   *
   * @param startedAt in ms, from `performance.now()`
   */
  recordEnd(
    operation: PreparedOperation,
    { tracker, caller, requestId, incoming }: Context,
    result: ExecutionResult,
    startedAt: number,
  ): void {
    const ms = performance.now() - startedAt;
    const { name, type } = operation;
    const ending = classifyResult(result);
    this.#names.get(name ?? 'anonymous', caller.name).add(type, ending, ms);
    for (const field of tracker.results) this.#getMutationCounter(field).value += 1;
    this.#write?.({
      operation: name === null ? null : truncate(name),
      type,
      result: ending,
      caller: caller.name,
      requestId,
      durationMs: roundMs(ms),
      fields:
        type === 'mutation' ? describeChanges(tracker.results) : describeReads(operation, result),
      // An operation that was rejected as a whole has no fields.
      code: ending === 'error' ? getErrorCode(result.errors?.[0]) : undefined,
      clientGone: incoming.client.isGone || undefined,
    });
  }

  #getMutationCounter({ field, result, outcome }: FieldResult): Counter {
    const byField = this.#mutations[outcome];
    let byResult = byField.get(field);
    if (byResult === undefined) {
      byResult = new Map();
      byField.set(field, byResult);
    }
    let count = byResult.get(result);
    if (count === undefined) {
      count = this.#metrics.mutations.get(field, result, outcome);
      byResult.set(result, count);
    }
    return count;
  }
}

/** The series of one operation name. */
class OperationSeries {
  readonly #metrics: Metrics;
  readonly #name: string;
  readonly #counts: Record<string, Counter | undefined> = {};
  readonly #durations: Record<string, Histogram | undefined> = {};

  constructor(metrics: Metrics, name: string) {
    this.#metrics = metrics;
    this.#name = name;
  }

  add(type: string, ending: OperationResult, ms: number): void {
    const key = type === 'mutation' ? ending : `query ${ending}`;
    let count = this.#counts[key];
    if (count === undefined) {
      count = this.#metrics.operations.get(this.#name, type, ending);
      this.#counts[key] = count;
    }
    count.value += 1;
    let durations = this.#durations[type];
    if (durations === undefined) {
      durations = this.#metrics.operationSeconds.get(this.#name, type);
      this.#durations[type] = durations;
    }
    durations.add(ms);
  }
}

function classifyResult({ data, errors }: ExecutionResult): OperationResult {
  if (errors === undefined) return 'success';
  return data == null ? 'error' : 'partial';
}

function describeChanges(results: readonly FieldResult[]): readonly LoggedField[] {
  return results.map(({ key, field, result, outcome, durationMs }) => ({
    key: truncate(key),
    field,
    result,
    outcome,
    durationMs: roundMs(durationMs),
  }));
}

/** Returns the root fields of a query with `data`, `null`, or the code of an error at or below the field. */
function describeReads(
  operation: PreparedOperation,
  { data, errors }: ExecutionResult,
): LoggedField[] {
  const fields: LoggedField[] = [];
  for (const key in data) {
    if (fields.length === maxLoggedFields) break;
    const error = errors?.find(({ path }) => path?.[0] === key);
    const value = data[key] == null ? 'null' : 'data';
    const field = operation.rootFields.get(key) ?? '';
    fields.push({
      key: truncate(key),
      field,
      result: error === undefined ? value : getErrorCode(error),
    });
  }
  return fields;
}

function getErrorCode(error: { readonly extensions?: object } | undefined): string {
  const { code } = (error?.extensions ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'GRAPHQL_ERROR';
}

function truncate(text: string): string {
  return text.length > maxNameLength ? `${text.slice(0, maxNameLength)}…` : text;
}

/** Rounds ms to one decimal place. */
function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}
