import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { GatewayRequest } from '../server/request.ts';
import type { Log } from '../telemetry/log.ts';
import type { OperationTelemetry } from '../telemetry/operations.ts';
import type { Tracing } from '../telemetry/tracing/tracing.ts';
import type { Cost } from './cost.ts';
import { maskResult } from './mask.ts';
import type { PreparedOperation, Variables } from './operation.ts';
import { toRequestErrors } from './request-errors.ts';
import { checkVariables } from './variables.ts';

/** Asks for a document's cost: `graphql-cost: report`, as Hot Chocolate's servers take it. */
const costHeader = 'graphql-cost';

/** What stands between a document that may run and its running. */
export interface ExecutorSettings {
  /** What the resolvers of a document share. */
  readonly context: (incoming: GatewayRequest) => Context;
  /** How many calls to vendors one document may cause. */
  readonly maxVendorCalls: number;
  /** How many fields an answer may have, each counted for every object that has it. */
  readonly maxResultFields: number;
  /** How many fields a document may have, with its fragments written out; the cost report names it. */
  readonly maxFields: number;
  /** How many values a request's variables may hold, those inside others too. */
  readonly maxVariables: number;
  /** Takes the changes of a document from what its caller may make; the error where they are too many, null where they are not. */
  readonly takeChanges: (incoming: GatewayRequest, changes: number) => GraphQLError | null;
  readonly log: Log;
  /** Counts and logs what has run. */
  readonly operations: OperationTelemetry;
  /** Null where traces are off. */
  readonly tracing: Tracing | null;
}

/** Runs operations: the one way in which any document reaches the resolvers. */
export class DocumentExecutor {
  readonly #settings: ExecutorSettings;

  constructor(settings: ExecutorSettings) {
    this.#settings = settings;
  }

  /** @param show gives what becomes of the result, of which all faults are masked */
  run<T>(
    operation: PreparedOperation,
    variables: Variables,
    incoming: GatewayRequest,
    show: (result: ExecutionResult) => T,
  ): Promise<T> {
    const { tracing } = this.#settings;
    if (tracing === null) return this.#run(operation, variables, incoming, show);
    const run = () => this.#run(operation, variables, incoming, (result) => result);
    return tracing.operation(operation, incoming.headers, run).then(show);
  }

  async #run<T>(
    operation: PreparedOperation,
    variables: Variables,
    incoming: GatewayRequest,
    show: (result: ExecutionResult) => T,
  ): Promise<T> {
    const startedAt = performance.now();
    const { maxVariables, log, operations } = this.#settings;
    incoming.hasRun = true;
    try {
      const context = this.#settings.context(incoming);
      const wrong = checkVariables(variables, maxVariables);
      if (wrong !== null)
        return show({ errors: toRequestErrors([wrong], 'BAD_USER_INPUT', incoming.requestId) });
      const cost = operation.cost(variables);
      const refused = this.#refused(operation, cost, incoming);
      const running = refused ?? operation.run(context, variables);
      const raw = running instanceof Promise ? await running : running;
      const result = maskResult(operation.placed(raw), incoming.requestId, context.progress, log);
      operations.recordEnd(operation, context, result, startedAt);
      return show(this.#shown(result, operation, cost, incoming));
    } catch (error) {
      const fault = new GraphQLError('', { originalError: error as Error });
      return show(maskResult({ errors: [fault] }, incoming.requestId, null, log));
    } finally {
      // A field that failed does not wait for its other reads: those still queued are not sent.
      incoming.isAnswered = true;
    }
  }

  /** A result as clients get it: with what it cost, where that is asked for. */
  #shown(
    result: ExecutionResult,
    { fields }: PreparedOperation,
    cost: Cost,
    incoming: GatewayRequest,
  ): ExecutionResult {
    const isAsked = incoming.headers.get(costHeader) === 'report';
    if (!isAsked && result.errors === undefined) return result;
    const { errors, data, extensions } = result;
    const report = isAsked ? { cost: this.#report(fields, cost) } : {};
    return {
      // Those who read it see errors first (GraphQL specification, section 7.1).
      ...(errors !== undefined && {
        errors:
          data === undefined
            ? toRequestErrors(errors, 'BAD_USER_INPUT', incoming.requestId)
            : errors,
      }),
      ...(data !== undefined && { data }),
      ...((isAsked || extensions !== undefined) && { extensions: { ...extensions, ...report } }),
    };
  }

  #report(fields: number, { vendorCalls, resultFields }: Cost): object {
    const { maxVendorCalls, maxFields, maxResultFields } = this.#settings;
    return {
      vendorCalls,
      most: maxVendorCalls,
      fields,
      mostFields: maxFields,
      resultFields,
      mostResultFields: maxResultFields,
    };
  }

  #refused(
    { changes }: PreparedOperation,
    { vendorCalls, resultFields }: Cost,
    incoming: GatewayRequest,
  ): ExecutionResult | null {
    const { maxVendorCalls, maxResultFields, takeChanges } = this.#settings;
    // Before the caller's changes are counted: what is refused uses nothing up.
    if (vendorCalls > maxVendorCalls) {
      const message = `The document may cause ${vendorCalls} calls to the vendors; this gateway makes at most ${maxVendorCalls} for one (MAX_VENDOR_CALLS).`;
      return { errors: [tooCostly(message, 'vendorCalls', maxVendorCalls)] };
    }
    if (resultFields > maxResultFields) {
      const message = `The answer may have ${resultFields} fields; this gateway returns at most ${maxResultFields} (MAX_RESULT_FIELDS).`;
      return { errors: [tooCostly(message, 'resultFields', maxResultFields)] };
    }
    const error = changes === 0 ? null : takeChanges(incoming, changes);
    return error && { errors: [error] };
  }
}

function tooCostly(problem: string, limit: string, most: number): GraphQLError {
  const message = `${problem} Ask for smaller parts of lists with "first", or for fewer fields at a time.`;
  const extensions = { code: 'DOCUMENT_TOO_LARGE', limit, most };
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}
