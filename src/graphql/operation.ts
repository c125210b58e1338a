import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Source,
  type SourceLocation,
} from 'graphql';
import type { DocumentAnalysis, OperationAnalysis } from './analyze-document.ts';
import { type CompiledQuery, QueryCompiler } from './compiler.ts';
import { type Cost, OperationCost } from './cost.ts';
import type { Variables } from './variables.ts';

/** The run of an operation from which on it is compiled: a document that was made to cost time comes only once. */
const compiledFromRun = 3;

/** The settings that operations are prepared with. */
export interface PreparedSettings {
  readonly schema: GraphQLSchema;
  /** Whether introspection is allowed. If not, no error suggests names of the schema either. */
  readonly introspection: boolean;
}

/** An operation of a valid document, with its cost and its compiled code. */
export class PreparedOperation {
  /** Fields and fragments of the whole document, with fragments expanded. */
  readonly fields: number;
  /** The number of root mutation fields; 0 for a query. */
  readonly changes: number;
  /** The name of the operation; null if it has none. */
  readonly name: string | null;
  /** `query` or `mutation`. */
  readonly type: string;
  readonly #settings: PreparedSettings;
  readonly #document: DocumentNode;
  readonly #analysis: OperationAnalysis | undefined;
  readonly #cost: OperationCost;
  readonly #compiler: QueryCompiler;
  #rootFields: ReadonlyMap<string, string> | null = null;
  #runs = 0;
  #compiled: CompiledQuery | null = null;

  constructor(
    settings: PreparedSettings,
    analysis: DocumentAnalysis,
    operation: OperationDefinitionNode,
  ) {
    const { schema } = settings;
    this.#settings = settings;
    this.#document = analysis.document;
    this.#analysis = analysis.operations.get(operation);
    this.fields = analysis.counts.fields;
    this.name = operation.name?.value ?? null;
    this.type = operation.operation;
    this.changes = this.type === 'mutation' ? (this.#analysis?.rootFields.length ?? 0) : 0;
    this.#cost = new OperationCost(schema, analysis.fragments, operation);
    this.#compiler = new QueryCompiler(schema, analysis, operation);
  }

  /** The memory in bytes that the operation may use once it is compiled. */
  get compiledBytes(): number {
    return this.#compiler.bytes;
  }

  /** The names of the root fields by their response keys. */
  get rootFields(): ReadonlyMap<string, string> {
    this.#rootFields ??= new Map(
      this.#analysis?.rootFields.map(({ alias, name }) => [alias?.value ?? name.value, name.value]),
    );
    return this.#rootFields;
  }

  /** Calculates the operation's calls to the vendors and the size of its response. */
  calculateCost(variables: Variables): Cost {
    return this.#cost.calculate(variables);
  }

  /** Runs the operation: with graphql-js at first, compiled from its third run on. The result is the same. */
  run(contextValue: unknown, variables: Variables): ExecutionResult | Promise<ExecutionResult> {
    this.#runs += 1;
    if (this.#runs === compiledFromRun) this.#compile();
    const result = this.#compiled?.query(undefined, contextValue, variables);
    // Nothing has run if the variables do not fit. graphql-js then reports it in its own words.
    const hasRun = result instanceof Promise || (result !== undefined && 'data' in result);
    return hasRun
      ? (result as ExecutionResult | Promise<ExecutionResult>)
      : this.#execute(contextValue, variables);
  }

  /** Returns a result whose errors have their source: those of compiled documents have lines and columns only. */
  addSource(result: ExecutionResult): ExecutionResult {
    const source = this.#document.loc?.source;
    if (result.errors === undefined || source === undefined) return result;
    const errors = result.errors.map((error) =>
      error.source === undefined && error.locations !== undefined
        ? locateError(source, error)
        : error,
    );
    return { ...result, errors };
  }

  #compile(): void {
    const compiled = this.#compiler.compile();
    // Without the compiler graphql-js answers, and the next request tries to load it again.
    if (compiled === undefined) this.#runs -= 1;
    else this.#compiled = compiled;
  }

  #execute(contextValue: unknown, variables: Variables) {
    return execute({
      schema: this.#settings.schema,
      document: this.#document,
      contextValue,
      variableValues: variables ?? null,
      operationName: this.name,
      hideSuggestions: !this.#settings.introspection,
    }) as ExecutionResult | Promise<ExecutionResult>;
  }
}

function locateError(source: Source, error: GraphQLError): GraphQLError {
  const { message, path = null, originalError = null, locations = [] } = error;
  const positions = locations.map((location) => getPosition(source, location));
  const extensions = error.extensions ?? null;
  return new GraphQLError(message, { source, positions, path, originalError, extensions });
}

/** Returns the number of characters before a location (GraphQL specification, section 2.1.2). */
function getPosition({ body }: Source, { line, column }: SourceLocation): number {
  let [start, left] = [0, line];
  for (const { index, 0: end } of body.matchAll(/\r\n|[\n\r]/g)) {
    left -= 1;
    if (left === 0) break;
    start = index + end.length;
  }
  return start + column - 1;
}
