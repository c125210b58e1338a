import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** How large a document is with its fragments written out, and how much of it comes together. */
export interface MergedFields {
  /** Fields, those of a fragment once for each place that spreads it. */
  readonly fields: number;
  /**
   * Pairs of fields that stand at the same place of an answer under the same name, each of which validation
   * compares (GraphQL specification, section 5.3.2), and pairs of spreads at the same place.
   */
  readonly pairs: number;
}

/** Where counting ends: more than that is too much, however much it is. */
export interface MergedFieldsBounds extends MergedFields {
  /** Fields below one another. Of a fragment that holds itself no more is counted. */
  readonly depth: number;
}

/** Counts a document's fields as they come together in an answer, no further than to the bounds. */
export function mergedFieldsOf(
  document: DocumentNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  bounds: MergedFieldsBounds,
): MergedFields {
  const count = new Count(fragments, bounds);
  for (const one of document.definitions) {
    if (one.kind === Kind.OPERATION_DEFINITION) count.place([one.selectionSet], 1);
  }
  // Validation compares what nothing spreads, too.
  for (const [name, { selectionSet }] of fragments) {
    if (!count.reached.has(name)) count.place([selectionSet], 1);
  }
  return count;
}

class Count implements MergedFields {
  fields = 0;
  pairs = 0;
  /** The fragments that were met. */
  readonly reached = new Set<string>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #bounds: MergedFieldsBounds;

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>, bounds: MergedFieldsBounds) {
    this.#fragments = fragments;
    this.#bounds = bounds;
  }

  /** Counts one place of the answer, which all of these sets fill, and what is below it. */
  place(sets: readonly SelectionSetNode[], depth: number): void {
    const place = new Place(this.#fragments);
    for (const set of sets) place.add(set);
    this.fields += place.fields;
    this.pairs += pairsOf(place.spreads);
    for (const name of place.fragments) this.reached.add(name);
    for (const nodes of place.names.values()) this.pairs += pairsOf(nodes.length);
    for (const nodes of place.names.values()) {
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      const { fields, pairs } = this.#bounds;
      if (this.fields > fields || this.pairs > pairs) return;
      if (below.length > 0 && depth < this.#bounds.depth) this.place(below, depth + 1);
    }
  }
}

/** One place of an answer. */
class Place {
  fields = 0;
  spreads = 0;
  readonly names = new Map<string, FieldNode[]>();
  readonly fragments = new Set<string>();
  readonly #all: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(all: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#all = all;
  }

  add({ selections }: SelectionSetNode): void {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) this.#addField(one);
      else if (one.kind === Kind.INLINE_FRAGMENT) this.add(one.selectionSet);
      else this.#addFragment(one.name.value);
    }
  }

  #addField(field: FieldNode): void {
    this.fields += 1;
    const name = field.alias?.value ?? field.name.value;
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, [field]);
    else known.push(field);
  }

  #addFragment(name: string): void {
    this.spreads += 1;
    const fragment = this.#all.get(name);
    if (fragment === undefined || this.fragments.has(name)) return;
    this.fragments.add(name);
    this.add(fragment.selectionSet);
  }
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}
