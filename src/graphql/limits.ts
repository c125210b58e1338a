import { GraphQLError } from 'graphql';
import type { DocumentAnalysis } from './analyze-document.ts';
import { countOverlappingFields } from './field-merging.ts';

/** The limits of one GraphQL document; for the units see `DocumentCounts`. */
export interface DocumentLimits {
  /** Lexical tokens, counted by the parser. */
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly fragments: number;
  readonly fields: number;
  /** Pairs of fields, or of spreads, at the same place of a response under the same name. */
  readonly repeats: number;
  readonly introspection: number;
  readonly changes: number;
}

/** A limit that a document exceeds. */
export interface LimitExcess {
  readonly limit: Exclude<keyof DocumentLimits, 'tokens'>;
  readonly most: number;
}

const names: Record<LimitExcess['limit'], readonly [what: string, variable: string]> = {
  depth: ['levels of nested fields', 'MAX_DEPTH'],
  aliases: ['aliases', 'MAX_ALIASES'],
  directives: ['directives', 'MAX_DIRECTIVES'],
  fragments: ['named fragments', 'MAX_FRAGMENTS'],
  fields: ['fields after its fragments are expanded', 'MAX_FIELDS'],
  repeats: ['pairs of fields with the same response name', 'MAX_REPEATS'],
  introspection: ['introspection fields, each alias counted as one', 'MAX_INTROSPECTION'],
  changes: ['root mutation fields', 'MAX_CHANGES'],
};

/** Creates the error for a document that exceeds a limit. */
export function createLimitError({ limit, most }: LimitExcess): GraphQLError {
  const [what, variable] = names[limit];
  const message = `The document has more than ${most} ${what} (${variable}). Send a smaller document, or split it into several.`;
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most } });
}

/** Returns the first limit that a document exceeds; null if it is within all of them. */
export function findExcess(analysis: DocumentAnalysis, limits: DocumentLimits): LimitExcess | null {
  for (const limit of countedLimits) {
    if (analysis.counts[limit] > limits[limit]) return { limit, most: limits[limit] };
  }
  // Last, because only the other limits bound its cost.
  const bounds = { fields: limits.fields, pairs: limits.repeats, depth: limits.depth };
  const isOver = countOverlappingFields(analysis, bounds) > limits.repeats;
  return isOver ? { limit: 'repeats', most: limits.repeats } : null;
}

const countedLimits = [
  'aliases',
  'directives',
  'fragments',
  'introspection',
  'changes',
  'depth',
  'fields',
] as const;
