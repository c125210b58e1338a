import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

/** Fragments by their names, without a prototype: a fragment may have any name. */
export type Fragments = Readonly<Record<string, FragmentDefinitionNode | undefined>>;

/** Returns the fragments that a document defines. */
export function collectFragments({ definitions }: DocumentNode): Fragments {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const one of definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  }
  return fragments;
}
