import {
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
  isObjectType,
} from 'graphql';
// What graphql-js executes with. It is not exported elsewhere, and the version is pinned.
import { collectSubfields } from 'graphql/execution/collectFields.js';

/**
 * The names of the fields that a document selects below a field, whatever their aliases, fragments,
 * `@skip` and `@include`: what decides which calls are made.
 *
 * @param steps fields below the field whose selection is meant, such as `edges`, `node`
 */
export function getSelectedFields(
  info: GraphQLResolveInfo,
  ...steps: string[]
): ReadonlySet<string> {
  let type: GraphQLOutputType = info.returnType;
  let nodes: readonly FieldNode[] = info.fieldNodes;
  for (const step of steps) {
    nodes = subFields(info, type, nodes).filter(({ name }) => name.value === step);
    const named = getNamedType(type);
    const field = isObjectType(named) ? named.getFields()[step] : undefined;
    if (field === undefined) return new Set();
    type = field.type;
  }
  return new Set(subFields(info, type, nodes).map(({ name }) => name.value));
}

/**
 * Those of some fields that are selected, where nothing else is that must be read: then they alone
 * need a call.
 *
 * @param known what is known without any call
 */
export function isOnlySelected(
  info: GraphQLResolveInfo,
  fields: readonly string[],
  known: readonly string[],
): readonly string[] {
  const wanted = [...getSelectedFields(info)];
  const isAlone = wanted.every((name) => ['__typename', ...fields, ...known].includes(name));
  return isAlone ? wanted.filter((name) => fields.includes(name)) : [];
}

/**
 * Whether something is there, by a read of what belongs to it. A read that fails says nothing: it is
 * reported by the field that asks for the same.
 */
export async function isPresent(read: Promise<unknown>): Promise<boolean> {
  return read.then(
    (found) => found !== null,
    () => true,
  );
}

/** The arguments of a selected field, of its first selection where there are more. */
export function getSelectedArguments(
  info: GraphQLResolveInfo,
  name: string,
): Readonly<Record<string, unknown>> {
  const node = subFields(info, info.returnType, info.fieldNodes).find(
    (field) => field.name.value === name,
  );
  const named = getNamedType(info.returnType);
  const field = isObjectType(named) ? named.getFields()[name] : undefined;
  return node === undefined || field === undefined
    ? {}
    : getArgumentValues(field, node, info.variableValues);
}

function subFields(
  { schema, fragments, variableValues }: GraphQLResolveInfo,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): FieldNode[] {
  const named = getNamedType(type);
  if (!isObjectType(named) || nodes.length === 0) return [];
  return [...collectSubfields(schema, fragments, variableValues, named, nodes).values()].flat();
}
