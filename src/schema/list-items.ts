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
import { getItemFields } from '../graphql/cost.ts';
import { ReadError } from '../read-error.ts';

/**
 * Makes the lists of a schema count against the fields that an answer may have: vendors give longer ones than a document
 * is calculated with before it runs. A list that does not fit any more is an error of its field.
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
      ? items.then((read) => counted(read, context, info))
      : counted(items, context, info);
  };
}

/** @throws {ReadError} if the items do not fit into the answer */
function counted(items: unknown, context: Context, info: GraphQLResolveInfo): unknown {
  if (!Array.isArray(items) || items.length === 0) return items;
  if (context.takeResultFields(items.length * fieldsPerItem(info))) return items;
  throw ReadError.createTooLarge();
}

/** By the nodes of a field: prepared documents are kept, and their nodes with them. */
const known = new WeakMap<FieldNode, number>();

function fieldsPerItem({ schema, fragments, fieldNodes, returnType }: GraphQLResolveInfo): number {
  let all = 0;
  for (const node of fieldNodes) {
    let fields = known.get(node);
    if (fields === undefined) {
      fields = getItemFields(schema, fragments, node, getNamedType(returnType));
      known.set(node, fields);
    }
    all += fields;
  }
  return all;
}
