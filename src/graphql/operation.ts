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
import { type CompiledQuery, QueryCompiler } from './compiler.ts';
import { type Cost, OperationCost } from './cost.ts';
import { collectFragments } from './fragments.ts';
import { collectRootFields } from './root-fields.ts';

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
  /** How many fields and fragments its document has, with the fragments written out at each place. */
  readonly fields: number;
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
  readonly #cost: OperationCost;
  readonly #compiler: QueryCompiler;
  #rootFields: ReadonlyMap<string, string> | null = null;
  #runs = 0;
  #compiled: CompiledQuery | null = null;

  constructor(
    { schema, introspection }: PreparedSettings,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    fields: number,
  ) {
    this.fields = fields;
    this.#schema = schema;
    this.#hideSuggestions = !introspection;
    this.#document = document;
    this.#operation = operation;
    this.#name = operation.name?.value;
    this.name = this.#name ?? null;
    this.type = operation.operation;
    const isMutation = operation.operation === 'mutation';
    this.changes = isMutation ? collectRootFields(operation, collectFragments(document)).length : 0;
    this.#cost = new OperationCost(schema, document, operation);
    this.#compiler = new QueryCompiler(schema, document, operation);
  }

  /** How many bytes it may come to hold once it is compiled. */
  get compiledBytes(): number {
    return this.#compiler.bytes;
  }

  /** The names of its root fields by their response keys. */
  get rootFields(): ReadonlyMap<string, string> {
    this.#rootFields ??= new Map(
      collectRootFields(this.#operation, collectFragments(this.#document)).map(
        ({ alias, name }) => [alias?.value ?? name.value, name.value],
      ),
    );
    return this.#rootFields;
  }

  /** What it may cause at the vendors, and how large its answer may be. */
  cost(variables: Variables): Cost {
    return this.#cost.of(variables);
  }

  /** Runs it, by graphql-js at first and compiled once it has come a few times: with the same result. */
  run(contextValue: unknown, variables: Variables): ExecutionResult | Promise<ExecutionResult> {
    this.#runs += 1;
    if (this.#runs === compiledFrom) this.#compile();
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

  #compile(): void {
    const compiled = this.#compiler.compile();
    // Without the compiler graphql-js answers, and the next request tries to load it again.
    if (compiled === undefined) this.#runs -= 1;
    else this.#compiled = compiled;
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
