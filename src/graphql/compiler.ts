import {
  BREAK,
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
  visit,
} from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { loadLate } from '../server/late-load.ts';
import { Extents } from './extent.ts';
import { collectFragments, type Fragments } from './fragments.ts';

export type { CompiledQuery } from 'graphql-jit';

/**
 * The most fields and fragments that are compiled: with fragments written out at each place, and below an interface or
 * a union once for each of its types. So many take up to 70 ms, once for a document.
 */
const mostSelections = 300;

/** The memory of one compiled field: its source text, and the bytecode once it has run. */
const bytesPerSelection = 4_000;

/**
 * Compiles operations: -13 % CPU per mutation, bench scene `success`. The compiler expands each spread at each level and
 * each interface for each of its types, and names what it generates after aliases and variables. So only small
 * operations are compiled, in which all names but those of required variables come from the schema.
 */
export class QueryCompiler {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #operation: OperationDefinitionNode;
  readonly #selections: number;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#document = document;
    this.#operation = operation;
    this.#selections = isPlain(document, operation)
      ? selectionsOf(schema, document, operation)
      : Number.POSITIVE_INFINITY;
  }

  /** How many bytes the compiled operation holds; 0 if it is not compiled. */
  get bytes(): number {
    return this.#isCompiled ? this.#selections * bytesPerSelection : 0;
  }

  /**
   * Returns the operation compiled; null if only graphql-js may run it, undefined if the compiler cannot be loaded at the
   * moment.
   */
  compile(): CompiledQuery | null | undefined {
    if (!this.#isCompiled) return null;
    const jit = graphqlJit();
    if (jit === undefined) return undefined;
    const { compileQuery, isCompiledQuery } = jit;
    const compiled = compileQuery(this.#schema, this.#document, this.#operation.name?.value);
    return isCompiledQuery(compiled) ? compiled : null;
  }

  get #isCompiled(): boolean {
    return this.#selections <= mostSelections;
  }
}

/** Loads the compiler when the first document is worth it; undefined if one of its files cannot be read at the moment. */
function graphqlJit(): typeof import('graphql-jit') | undefined {
  try {
    return loadLate('graphql-jit');
  } catch {
    return undefined;
  }
}

/**
 * Whether a document has nothing that gives another answer when compiled. Directives: a field that occurs twice keeps
 * what is selected below its skipped place. Aliases: `__proto__` is lost, and generated code is named after them.
 * Nullable variables: those with a default are not checked where a value is required.
 */
function isPlain(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
    const isRequired = type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
    if (!isRequired || isOdd(variable.name.value)) return false;
  }
  let isFine = true;
  const refuse = () => {
    isFine = false;
    return BREAK;
  };
  visit(document, {
    Directive: refuse,
    Field: ({ alias, name: { value } }) =>
      alias !== undefined || (isOdd(value) && value !== '__typename') ? refuse() : undefined,
  });
  return isFine;
}

/** Whether generated code may take a name for something else: each object has some names from its prototype. */
function isOdd(name: string): boolean {
  return name.startsWith('__') || name in Object.prototype;
}

/** Counts what the compiler expands, no further than just beyond the most that is compiled. */
function selectionsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const fragments = collectFragments(document);
  const { fields } = new Extents(fragments).of(operation.selectionSet);
  const root = schema.getRootType(operation.operation);
  if (fields > mostSelections || root == null) return fields;
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
      if (this.selections > mostSelections) return;
      if (one.kind === Kind.FIELD) {
        const field = type.getFields()[one.name.value];
        if (one.selectionSet === undefined || field === undefined) continue;
        const named = getNamedType(field.type);
        for (const each of this.#objectTypes(named)) this.add(one.selectionSet, each);
        continue;
      }
      const isSpread = one.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? this.#fragments[one.name.value] : one;
      if (fragment === undefined || !this.#fits(fragment.typeCondition?.name.value, type)) continue;
      this.add(fragment.selectionSet, type);
    }
  }

  #objectTypes(type: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isAbstractType(type)) return this.#schema.getPossibleTypes(type);
    return isObjectType(type) ? [type] : [];
  }

  #fits(condition: string | undefined, type: GraphQLObjectType): boolean {
    const named = condition === undefined ? type : this.#schema.getType(condition);
    return named === type || (isAbstractType(named) && this.#schema.isSubType(named, type));
  }
}
