import {
  type FieldNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import { countItemFields } from '../graphql/cost.ts';
import { ReadError } from '../read-error.ts';

/**
 * Makes the lists of a schema count towards the fields that a response may have: a vendor's list may be longer than the
 * document's cost assumed before it ran. If a list no longer fits, its field fails.
 */
export function countListItems(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (isListType(getNullableType(field.type))) countItems(field);
    }
  }
}

function countItems(field: GraphQLField<unknown, Context>): void {
  const { resolve } = field;
  if (resolve === undefined) throw new Error(`the list ${field.name} has no resolver to count by`);
  field.resolve = (source, args, context, info) => {
    const items: unknown = resolve(source, args, context, info);
    return items instanceof Promise
      ? items.then((read) => limitItems(read, context, info))
      : limitItems(items, context, info);
  };
}

/** @throws {ReadError} if the items do not fit into the response */
function limitItems(items: unknown, context: Context, info: GraphQLResolveInfo): unknown {
  if (!Array.isArray(items) || items.length === 0) return items;
  if (context.takeResultFields(items.length * countFieldsPerItem(info))) return items;
  throw ReadError.createTooLarge();
}

/** The counts by the nodes of a field: prepared documents are kept, and their nodes with them. */
const counts = new WeakMap<FieldNode, number>();

function countFieldsPerItem(info: GraphQLResolveInfo): number {
  const { schema, fragments, fieldNodes, returnType } = info;
  let sum = 0;
  for (const node of fieldNodes) {
    let fields = counts.get(node);
    if (fields === undefined) {
      fields = countItemFields(schema, fragments, node, getNamedType(returnType));
      counts.set(node, fields);
    }
    sum += fields;
  }
  return sum;
}
