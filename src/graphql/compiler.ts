import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { loadLate } from '../server/late-load.ts';
import type { DocumentAnalysis, Fragments } from './analyze-document.ts';

export type { CompiledQuery } from 'graphql-jit';

/**
 * The most fields and fragments that are compiled, with fragments expanded, and below an interface or a union once for each
 * of its types. Compiling this many takes up to 70 ms, once per document.
 */
const maxSelections = 300;

/** The memory of one compiled field in bytes: its source text, and its bytecode once it has run. */
const bytesPerSelection = 4_000;

/**
 * Compiles operations: -13 % CPU per mutation, bench scene `success`. The compiler expands each spread at each level and
 * each interface for each of its types, and names the code it generates after aliases and variables. Therefore only small
 * operations are compiled, in which all names except those of required variables come from the schema.
 */
export class QueryCompiler {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #operation: OperationDefinitionNode;
  readonly #selections: number;

  constructor(
    schema: GraphQLSchema,
    analysis: DocumentAnalysis,
    operation: OperationDefinitionNode,
  ) {
    this.#schema = schema;
    this.#document = analysis.document;
    this.#operation = operation;
    this.#selections = isPlain(analysis, operation)
      ? countSelections(schema, analysis, operation)
      : Number.POSITIVE_INFINITY;
  }

  /** The memory of the compiled operation in bytes; 0 if it is not compiled. */
  get bytes(): number {
    return this.#isCompiled ? this.#selections * bytesPerSelection : 0;
  }

  /**
   * Compiles the operation. Returns null if only graphql-js may run it, undefined if the compiler cannot be loaded at the
   * moment. A failure is a fault of the gateway, which costs CPU only: it is a warning of the process.
   */
  compile(): CompiledQuery | null | undefined {
    if (!this.#isCompiled) return null;
    const jit = loadCompiler();
    if (jit === undefined) return undefined;
    const { compileQuery, isCompiledQuery } = jit;
    const compiled = compileQuery(this.#schema, this.#document, this.#operation.name?.value);
    if (isCompiledQuery(compiled)) return compiled;
    const [error] = compiled.errors ?? [];
    process.emitWarning(`expected a compiled operation, got: ${error?.message}`, 'CompilerWarning');
    return null;
  }

  get #isCompiled(): boolean {
    return this.#selections <= maxSelections;
  }
}

/** Loads the compiler for the first document that is compiled; undefined if its files cannot be read at the moment. */
function loadCompiler(): typeof import('graphql-jit') | undefined {
  try {
    return loadLate('graphql-jit');
  } catch {
    return undefined;
  }
}

/**
 * Returns whether an operation has the same result when it is compiled. It does not with directives (a field that occurs
 * twice keeps what is selected below its skipped place), with aliases (`__proto__` is lost, and generated code is named
 * after them) and with nullable variables (one with a default is not checked if a value is required).
 */
function isPlain(
  { counts, fieldNames }: DocumentAnalysis,
  { variableDefinitions = [] }: OperationDefinitionNode,
): boolean {
  const hasPlainVariables = variableDefinitions.every(
    ({ variable, type, defaultValue }) =>
      type.kind === Kind.NON_NULL_TYPE &&
      defaultValue === undefined &&
      !isReserved(variable.name.value),
  );
  if (!hasPlainVariables || counts.aliases > 0 || counts.directives > 0) return false;
  for (const name of fieldNames) {
    if (name !== '__typename' && isReserved(name)) return false;
  }
  return true;
}

/** Returns whether generated code may confuse a name with another: each object inherits some names from its prototype. */
function isReserved(name: string): boolean {
  return name.startsWith('__') || name in Object.prototype;
}

/** Counts the selections that the compiler expands, up to just beyond the most that is compiled. */
function countSelections(
  schema: GraphQLSchema,
  { fragments, operations }: DocumentAnalysis,
  operation: OperationDefinitionNode,
): number {
  const fields = operations.get(operation)?.fields ?? Number.POSITIVE_INFINITY;
  const root = schema.getRootType(operation.operation);
  if (fields > maxSelections || root == null) return fields;
  const count = new SelectionCount(schema, fragments);
  count.add(operation.selectionSet, root);
  return Math.max(fields, count.selections);
}

class SelectionCount {
  selections = 0;
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;

  constructor(schema: GraphQLSchema, fragments: Fragments) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  add({ selections }: SelectionSetNode, type: GraphQLObjectType): void {
    for (const one of selections) {
      this.selections += 1;
      if (this.selections > maxSelections) return;
      if (one.kind === Kind.FIELD) {
        const field = type.getFields()[one.name.value];
        if (one.selectionSet === undefined || field === undefined) continue;
        const named = getNamedType(field.type);
        for (const each of this.#getObjectTypes(named)) this.add(one.selectionSet, each);
        continue;
      }
      const isSpread = one.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? this.#fragments[one.name.value] : one;
      const condition = fragment?.typeCondition?.name.value;
      if (fragment === undefined || !this.#matches(condition, type)) continue;
      this.add(fragment.selectionSet, type);
    }
  }

  #getObjectTypes(type: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isAbstractType(type)) return this.#schema.getPossibleTypes(type);
    return isObjectType(type) ? [type] : [];
  }

  #matches(condition: string | undefined, type: GraphQLObjectType): boolean {
    const named = condition === undefined ? type : this.#schema.getType(condition);
    return named === type || (isAbstractType(named) && this.#schema.isSubType(named, type));
  }
}
