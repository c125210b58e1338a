import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { DocumentAnalysis, Fragments } from './analyze-document.ts';

/** The bounds at which counting stops: an exact count beyond them is not needed. */
export interface OverlapBounds {
  /** Pairs of fields or of spreads. */
  readonly pairs: number;
  /** Visited fields and fragments. */
  readonly fields: number;
  /** The depth of nested fields. It also bounds a fragment that contains itself. */
  readonly depth: number;
}

/**
 * Counts the pairs of fields at the same place of a response under the same name, each of which validation compares
 * (GraphQL specification, section 5.3.2), and the pairs of spreads at the same place.
 */
export function countOverlappingFields(
  { document: { definitions }, fragments }: DocumentAnalysis,
  bounds: OverlapBounds,
): number {
  const count = new OverlapCount(fragments, bounds);
  for (const one of definitions) {
    if (one.kind === Kind.OPERATION_DEFINITION) count.addPlace([one.selectionSet], 1);
  }
  // Validation also compares the fragments that are not spread.
  for (const one of definitions) {
    if (one.kind !== Kind.FRAGMENT_DEFINITION || count.reached.has(one.name.value)) continue;
    count.addPlace([one.selectionSet], 1);
  }
  return count.pairs;
}

class OverlapCount {
  pairs = 0;
  /** The names of the fragments that were visited. */
  readonly reached = new Set<string>();
  #fields = 0;
  readonly #fragments: Fragments;
  readonly #bounds: OverlapBounds;

  constructor(fragments: Fragments, bounds: OverlapBounds) {
    this.#fragments = fragments;
    this.#bounds = bounds;
  }

  /** Counts one place of the response, which all of these selection sets fill, and everything below it. */
  addPlace(sets: readonly SelectionSetNode[], depth: number): void {
    const place = new Place(this.#fragments);
    for (const set of sets) place.add(set);
    this.#fields += place.fields;
    this.pairs += countPairs(place.spreads);
    for (const name of place.fragments) this.reached.add(name);
    for (const nodes of place.names.values()) this.pairs += countPairs(nodes.length);
    for (const nodes of place.names.values()) {
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      const { fields, pairs } = this.#bounds;
      if (this.#fields > fields || this.pairs > pairs) return;
      if (below.length > 0 && depth < this.#bounds.depth) this.addPlace(below, depth + 1);
    }
  }
}

/** One place of a response. */
class Place {
  fields = 0;
  spreads = 0;
  readonly names = new Map<string, FieldNode[]>();
  readonly fragments = new Set<string>();
  readonly #all: Fragments;

  constructor(all: Fragments) {
    this.#all = all;
  }

  add({ selections }: SelectionSetNode): void {
    for (const one of selections) {
      this.fields += 1;
      if (one.kind === Kind.FIELD) this.#addField(one);
      else if (one.kind === Kind.INLINE_FRAGMENT) this.add(one.selectionSet);
      else this.#addFragment(one.name.value);
    }
  }

  #addField(field: FieldNode): void {
    const name = field.alias?.value ?? field.name.value;
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, [field]);
    else known.push(field);
  }

  #addFragment(name: string): void {
    this.spreads += 1;
    const fragment = this.#all[name];
    if (fragment === undefined || this.fragments.has(name)) return;
    this.fragments.add(name);
    this.add(fragment.selectionSet);
  }
}

function countPairs(count: number): number {
  return (count * (count - 1)) / 2;
}
