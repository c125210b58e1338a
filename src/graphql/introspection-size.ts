import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from './fragments.ts';

/**
 * Counts the fields that `__schema` and `__type` give. The schema itself tells how long their lists are, so that the
 * count is exact; each selection is counted once for each part of the schema.
 */
export class IntrospectionSize {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #known = new Map<SelectionSetNode, Map<unknown, number>>();

  constructor(schema: GraphQLSchema, fragments: Fragments) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  /** @param node a root field that asks for the schema, or for a type by its name */
  of({ name, selectionSet, arguments: args = [] }: FieldNode): number {
    if (selectionSet === undefined) return 1;
    const schemaType = this.#schema.getType('__Schema');
    const typeType = this.#schema.getType('__Type');
    if (name.value === '__schema') return 1 + this.#ofSet(selectionSet, schemaType, this.#schema);
    const asked = args.find((one) => one.name.value === 'name')?.value;
    const types =
      asked?.kind === Kind.STRING
        ? [this.#schema.getType(asked.value)].filter((type) => type !== undefined)
        : Object.values(this.#schema.getTypeMap());
    return 1 + Math.max(0, ...types.map((type) => this.#ofSet(selectionSet, typeType, type)));
  }

  #ofSet(set: SelectionSetNode, type: GraphQLNamedType | undefined, source: unknown): number {
    if (!isObjectType(type)) return 0;
    const known = this.#known.get(set) ?? new Map<unknown, number>();
    this.#known.set(set, known);
    const before = known.get(source);
    if (before !== undefined) return before;
    let fields = 0;
    for (const one of set.selections) {
      if (one.kind === Kind.FIELD) fields += 1 + this.#below(one, type, source);
      else if (one.kind === Kind.INLINE_FRAGMENT) {
        fields += this.#ofSet(one.selectionSet, type, source);
      } else {
        const fragment = this.#fragments[one.name.value];
        if (fragment !== undefined) fields += this.#ofSet(fragment.selectionSet, type, source);
      }
    }
    known.set(source, fields);
    return fields;
  }

  #below({ name, selectionSet }: FieldNode, type: GraphQLObjectType, source: unknown): number {
    const field = type.getFields()[name.value];
    if (field === undefined) return 0;
    const named = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    if (isLeafType(named) && !isList) return 0;
    const info = { schema: this.#schema } as GraphQLResolveInfo;
    const value: unknown = field.resolve?.(source, { includeDeprecated: true }, null, info);
    const items = Array.isArray(value) ? value : value == null ? [] : [value];
    if (isLeafType(named)) return items.length;
    if (selectionSet === undefined) return 0;
    return items.reduce<number>((sum, item) => sum + this.#ofSet(selectionSet, named, item), 0);
  }
}
