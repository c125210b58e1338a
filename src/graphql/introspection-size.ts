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
import type { Fragments } from './analyze-document.ts';

/**
 * Counts the fields that `__schema` and `__type` return. The count is exact, since the schema itself has their lists. Each
 * selection is counted once for each part of the schema.
 */
export class IntrospectionSize {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #known = new Map<SelectionSetNode, Map<unknown, number>>();

  constructor(schema: GraphQLSchema, fragments: Fragments) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  /** @param node a root field that queries the schema, or a type by its name */
  count({ name, selectionSet, arguments: args = [] }: FieldNode): number {
    if (selectionSet === undefined) return 1;
    const schemaType = this.#schema.getType('__Schema');
    const typeType = this.#schema.getType('__Type');
    if (name.value === '__schema')
      return 1 + this.#countSet(selectionSet, schemaType, this.#schema);
    const asked = args.find((one) => one.name.value === 'name')?.value;
    const types =
      asked?.kind === Kind.STRING
        ? [this.#schema.getType(asked.value)].filter((type) => type !== undefined)
        : Object.values(this.#schema.getTypeMap());
    return 1 + Math.max(0, ...types.map((type) => this.#countSet(selectionSet, typeType, type)));
  }

  #countSet(set: SelectionSetNode, type: GraphQLNamedType | undefined, source: unknown): number {
    if (!isObjectType(type)) return 0;
    const known = this.#known.get(set) ?? new Map<unknown, number>();
    this.#known.set(set, known);
    const before = known.get(source);
    if (before !== undefined) return before;
    let fields = 0;
    for (const one of set.selections) {
      if (one.kind === Kind.FIELD) fields += 1 + this.#countBelow(one, type, source);
      else if (one.kind === Kind.INLINE_FRAGMENT) {
        fields += this.#countSet(one.selectionSet, type, source);
      } else {
        const fragment = this.#fragments[one.name.value];
        if (fragment !== undefined) fields += this.#countSet(fragment.selectionSet, type, source);
      }
    }
    known.set(source, fields);
    return fields;
  }

  #countBelow({ name, selectionSet }: FieldNode, type: GraphQLObjectType, source: unknown): number {
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
    return items.reduce<number>((sum, item) => sum + this.#countSet(selectionSet, named, item), 0);
  }
}
