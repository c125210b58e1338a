import { createRequire } from 'node:module';
import {
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Source,
  type SourceLocation,
  visit,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { VendorCallCost } from './cost.ts';
import { changesOf } from './limits.ts';
import { rootFieldsOf } from './root-fields.ts';

/** A document that comes so often is worth the time to compile it; one made to cost time comes once. */
const compiledFrom = 3;

/** The values that a client sent for an operation's variables. */
export type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** What operations are prepared with. */
export interface PreparedSettings {
  readonly schema: GraphQLSchema;
  /** Whether the schema may be asked for; else no error suggests names of it, either. */
  readonly introspection: boolean;
}

/** One operation of a document that may run, with all that is known of it before it does. */
export class PreparedOperation {
  /** How many root mutation fields it has; 0 for a query. */
  readonly changes: number;
  /** As its client named it; null where it has no name. */
  readonly name: string | null;
  /** `query` or `mutation`. */
  readonly type: string;
  readonly #schema: GraphQLSchema;
  readonly #hideSuggestions: boolean;
  readonly #document: DocumentNode;
  readonly #name: string | undefined;
  readonly #operation: OperationDefinitionNode;
  readonly #cost: VendorCallCost;
  #rootFields: ReadonlyMap<string, string> | null = null;
  #runs = 0;
  #compiled: CompiledQuery | null = null;

  constructor(
    { schema, introspection }: PreparedSettings,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ) {
    this.#schema = schema;
    this.#hideSuggestions = !introspection;
    this.#document = document;
    this.#operation = operation;
    this.#name = operation.name?.value;
    this.name = this.#name ?? null;
    this.type = operation.operation;
    this.changes = changesOf(document, this.#name);
    this.#cost = new VendorCallCost(schema, document, operation);
  }

  /** The names of its root fields by their response keys. */
  get rootFields(): ReadonlyMap<string, string> {
    this.#rootFields ??= rootFieldsOf(this.#document, this.#operation);
    return this.#rootFields;
  }

  /** How many calls to vendors it may cause. */
  vendorCalls(variables: Variables): number {
    return this.#cost.of(variables);
  }

  /** Runs it, by graphql-js at first and compiled once it has come a few times: with the same result. */
  run(contextValue: unknown, variables: Variables): ExecutionResult | Promise<ExecutionResult> {
    this.#runs += 1;
    if (this.#runs === compiledFrom) this.#compiled = this.#compile();
    const result = this.#compiled?.query(undefined, contextValue, variables);
    // Variables that do not fit are told in graphql-js's own words; nothing has run by then.
    const hasRun = result instanceof Promise || (result !== undefined && 'data' in result);
    return hasRun
      ? (result as ExecutionResult | Promise<ExecutionResult>)
      : this.#execute(contextValue, variables);
  }

  /** A result of it, whose errors tell of what their lines and columns are: compiled documents' do not. */
  placed(result: ExecutionResult): ExecutionResult {
    const source = this.#document.loc?.source;
    if (result.errors === undefined || source === undefined) return result;
    const errors = result.errors.map((error) =>
      error.source === undefined && error.locations !== undefined ? placedIn(source, error) : error,
    );
    return { ...result, errors };
  }

  #execute(contextValue: unknown, variables: Variables) {
    return execute({
      schema: this.#schema,
      document: this.#document,
      contextValue,
      variableValues: variables ?? null,
      operationName: this.#name ?? null,
      hideSuggestions: this.#hideSuggestions,
    }) as ExecutionResult | Promise<ExecutionResult>;
  }

  #compile(): CompiledQuery | null {
    if (isConditional(this.#document)) return null;
    const { compileQuery, isCompiledQuery } = compiler();
    const compiled = compileQuery(this.#schema, this.#document, this.#name);
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

/** Loaded when the first document is worth it: a start needs no compiler. */
function compiler(): typeof import('graphql-jit') {
  return require('graphql-jit');
}

const require = createRequire(import.meta.url);

/**
 * Whether a document skips or includes parts of itself. Compiled, a field that stands in it twice keeps
 * what is selected below its skipped place.
 */
function isConditional(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}

function placedIn(source: Source, error: GraphQLError): GraphQLError {
  const { message, path = null, originalError = null, locations = [] } = error;
  const positions = locations.map((location) => positionOf(source, location));
  const extensions = error.extensions ?? null;
  return new GraphQLError(message, { source, positions, path, originalError, extensions });
}

/** How many characters stand before a place (GraphQL specification, section 2.1.2). */
function positionOf({ body }: Source, { line, column }: SourceLocation): number {
  let [start, left] = [0, line];
  for (const { index, 0: end } of body.matchAll(/\r\n|[\n\r]/g)) {
    left -= 1;
    if (left === 0) break;
    start = index + end.length;
  }
  return start + column - 1;
}
