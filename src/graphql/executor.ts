import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { GatewayRequest } from '../server/request.ts';
import type { Log } from '../telemetry/log.ts';
import type { OperationTelemetry } from '../telemetry/operations.ts';
import type { Tracing } from '../telemetry/tracing/tracing.ts';
import type { Cost } from './cost.ts';
import { maskResult } from './mask.ts';
import type { PreparedOperation } from './operation.ts';
import { toRequestErrors } from './request-errors.ts';
import { checkVariables, type Variables } from './variables.ts';

/** The header that asks for a document's cost: `graphql-cost: report`, as in Hot Chocolate. */
const costHeader = 'graphql-cost';

/** Options of a {@link DocumentExecutor}. */
export interface ExecutorSettings {
  /** Creates the context of a document, which its resolvers share. */
  readonly context: (incoming: GatewayRequest) => Context;
  /** The most calls to vendors that one document may cause. */
  readonly maxVendorCalls: number;
  /** The most fields that a response may have, each counted for every object that has it. */
  readonly maxResultFields: number;
  /** The most fields that a document may have, with its fragments expanded, for the cost report. */
  readonly maxFields: number;
  /** The most values that a request's variables may have, nested ones included. */
  readonly maxVariables: number;
  /** Counts the changes of a document towards its caller's limit. Returns an error if the limit is exceeded, otherwise null. */
  readonly takeChanges: (
    incoming: GatewayRequest,
    changes: number,
  ) => GraphQLError | null | Promise<GraphQLError | null>;
  readonly log: Log;
  /** Counts and logs operations that have run. */
  readonly operations: OperationTelemetry;
  /** Null if tracing is off. */
  readonly tracing: Tracing | null;
}

/** Runs operations: the only way by which a document reaches the resolvers. */
export class DocumentExecutor {
  readonly #settings: ExecutorSettings;

  constructor(settings: ExecutorSettings) {
    this.#settings = settings;
  }

  /**
   * Runs an operation.
   *
   * @param convert converts the result, in which all faults are masked
   */
  run<T>(
    operation: PreparedOperation,
    variables: Variables,
    incoming: GatewayRequest,
    convert: (result: ExecutionResult) => T,
  ): Promise<T> {
    const { tracing } = this.#settings;
    if (tracing === null) return this.#run(operation, variables, incoming, convert);
    const run = () => this.#run(operation, variables, incoming, (result) => result);
    return tracing.operation(operation, incoming.headers, run).then(convert);
  }

  async #run<T>(
    operation: PreparedOperation,
    variables: Variables,
    incoming: GatewayRequest,
    convert: (result: ExecutionResult) => T,
  ): Promise<T> {
    const startedAt = performance.now();
    const { maxVariables, log, operations } = this.#settings;
    incoming.hasRun = true;
    try {
      const context = this.#settings.context(incoming);
      const error = checkVariables(variables, maxVariables);
      if (error !== null) {
        const errors = toRequestErrors([error], 'BAD_USER_INPUT', incoming.requestId);
        return convert({ errors });
      }
      const cost = operation.calculateCost(variables);
      const checking = this.#checkLimits(operation, cost, incoming);
      const rejection = checking instanceof Promise ? await checking : checking;
      const running = rejection ?? operation.run(context, variables);
      const raw = running instanceof Promise ? await running : running;
      const located = operation.addSource(raw);
      const result = maskResult(located, incoming.requestId, context.tracker, log);
      operations.recordEnd(operation, context, result, startedAt);
      return convert(this.#complete(result, operation, cost, incoming));
    } catch (error) {
      const fault = new GraphQLError('', { originalError: error as Error });
      return convert(maskResult({ errors: [fault] }, incoming.requestId, null, log));
    } finally {
      // A field that failed does not wait for its other reads. The reads that are still queued are not sent.
      incoming.isAnswered = true;
    }
  }

  /** Adds the cost report if the request asks for it; errors of a document that did not run become request errors. */
  #complete(
    result: ExecutionResult,
    { fields }: PreparedOperation,
    cost: Cost,
    incoming: GatewayRequest,
  ): ExecutionResult {
    const isReported = incoming.headers.get(costHeader) === 'report';
    if (!isReported && result.errors === undefined) return result;
    const { errors, data, extensions } = result;
    const report = isReported ? { cost: this.#createReport(fields, cost) } : {};
    return {
      // The errors come first, for readers of the response (GraphQL specification, section 7.1).
      ...(errors !== undefined && {
        errors:
          data === undefined
            ? toRequestErrors(errors, 'BAD_USER_INPUT', incoming.requestId)
            : errors,
      }),
      ...(data !== undefined && { data }),
      ...((isReported || extensions !== undefined) && { extensions: { ...extensions, ...report } }),
    };
  }

  #createReport(fields: number, { vendorCalls, resultFields }: Cost): object {
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

  /** Returns the errors of an operation that exceeds a limit; null if it may run. */
  #checkLimits(
    { changes }: PreparedOperation,
    { vendorCalls, resultFields }: Cost,
    incoming: GatewayRequest,
  ): ExecutionResult | null | Promise<ExecutionResult | null> {
    const { maxVendorCalls, maxResultFields, takeChanges } = this.#settings;
    // The cost is checked before the caller's changes are counted, so that a rejected document counts for nothing.
    if (vendorCalls > maxVendorCalls) {
      const message = `The document may cause ${vendorCalls} calls to the vendors, more than the limit of ${maxVendorCalls} (MAX_VENDOR_CALLS).`;
      return { errors: [createCostError(message, 'vendorCalls', maxVendorCalls)] };
    }
    if (resultFields > maxResultFields) {
      const message = `The response may have ${resultFields} fields, more than the limit of ${maxResultFields} (MAX_RESULT_FIELDS).`;
      return { errors: [createCostError(message, 'resultFields', maxResultFields)] };
    }
    const taking = changes === 0 ? null : takeChanges(incoming, changes);
    return taking instanceof Promise ? taking.then(toRejection) : toRejection(taking);
  }
}

function toRejection(error: GraphQLError | null): ExecutionResult | null {
  return error && { errors: [error] };
}

function createCostError(problem: string, limit: string, most: number): GraphQLError {
  const message = `${problem} Ask for smaller pages with "first", or for fewer fields at a time.`;
  const extensions = { code: 'DOCUMENT_TOO_LARGE', limit, most };
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}
