import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isObjectType,
} from 'graphql';
// The collector that graphql-js itself executes with. No public module exports it, and the version is pinned.
import { collectSubfields } from 'graphql/execution/collectFields.js';

/**
 * Returns the names of the fields that a document selects below a field, whatever their aliases, fragments, `@skip` and
 * `@include`. They decide which calls are made.
 *
 * @param steps the path to the selection below the field, such as `edges`, `node`
 */
export function getSelectedFields(
  info: GraphQLResolveInfo,
  ...steps: string[]
): ReadonlySet<string> {
  let type: GraphQLOutputType = info.returnType;
  let nodes: readonly FieldNode[] = info.fieldNodes;
  for (const step of steps) {
    nodes = collectFieldsBelow(info, type, nodes).filter(({ name }) => name.value === step);
    const named = getNamedType(type);
    const field = isObjectType(named) ? named.getFields()[step] : undefined;
    if (field === undefined) return new Set();
    type = field.type;
  }
  return new Set(collectFieldsBelow(info, type, nodes).map(({ name }) => name.value));
}

/**
 * Returns which of some fields are selected; none if any other field is selected that must be read.
 *
 * @param known the fields that are known without a call
 */
export function getOnlySelected(
  info: GraphQLResolveInfo,
  fields: readonly string[],
  known: readonly string[],
): readonly string[] {
  const selected = [...getSelectedFields(info)];
  const hasNoOther = selected.every((name) => ['__typename', ...fields, ...known].includes(name));
  return hasNoOther ? selected.filter((name) => fields.includes(name)) : [];
}

/**
 * Returns whether an entity exists, from a read of its list. If the read fails, it does: the field that shows the list
 * reports the failure.
 */
export async function isPresent(read: Promise<unknown>): Promise<boolean> {
  return read.then(
    (found) => found !== null,
    () => true,
  );
}

/** Returns the arguments of a selected field; those of its first selection if there are several. */
export function getSelectedArguments(
  info: GraphQLResolveInfo,
  name: string,
): Readonly<Record<string, unknown>> {
  const node = collectFieldsBelow(info, info.returnType, info.fieldNodes).find(
    (field) => field.name.value === name,
  );
  const named = getNamedType(info.returnType);
  const field = isObjectType(named) ? named.getFields()[name] : undefined;
  return node === undefined || field === undefined
    ? {}
    : getArgumentValues(field, node, info.variableValues);
}

function collectFieldsBelow(
  { schema, fragments, variableValues }: GraphQLResolveInfo,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): FieldNode[] {
  const named = getNamedType(type);
  if (!isObjectType(named) || nodes.length === 0) return [];
  return [...collectSubfields(schema, fragments, variableValues, named, nodes).values()].flat();
}
