import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { Context } from '../context.ts';
import { encodeGlobalId } from './global-id.ts';

type GetNodeId = (entity: object) => string;

/** Returns the options of an ID that is known from its entity, without a call. */
export function exposeId<Entity extends object>(getNodeId: (entity: Entity) => string) {
  return { extensions: { getNodeId }, resolve: getNodeId };
}

/**
 * Makes a schema resolve the opaque ID of an entity only once: a document may select an ID under many aliases, and the
 * relay plugin hashes and awaits each of them.
 */
export function keepIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Node')) continue;
    const { id } = type.getFields();
    if (id?.resolve === undefined) throw new Error(`${type.name} has no id that can be kept`);
    const getNodeId = id.extensions['getNodeId'] as GetNodeId | undefined;
    id.resolve = resolveOnce(
      getNodeId === undefined
        ? id.resolve
        : (entity) => encodeGlobalId(type.name, getNodeId(entity)),
    );
  }
}

/** Wraps a resolver so that it runs once for each entity. */
function resolveOnce(
  resolve: GraphQLFieldResolver<object, Context>,
): GraphQLFieldResolver<object, Context> {
  const resolved = new WeakMap<object, unknown>();
  return (entity, args, context, info) => {
    const known = resolved.get(entity);
    if (known !== undefined) return known;
    const value: unknown = resolve(entity, args, context, info);
    resolved.set(entity, value);
    return value;
  };
}
