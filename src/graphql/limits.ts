import { type DocumentNode, GraphQLError, Kind, visit } from 'graphql';
import { Extents } from './extent.ts';
import { countOverlappingFields } from './field-merging.ts';
import { collectFragments } from './fragments.ts';
import { collectRootFields } from './root-fields.ts';

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
  /** Fields and fragments, with the fragments written out wherever they are spread, at each level. */
  readonly fields: number;
  /** Pairs of fields, or of spreads, that come together under the same name, each of which is to be compared. */
  readonly repeats: number;
  /** Root fields that ask for the schema and, where there are any, aliases: each may tell all of it again. */
  readonly introspection: number;
  /** Root fields of a mutation, whatever their fragments. */
  readonly changes: number;
}

/** The limit that a document passes. */
export interface LimitExcess {
  readonly limit: Exclude<keyof DocumentLimits, 'tokens'>;
  readonly most: number;
}

const names: Record<LimitExcess['limit'], readonly [what: string, variable: string]> = {
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
export function describeExcess({ limit, most }: LimitExcess): GraphQLError {
  const [what, variable] = names[limit];
  const message = `The document holds more than ${most} ${what}, which is the most that this gateway takes (${variable}).`;
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most } });
}

/** What is known of a document before it is validated. */
export interface DocumentSize {
  /** Fields and fragments, with the fragments written out wherever they are spread, at each level. */
  readonly fields: number;
  /** The first limit that the document passes; null if it keeps them all. */
  readonly excess: LimitExcess | null;
}

/**
 * Measures a parsed document. Its own cost is bounded by the limits themselves wherever it would grow faster than the
 * document.
 */
export function measureDocument(document: DocumentNode, limits: DocumentLimits): DocumentSize {
  const counts = { aliases: 0, directives: 0, fragments: 0 };
  const spread = new Set<string>();
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
    FragmentSpread: ({ name }) => {
      spread.add(name.value);
    },
  });
  const introspection = questions === 0 ? 0 : questions + counts.aliases;
  const fragments = collectFragments(document);
  const extents = new Extents(fragments);
  let [fields, depth, changes] = [0, 0, 0];
  for (const one of document.definitions) {
    if (!('selectionSet' in one)) continue;
    const extent = extents.of(one.selectionSet);
    depth = Math.max(depth, extent.depth);
    // A fragment counts where it is spread; validation also compares what nothing spreads.
    if (one.kind === Kind.FRAGMENT_DEFINITION && spread.has(one.name.value)) continue;
    fields = Math.min(fields + extent.fields, Number.MAX_SAFE_INTEGER);
    if (one.kind !== Kind.OPERATION_DEFINITION || one.operation !== 'mutation') continue;
    changes = Math.max(changes, collectRootFields(one, fragments).length);
  }
  const whole = { ...counts, introspection, changes, depth, fields };
  for (const limit of cheapFirst) {
    if (whole[limit] > limits[limit]) return { fields, excess: { limit, most: limits[limit] } };
  }
  const bounds = { fields: limits.fields, pairs: limits.repeats, depth: limits.depth };
  const isRepeating = countOverlappingFields(document, fragments, bounds) > limits.repeats;
  return { fields, excess: isRepeating ? { limit: 'repeats', most: limits.repeats } : null };
}

const cheapFirst = [
  'aliases',
  'directives',
  'fragments',
  'introspection',
  'changes',
  'depth',
  'fields',
] as const;
