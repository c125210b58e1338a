import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** The fragments of a document by their names. It has no prototype, since a fragment may have any name. */
export type Fragments = Readonly<Record<string, FragmentDefinitionNode | undefined>>;

/** The counts of a document that limits apply to. */
export interface DocumentCounts {
  readonly aliases: number;
  readonly directives: number;
  /** Named fragments. */
  readonly fragments: number;
  /** Fields that query the schema and, if there are any, aliases: each may return the schema again. */
  readonly introspection: number;
  /** Root fields of the mutation with the most, including those in its fragments. */
  readonly changes: number;
  /** The depth of nested fields, with fragments expanded. */
  readonly depth: number;
  /** Fields and fragments, with each fragment expanded wherever it is spread. */
  readonly fields: number;
}

/** A document's syntax, analyzed before the document is validated: no types are known. */
export interface DocumentAnalysis {
  readonly document: DocumentNode;
  readonly fragments: Fragments;
  readonly counts: DocumentCounts;
  /** The names of all fields, without their aliases. */
  readonly fieldNames: ReadonlySet<string>;
  readonly operations: ReadonlyMap<OperationDefinitionNode, OperationAnalysis>;
}

/** The part of a document's analysis that belongs to one operation. */
export class OperationAnalysis {
  /** Fields and fragments, with each fragment expanded wherever it is spread. */
  readonly fields: number;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Fragments;
  #rootFields: readonly FieldNode[] | null = null;

  constructor(operation: OperationDefinitionNode, fragments: Fragments, fields: number) {
    this.#operation = operation;
    this.#fragments = fragments;
    this.fields = fields;
  }

  /** The root fields as they are written, including those in fragments. */
  get rootFields(): readonly FieldNode[] {
    this.#rootFields ??= collectRootFields(this.#operation, this.#fragments);
    return this.#rootFields;
  }
}

/** Analyzes a document. The time grows with the document, not with what its fragments expand to. */
export function analyzeDocument(document: DocumentNode): DocumentAnalysis {
  const names = countNames(document);
  const fragments = collectFragments(document);
  const expansion = new Expansion(fragments);
  const operations = new Map<OperationDefinitionNode, OperationAnalysis>();
  let [fields, depth, changes] = [0, 0, 0];
  for (const one of document.definitions) {
    if (!('selectionSet' in one)) continue;
    const size = expansion.measure(one.selectionSet);
    depth = Math.max(depth, size.depth);
    // A fragment counts where it is spread. Validation also compares the fragments that are not spread.
    if (one.kind === Kind.OPERATION_DEFINITION || !names.spreads.has(one.name.value)) {
      fields = Math.min(fields + size.fields, Number.MAX_SAFE_INTEGER);
    }
    if (one.kind !== Kind.OPERATION_DEFINITION) continue;
    const operation = new OperationAnalysis(one, fragments, size.fields);
    operations.set(one, operation);
    if (one.operation === 'mutation') changes = Math.max(changes, operation.rootFields.length);
  }
  const counts = { ...names.counts, changes, depth, fields };
  return { document, fragments, counts, fieldNames: names.fields, operations };
}

/** Counts the names in a document, each once, however often its fragment is spread. */
function countNames(document: DocumentNode) {
  const fields = new Set<string>();
  const spreads = new Set<string>();
  let [aliases, directives, fragments, questions] = [0, 0, 0, 0];
  visit(document, {
    Field: ({ alias, name }) => {
      fields.add(name.value);
      if (alias !== undefined) aliases += 1;
      if (name.value === '__schema' || name.value === '__type') questions += 1;
    },
    Directive: () => {
      directives += 1;
    },
    FragmentDefinition: () => {
      fragments += 1;
    },
    FragmentSpread: ({ name }) => {
      spreads.add(name.value);
    },
  });
  const introspection = questions === 0 ? 0 : questions + aliases;
  return { fields, spreads, counts: { aliases, directives, fragments, introspection } };
}

function collectFragments({ definitions }: DocumentNode): Fragments {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const one of definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  }
  return fragments;
}

function collectRootFields(
  { selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  // The executor visits each fragment once per selection set, however often it is spread there.
  const visited = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) fields.push(one);
      else if (one.kind === Kind.INLINE_FRAGMENT) collect(one.selectionSet);
      else {
        const fragment = fragments[one.name.value];
        if (fragment === undefined || visited.has(one.name.value)) continue;
        visited.add(one.name.value);
        collect(fragment.selectionSet);
      }
    }
  };
  collect(selectionSet);
  return fields;
}

/** The size of a selection set with its fragments expanded. */
interface ExpandedSize {
  /** Fields and fragments, each spread counted with everything that it adds. */
  readonly fields: number;
  /** The depth of nested fields. */
  readonly depth: number;
}

const empty: ExpandedSize = { fields: 0, depth: 0 };

/**
 * Measures selection sets as if their fragments were expanded. Each fragment is measured once. A fragment that contains
 * itself counts as empty there: validation rejects it.
 */
class Expansion {
  readonly #fragments: Fragments;
  readonly #known = new Map<FragmentDefinitionNode, ExpandedSize>();

  constructor(fragments: Fragments) {
    this.#fragments = fragments;
  }

  measure(set: SelectionSetNode | undefined): ExpandedSize {
    let [fields, depth] = [0, 0];
    for (const one of set?.selections ?? []) {
      const isSpread = one.kind === Kind.FRAGMENT_SPREAD;
      const below = isSpread
        ? this.#measureFragment(one.name.value)
        : this.measure(one.selectionSet);
      fields = Math.min(fields + 1 + below.fields, Number.MAX_SAFE_INTEGER);
      depth = Math.max(depth, below.depth + (one.kind === Kind.FIELD ? 1 : 0));
    }
    return { fields, depth };
  }

  #measureFragment(name: string): ExpandedSize {
    const fragment = this.#fragments[name];
    if (fragment === undefined) return empty;
    const known = this.#known.get(fragment);
    if (known !== undefined) return known;
    this.#known.set(fragment, empty);
    const size = this.measure(fragment.selectionSet);
    this.#known.set(fragment, size);
    return size;
  }
}
