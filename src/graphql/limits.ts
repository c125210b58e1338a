import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { mergedFieldsOf } from './merged-fields.ts';

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
  /** Fields, with the fragments written out wherever they are spread. */
  readonly fields: number;
  /** Pairs of fields, or of spreads, that come together under the same name, each of which is to be compared. */
  readonly repeats: number;
  /** Root fields that ask for the schema and, where there are any, aliases: each may tell all of it again. */
  readonly introspection: number;
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
  fields: ['fields with its fragments written out', 'MAX_FIELDS'],
  repeats: ['pairs of fields under the same name', 'MAX_REPEATS'],
  introspection: ['questions for the schema, with aliases beside them', 'MAX_INTROSPECTION'],
  changes: ['root mutation fields', 'MAX_CHANGES'],
};

/** The error for a document that passes a limit. */
export function tooLarge({ limit, most }: Excess): GraphQLError {
  const [what, variable] = names[limit];
  const message = `The document holds more than ${most} ${what}, which is the most that this gateway takes (${variable}).`;
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most } });
}

/**
 * The first limit that a parsed document passes, null where it keeps them all. Its cost is bounded by the
 * limits themselves, wherever it would grow faster than the document.
 */
export function excessOf(document: DocumentNode, limits: DocumentLimits): Excess | null {
  const counts = { aliases: 0, directives: 0, fragments: 0 };
  let questions = 0;
  visit(document, {
    Field: ({ alias, name }) => {
      if (alias !== undefined) counts.aliases += 1;
      if (name.value === '__schema' || name.value === '__type') questions += 1;
    },
    Directive: () => {
      counts.directives += 1;
    },
    FragmentDefinition: () => {
      counts.fragments += 1;
    },
  });
  const introspection = questions === 0 ? 0 : questions + counts.aliases;
  const fragments = fragmentsOf(document);
  const whole = {
    ...counts,
    introspection,
    changes: Math.max(0, ...mutations(document).map((one) => rootFields(one, fragments))),
    depth: depthOf(document, fragments),
  };
  for (const limit of cheapFirst) {
    if (whole[limit] > limits[limit]) return { limit, most: limits[limit] };
  }
  const bounds = { fields: limits.fields, pairs: limits.repeats, depth: limits.depth };
  const { fields, pairs } = mergedFieldsOf(document, fragments, bounds);
  if (pairs > limits.repeats) return { limit: 'repeats', most: limits.repeats };
  return fields > limits.fields ? { limit: 'fields', most: limits.fields } : null;
}

const cheapFirst = [
  'aliases',
  'directives',
  'fragments',
  'introspection',
  'changes',
  'depth',
] as const;

/** How many root mutation fields the operation that is to run has; 0 for a query. */
export function changesOf(document: DocumentNode, operationName?: string | null): number {
  const fragments = fragmentsOf(document);
  const operations = mutations(document).filter(
    ({ name }) => operationName == null || name?.value === operationName,
  );
  return operations.reduce((sum, operation) => sum + rootFields(operation, fragments), 0);
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf({ definitions }: DocumentNode): Fragments {
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function mutations({ definitions }: DocumentNode): OperationDefinitionNode[] {
  return definitions
    .filter((one) => one.kind === Kind.OPERATION_DEFINITION)
    .filter((one) => one.operation === 'mutation');
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
