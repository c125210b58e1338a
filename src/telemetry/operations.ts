import type { ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import type { ChangeOutcome } from '../errors.ts';
import type { PreparedOperation } from '../graphql/operation.ts';
import type { FieldResult } from './field-result.ts';
import { type Log, writeInfoLines } from './log.ts';
import type { Counter, Histogram } from './metrics/family.ts';
import type { Metrics } from './metrics/metrics.ts';
import { BoundedNames } from './metrics/names.ts';

/** How an operation ended: without errors, with data and errors, or without data. */
type Ending = 'success' | 'partial' | 'error';

/** What operations are seen with. */
export interface OperationTelemetrySettings {
  readonly log: Log;
  readonly metrics: Metrics;
  /** How many names of operations are told apart in metrics. */
  readonly mostNames: number;
}

/** A root field as the log shows it. */
interface LoggedField {
  readonly key: string;
  readonly field: string;
  readonly result: string;
  readonly outcome?: string;
  readonly durationMs?: number;
}

/** A query may have more root fields than anybody would read. */
const mostFields = 50;

/** Names are cut where they are longer than anybody would read; as many characters of one are shown. */
const shownCharacters = 100;

/** Counts and logs operations as they end. */
export class OperationTelemetry {
  /** Null where they are not logged. */
  readonly #write: ((members: object) => void) | null;
  readonly #metrics: Metrics;
  readonly #names: BoundedNames<OperationSeries>;
  /** By outcome, field and result: to put them together for one key costs more than to look three times. */
  readonly #mutations: Record<ChangeOutcome, Map<string, Map<string, Counter>>> = {
    APPLIED: new Map(),
    NOT_APPLIED: new Map(),
    UNKNOWN: new Map(),
  };

  constructor({ log, metrics, mostNames }: OperationTelemetrySettings) {
    this.#write = writeInfoLines(log, 'operation');
    this.#metrics = metrics;
    this.#names = new BoundedNames(mostNames, (name) => new OperationSeries(metrics, name));
  }

  /** @param startedAt in ms as `performance.now()` tells them */
  ended(
    operation: PreparedOperation,
    { tracker, caller, requestId, incoming }: Context,
    result: ExecutionResult,
    startedAt: number,
  ): void {
    const ms = performance.now() - startedAt;
    const { name, type } = operation;
    const ending = endingOf(result);
    this.#names.of(name ?? 'anonymous', caller.name).add(type, ending, ms);
    for (const one of tracker.results) this.#mutationCount(one).value += 1;
    this.#write?.({
      operation: name === null ? null : short(name),
      type,
      result: ending,
      caller: caller.name,
      requestId,
      durationMs: rounded(ms),
      fields: type === 'mutation' ? changesOf(tracker.results) : readsOf(operation, result),
      // What was refused as a whole has no fields.
      code: ending === 'error' ? codeOf(result.errors?.[0]) : undefined,
      clientGone: incoming.client.isGone || undefined,
    });
  }

  #mutationCount({ field, result, outcome }: FieldResult): Counter {
    const byField = this.#mutations[outcome];
    let byResult = byField.get(field);
    if (byResult === undefined) {
      byResult = new Map();
      byField.set(field, byResult);
    }
    let count = byResult.get(result);
    if (count === undefined) {
      count = this.#metrics.mutations.of(field, result, outcome);
      byResult.set(result, count);
    }
    return count;
  }
}

/** The series of one operation's name. */
class OperationSeries {
  readonly #metrics: Metrics;
  readonly #name: string;
  readonly #counts: Record<string, Counter | undefined> = {};
  readonly #durations: Record<string, Histogram | undefined> = {};

  constructor(metrics: Metrics, name: string) {
    this.#metrics = metrics;
    this.#name = name;
  }

  add(type: string, ending: Ending, ms: number): void {
    const key = type === 'mutation' ? ending : `query ${ending}`;
    let count = this.#counts[key];
    if (count === undefined) {
      count = this.#metrics.operations.of(this.#name, type, ending);
      this.#counts[key] = count;
    }
    count.value += 1;
    let durations = this.#durations[type];
    if (durations === undefined) {
      durations = this.#metrics.operationSeconds.of(this.#name, type);
      this.#durations[type] = durations;
    }
    durations.add(ms);
  }
}

function endingOf({ data, errors }: ExecutionResult): Ending {
  if (errors === undefined) return 'success';
  return data == null ? 'error' : 'partial';
}

function changesOf(results: readonly FieldResult[]): readonly LoggedField[] {
  return results.map(({ key, field, result, outcome, durationMs }) => ({
    key: short(key),
    field,
    result,
    outcome,
    durationMs: rounded(durationMs),
  }));
}

/** The root fields of a query: `data`, `null`, or the code of an error where one stands at or below it. */
function readsOf(operation: PreparedOperation, { data, errors }: ExecutionResult): LoggedField[] {
  const fields: LoggedField[] = [];
  for (const key in data) {
    if (fields.length === mostFields) break;
    const error = errors?.find(({ path }) => path?.[0] === key);
    const value = data[key] == null ? 'null' : 'data';
    const field = operation.rootFields.get(key) ?? '';
    fields.push({ key: short(key), field, result: error === undefined ? value : codeOf(error) });
  }
  return fields;
}

function codeOf(error: { readonly extensions?: object } | undefined): string {
  const { code } = (error?.extensions ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'GRAPHQL_ERROR';
}

function short(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

/** Ms with one digit behind the point. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
