import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Fragments } from './fragments.ts';

/** Returns the root fields of an operation as they are written, including those in its fragments. */
export function collectRootFields(
  { selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
): readonly FieldNode[] {
  const fields: FieldNode[] = [];
  // The executor visits each fragment once for each place, however often it is spread there.
  const visited = new Set<string>();
  const gather = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) fields.push(one);
      else if (one.kind === Kind.INLINE_FRAGMENT) gather(one.selectionSet);
      else {
        const fragment = fragments[one.name.value];
        if (fragment === undefined || visited.has(one.name.value)) continue;
        visited.add(one.name.value);
        gather(fragment.selectionSet);
      }
    }
  };
  gather(selectionSet);
  return fields;
}
