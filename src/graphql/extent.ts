import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Fragments } from './fragments.ts';

/** How large a selection set is with its fragments written out at each place that spreads them. */
export interface Extent {
  /** Fields and fragments, each spread counted with all that it brings. */
  readonly fields: number;
  /** Fields below one another. */
  readonly depth: number;
}

/**
 * Measures selection sets. Each fragment is walked once, so that the time grows with the document and not with what it
 * expands to. A fragment that contains itself counts as empty there: validation rejects it.
 */
export class Extents {
  readonly #fragments: Fragments;
  readonly #known = new Map<FragmentDefinitionNode, Extent>();

  constructor(fragments: Fragments) {
    this.#fragments = fragments;
  }

  /** Returns the extent of a selection set. */
  of(set: SelectionSetNode | undefined): Extent {
    let [fields, depth] = [0, 0];
    for (const one of set?.selections ?? []) {
      const isSpread = one.kind === Kind.FRAGMENT_SPREAD;
      const below = isSpread ? this.#ofFragment(one.name.value) : this.of(one.selectionSet);
      fields = Math.min(fields + 1 + below.fields, Number.MAX_SAFE_INTEGER);
      depth = Math.max(depth, below.depth + (one.kind === Kind.FIELD ? 1 : 0));
    }
    return { fields, depth };
  }

  #ofFragment(name: string): Extent {
    const fragment = this.#fragments[name];
    if (fragment === undefined) return empty;
    const known = this.#known.get(fragment);
    if (known !== undefined) return known;
    this.#known.set(fragment, empty);
    const extent = this.of(fragment.selectionSet);
    this.#known.set(fragment, extent);
    return extent;
  }
}

const empty: Extent = { fields: 0, depth: 0 };
