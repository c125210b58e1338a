import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The names of an operation's root fields by their response keys, those of its fragments among them. */
export function rootFieldsOf(
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const fields = new Map<string, string>();
  const gather = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) fields.set(one.alias?.value ?? one.name.value, one.name.value);
      else if (one.kind === Kind.INLINE_FRAGMENT) gather(one.selectionSet);
      else {
        const fragment = fragments.get(one.name.value);
        // Each is walked once, however often it is spread.
        fragments.delete(one.name.value);
        if (fragment !== undefined) gather(fragment.selectionSet);
      }
    }
  };
  gather(operation.selectionSet);
  return fields;
}
