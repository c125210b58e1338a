import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** What one GraphQL document may hold. */
export interface DocumentLimits {
  /** Lexical tokens, counted by the parser. */
  readonly tokens: number;
  /** Fields below one another, fragments followed. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Named fragments. */
  readonly fragments: number;
  /** Pairs of fields with the same response name beside each other, each of which is to be compared. */
  readonly repeats: number;
  /** Root fields of a mutation, whatever their fragments. */
  readonly changes: number;
}

/** The limit that a document passes. */
export interface Excess {
  readonly limit: Exclude<keyof DocumentLimits, 'tokens'>;
  readonly most: number;
}

const names: Record<Excess['limit'], readonly [what: string, variable: string]> = {
  depth: ['fields below one another', 'MAX_DEPTH'],
  aliases: ['aliases', 'MAX_ALIASES'],
  directives: ['directives', 'MAX_DIRECTIVES'],
  fragments: ['named fragments', 'MAX_FRAGMENTS'],
  repeats: ['pairs of fields under the same name', 'MAX_REPEATS'],
  changes: ['root mutation fields', 'MAX_CHANGES'],
};

/** The error for a document that passes a limit. */
export function tooLarge({ limit, most }: Excess): GraphQLError {
  const [what, variable] = names[limit];
  const message = `The document holds more than ${most} ${what}, which is the most that this gateway takes (${variable}).`;
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most } });
}

/**
 * The first limit that a parsed document passes, null where it keeps them all. Counts in one walk, and
 * never follows a fragment twice, so that its cost grows no faster than the document.
 */
export function excessOf(document: DocumentNode, limits: DocumentLimits): Excess | null {
  const counts = { aliases: 0, directives: 0, fragments: 0, repeats: 0 };
  visit(document, {
    Field: (field) => {
      if (field.alias !== undefined) counts.aliases += 1;
    },
    Directive: () => {
      counts.directives += 1;
    },
    FragmentDefinition: () => {
      counts.fragments += 1;
    },
    SelectionSet: (set, _key, parent) => {
      // An inline fragment's fields were counted with the set that it stands in.
      const isInline = parent !== undefined && 'kind' in parent && isInlineFragment(parent.kind);
      if (!isInline) counts.repeats += repeatsIn(set);
    },
  });
  const fragments = fragmentsOf(document);
  const whole = {
    ...counts,
    changes: Math.max(0, ...mutations(document).map((one) => rootFields(one, fragments))),
    depth: depthOf(document, fragments),
  };
  for (const limit of [
    'aliases',
    'directives',
    'fragments',
    'repeats',
    'changes',
    'depth',
  ] as const) {
    if (whole[limit] > limits[limit]) return { limit, most: limits[limit] };
  }
  return null;
}

/** How many root mutation fields the operation that is to run has; 0 for a query. */
export function changesOf(document: DocumentNode, operationName?: string | null): number {
  const fragments = fragmentsOf(document);
  const operations = mutations(document).filter(
    ({ name }) => operationName == null || name?.value === operationName,
  );
  return operations.reduce((sum, operation) => sum + rootFields(operation, fragments), 0);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function isInlineFragment(kind: string): boolean {
  return kind === Kind.INLINE_FRAGMENT;
}

function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function mutations({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions
    .filter((one) => one.kind === Kind.OPERATION_DEFINITION)
    .filter((one) => one.operation === 'mutation');
}

/** How many pairs of fields in a set, through its inline fragments, have the same response name. */
function repeatsIn(set: SelectionSetNode): number {
  const counts = new Map<string, number>();
  let pairs = 0;
  for (const field of fieldsOf(set)) {
    const name = field.alias?.value ?? field.name.value;
    const before = counts.get(name) ?? 0;
    pairs += before;
    counts.set(name, before + 1);
  }
  return pairs;
}

function* fieldsOf({ selections }: SelectionSetNode): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsOf(selection.selectionSet);
  }
}

/** How many root fields an operation has, those of its fragments among them. */
function rootFields({ selectionSet }: OperationDefinitionNode, fragments: Fragments): number {
  const seen = new Set<string>();
  const count = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => sum + countOne(selection), 0);
  const countOne = (selection: SelectionNode): number => {
    if (selection.kind === Kind.FIELD) return 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return count(selection.selectionSet);
    const { value: name } = selection.name;
    const fragment = fragments.get(name);
    if (fragment === undefined || seen.has(name)) return 0;
    seen.add(name);
    return count(fragment.selectionSet);
  };
  return count(selectionSet);
}

/** The greatest number of fields below one another; a fragment that holds itself counts once. */
function depthOf(document: DocumentNode, fragments: Fragments): number {
  const known = new Map<string, number>();
  const setDepth = ({ selections }: SelectionSetNode): number =>
    selections.reduce((most, selection) => Math.max(most, depth(selection)), 0);
  const depth = (selection: SelectionNode): number => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return setDepth(selection.selectionSet);
    if (selection.kind === Kind.FIELD) {
      return 1 + (selection.selectionSet === undefined ? 0 : setDepth(selection.selectionSet));
    }
    const { value: name } = selection.name;
    const fragment = fragments.get(name);
    const before = known.get(name);
    if (fragment === undefined || before !== undefined) return before ?? 0;
    // While it is measured: validation refuses a fragment that holds itself.
    known.set(name, 0);
    const measured = setDepth(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  };
  return Math.max(
    0,
    ...document.definitions.map((one) =>
      'selectionSet' in one ? setDepth(one.selectionSet ?? empty) : 0,
    ),
  );
}

const empty: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };
