import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Fragments } from './analyze-document.ts';
import { IntrospectionSize } from './introspection-size.ts';

/** The number of vendor calls that a field may cause, as its definition declares it. */
export interface DeclaredCost {
  readonly calls: number;
  /** Whether all places of a document that select the field share these calls. */
  readonly isShared: boolean;
}

/** The lengths that lists are assumed to have. */
export interface ListSizes {
  /** The values of the variables that a list's `first` may refer to. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The most items of a list with a `first`. */
  readonly largestPage: number;
  /** The items of a list without a `first`, which the vendors do not limit. */
  readonly unpaged: number;
}

/** The cost of a selection. */
export interface SelectionCost {
  /** Vendor calls, counted once for the whole document. */
  readonly shared: number;
  /** Vendor calls for each parent object. */
  readonly each: number;
  /** Vendor calls for each item of the list around the selection. */
  readonly perItem: number;
  /** Fields of the response for each parent object. */
  readonly fields: number;
  /** Fields of the response for each item of the list around the selection. */
  readonly fieldsPerItem: number;
}

/** The cost of an empty selection. */
export const noCost: SelectionCost = {
  shared: 0,
  each: 0,
  perItem: 0,
  fields: 0,
  fieldsPerItem: 0,
};

/**
 * Adds up the costs of selections. Each fragment is added up once, so that the time grows with the document and not with
 * what its fragments expand to.
 */
export class SelectionCosts {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #sizes: ListSizes;
  readonly #known = new Map<FragmentDefinitionNode, SelectionCost>();
  #introspection: IntrospectionSize | null = null;
  /** Whether the length of a list depends on the operation's variables. */
  hasVariableSizes = false;

  constructor(schema: GraphQLSchema, fragments: Fragments, sizes: ListSizes) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#sizes = sizes;
  }

  /** @param type the type that the set selects from */
  addSet({ selections }: SelectionSetNode, type: GraphQLNamedType): SelectionCost {
    return selections.map((one) => this.#addSelection(one, type)).reduce(sum, noCost);
  }

  #addSelection(selection: SelectionNode, type: GraphQLNamedType): SelectionCost {
    if (selection.kind === Kind.FIELD) return this.#addField(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = this.#getType(selection.typeCondition?.name.value);
      // An interface or a union adds nothing to what is known of an object.
      return this.addSet(selection.selectionSet, isObjectType(type) ? type : (condition ?? type));
    }
    const fragment = this.#fragments[selection.name.value];
    if (fragment === undefined) return noCost;
    const known = this.#known.get(fragment);
    if (known !== undefined) return known;
    const cost = this.addSet(
      fragment.selectionSet,
      this.#getType(fragment.typeCondition.name.value) ?? type,
    );
    this.#known.set(fragment, cost);
    return cost;
  }

  #addField(node: FieldNode, type: GraphQLNamedType): SelectionCost {
    const field = getField(type, node.name.value);
    if (field === undefined) return { ...noCost, fields: this.#countMetaFields(node) };
    const own = { ...noCost, ...this.#getDeclaredCalls(field.name, type), fields: 1 };
    const named = getNamedType(field.type);
    const below = node.selectionSet === undefined ? noCost : this.addSet(node.selectionSet, named);
    const { shared } = below;
    if (!isListType(getNullableType(field.type))) {
      const page = below.perItem + below.fieldsPerItem === 0 ? 0 : this.#getPageSize(node, field);
      const each = below.each + below.perItem * page;
      const fields = below.fields + below.fieldsPerItem * page;
      return sum(own, { ...noCost, shared, each, fields });
    }
    // The `first` of a connection's list is an argument of the field that returned the connection.
    if (isConnection(type)) {
      return sum(own, { ...noCost, shared, perItem: below.each, fieldsPerItem: below.fields });
    }
    const items = this.#sizes.unpaged;
    const each = below.each * items;
    const fields = (isLeafType(named) ? 1 : below.fields) * items;
    return sum(own, { ...noCost, shared, each, fields });
  }

  /** Counts the fields that `__typename`, `__schema` or `__type` returns. */
  #countMetaFields(node: FieldNode): number {
    if (node.selectionSet === undefined) return 1;
    this.#introspection ??= new IntrospectionSize(this.#schema, this.#fragments);
    return this.#introspection.count(node);
  }

  /** Returns the calls that a field declares itself; for an interface, the most that any of its types declares. */
  #getDeclaredCalls(name: string, type: GraphQLNamedType): Pick<SelectionCost, 'shared' | 'each'> {
    const types = isInterfaceType(type) ? this.#schema.getPossibleTypes(type) : [type];
    let [shared, each] = [0, 0];
    for (const one of types) {
      const declared = getField(one, name)?.extensions['vendorCalls'] as DeclaredCost | undefined;
      if (declared === undefined) continue;
      if (declared.isShared) shared = Math.max(shared, declared.calls);
      else each = Math.max(each, declared.calls);
    }
    return { shared, each };
  }

  /** Returns the most items that the connection of a field can have. */
  #getPageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const { variables, largestPage: most } = this.#sizes;
    const written = node.arguments?.find(({ name }) => name.value === 'first');
    const fallback = field.args.find(({ name }) => name === 'first')?.defaultValue;
    if (written?.value.kind === Kind.VARIABLE) this.hasVariableSizes = true;
    const first = written ? valueFromASTUntyped(written.value, variables) : fallback;
    const size = first ?? fallback;
    return typeof size === 'number' && size >= 0 && size <= most ? size : most;
  }

  #getType(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.#schema.getType(name);
  }
}

function sum(a: SelectionCost, b: SelectionCost): SelectionCost {
  return {
    shared: a.shared + b.shared,
    each: a.each + b.each,
    perItem: a.perItem + b.perItem,
    fields: a.fields + b.fields,
    fieldsPerItem: a.fieldsPerItem + b.fieldsPerItem,
  };
}

function getField(
  type: GraphQLNamedType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function isConnection(type: GraphQLNamedType): type is GraphQLObjectType {
  return getField(type, 'pageInfo') !== undefined;
}
