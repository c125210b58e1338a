import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import type { Context } from '../context.ts';
import { encodeGlobalId } from './global-id.ts';

/** What makes a node's id of its entity: the entity's key. */
type KeyOf = (entity: object) => string;

/** The options of an id that is known from its entity, without a call. */
export function exposeId<Entity extends object>(keyOf: (entity: Entity) => string) {
  return { extensions: { keyOf }, resolve: keyOf };
}

/**
 * Makes the opaque ids of a schema's entities once for each entity: a document may select an id under many aliases, and
 * the relay plugin hashes and awaits each of them.
 */
export function keepIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Node')) continue;
    const { id } = type.getFields();
    if (id?.resolve === undefined) throw new Error(`${type.name} has no id that can be kept`);
    const keyOf = id.extensions['keyOf'] as KeyOf | undefined;
    id.resolve = kept(
      keyOf === undefined ? id.resolve : (entity) => encodeGlobalId(type.name, keyOf(entity)),
    );
  }
}

function kept(
  resolve: GraphQLFieldResolver<object, Context>,
): GraphQLFieldResolver<object, Context> {
  const known = new WeakMap<object, unknown>();
  return (entity, args, context, info) => {
    const before = known.get(entity);
    if (before !== undefined) return before;
    const made: unknown = resolve(entity, args, context, info);
    known.set(entity, made);
    return made;
  };
}
