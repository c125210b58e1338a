import {
  type DocumentNode,
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
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { collectFragments, type Fragments } from './fragments.ts';
import { IntrospectionSize } from './introspection-size.ts';
import type { Variables } from './operation.ts';

/** How many calls a field may cause at its vendor. */
export interface DeclaredCost {
  readonly calls: number;
  /** Whether all places of a document that have the field share them. */
  readonly isShared: boolean;
}

/** What an operation may cause, as large as its lists can be. */
export interface Cost {
  /** Calls to the vendors. */
  readonly vendorCalls: number;
  /** Fields of the answer, each counted for every object that has it. */
  readonly resultFields: number;
}

/** How many items a list is taken to have. */
interface ListSizes {
  /** The values of variables that may give a list's `first`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The most items of a list with a `first`. */
  readonly largestPage: number;
  /** The items of a list without a `first`, which the vendors do not bound. */
  readonly unpaged: number;
}

/** What a selection may cause: once for a document, for each parent, and for each item of the list around it. */
interface Part {
  readonly shared: number;
  readonly each: number;
  readonly perItem: number;
  /** Fields of the answer. */
  readonly fields: number;
  readonly fieldsPerItem: number;
}

const largestPage = 100;
const unpaged = 20;

/**
 * Calculates what an operation may cause, whatever it skips. Each fragment is walked once, so that the time grows with
 * the document and not with what it expands to.
 */
export class OperationCost {
  readonly #calculate: (variables: Variables) => Parts & { total: Cost };
  readonly #fixed: Cost | null;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    const fragments = collectFragments(document);
    const root = schema.getRootType(operation.operation);
    const defaults = defaultsOf(operation);
    this.#calculate = (variables) => {
      const sizes = { variables: { ...defaults, ...variables }, largestPage, unpaged };
      const parts = new Parts(schema, fragments, sizes);
      const part = root == null ? nothing : parts.ofSet(operation.selectionSet, root);
      return Object.assign(parts, { total: toCost(part) });
    };
    const { total, hasAskedVariables } = this.#calculate(null);
    this.#fixed = hasAskedVariables ? null : total;
  }

  /** @param variables the values that the client sent */
  of(variables: Variables): Cost {
    return this.#fixed ?? this.#calculate(variables).total;
  }
}

/**
 * Returns how many fields of the answer a field has for each item of its list, without those of the lists below.
 *
 * @param type the type of the list's items
 */
export function countItemFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  { selectionSet }: FieldNode,
  type: GraphQLNamedType,
): number {
  if (selectionSet === undefined) return 1;
  const parts = new Parts(schema, fragments, { variables: {}, largestPage: 0, unpaged: 0 });
  return parts.ofSet(selectionSet, type).fields;
}

/** Walks selections, and remembers what each fragment costs. */
class Parts {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #sizes: ListSizes;
  readonly #known = new Map<FragmentDefinitionNode, Part>();
  #introspection: IntrospectionSize | null = null;
  /** Whether a size depends on the operation's variables. */
  hasAskedVariables = false;

  constructor(schema: GraphQLSchema, fragments: Fragments, sizes: ListSizes) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#sizes = sizes;
  }

  ofSet({ selections }: SelectionSetNode, type: GraphQLNamedType): Part {
    return selections.map((one) => this.#ofSelection(one, type)).reduce(sum, nothing);
  }

  #ofSelection(selection: SelectionNode, type: GraphQLNamedType): Part {
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = this.#typeNamed(selection.typeCondition?.name.value);
      // An interface or a union adds nothing to what is known of an object.
      return this.ofSet(selection.selectionSet, isObjectType(type) ? type : (condition ?? type));
    }
    const fragment = this.#fragments[selection.name.value];
    if (fragment === undefined) return nothing;
    const known = this.#known.get(fragment);
    if (known !== undefined) return known;
    const part = this.ofSet(
      fragment.selectionSet,
      this.#typeNamed(fragment.typeCondition.name.value) ?? type,
    );
    this.#known.set(fragment, part);
    return part;
  }

  #ofField(node: FieldNode, type: GraphQLNamedType): Part {
    const field = fieldOf(type, node.name.value);
    if (field === undefined) return { ...nothing, fields: this.#ofMetaField(node) };
    const own = { ...nothing, ...this.#callsOf(field.name, type), fields: 1 };
    const named = getNamedType(field.type);
    const below = node.selectionSet === undefined ? nothing : this.ofSet(node.selectionSet, named);
    const { shared } = below;
    if (!isListType(getNullableType(field.type))) {
      const page = below.perItem + below.fieldsPerItem === 0 ? 0 : this.#pageSize(node, field);
      const each = below.each + below.perItem * page;
      const fields = below.fields + below.fieldsPerItem * page;
      return sum(own, { ...nothing, shared, each, fields });
    }
    // The `first` of a connection's list is an argument of the field that returned the connection.
    if (isConnection(type)) {
      return sum(own, { ...nothing, shared, perItem: below.each, fieldsPerItem: below.fields });
    }
    const items = this.#sizes.unpaged;
    const each = below.each * items;
    const fields = (isLeafType(named) ? 1 : below.fields) * items;
    return sum(own, { ...nothing, shared, each, fields });
  }

  /** Returns how many fields `__typename`, `__schema` or `__type` gives. */
  #ofMetaField(node: FieldNode): number {
    if (node.selectionSet === undefined) return 1;
    this.#introspection ??= new IntrospectionSize(this.#schema, this.#fragments);
    return this.#introspection.of(node);
  }

  /** Returns what a field causes by itself; that of an interface causes as much as that of any of its types. */
  #callsOf(name: string, type: GraphQLNamedType): Pick<Part, 'shared' | 'each'> {
    const types = isInterfaceType(type) ? this.#schema.getPossibleTypes(type) : [type];
    let [shared, each] = [0, 0];
    for (const one of types) {
      const declared = fieldOf(one, name)?.extensions['vendorCalls'] as DeclaredCost | undefined;
      if (declared === undefined) continue;
      if (declared.isShared) shared = Math.max(shared, declared.calls);
      else each = Math.max(each, declared.calls);
    }
    return { shared, each };
  }

  /** Returns how many items the connection of a field can have at most. */
  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const { variables, largestPage: most } = this.#sizes;
    const written = node.arguments?.find(({ name }) => name.value === 'first');
    const fallback = field.args.find(({ name }) => name === 'first')?.defaultValue;
    if (written?.value.kind === Kind.VARIABLE) this.hasAskedVariables = true;
    const first = written ? valueFromASTUntyped(written.value, variables) : fallback;
    const size = first ?? fallback;
    return typeof size === 'number' && size >= 0 && size <= most ? size : most;
  }

  #typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.#schema.getType(name);
  }
}

const nothing: Part = { shared: 0, each: 0, perItem: 0, fields: 0, fieldsPerItem: 0 };

function sum(a: Part, b: Part): Part {
  return {
    shared: a.shared + b.shared,
    each: a.each + b.each,
    perItem: a.perItem + b.perItem,
    fields: a.fields + b.fields,
    fieldsPerItem: a.fieldsPerItem + b.fieldsPerItem,
  };
}

function toCost({ shared, each, fields }: Part): Cost {
  return { vendorCalls: saturated(shared + each), resultFields: saturated(fields) };
}

/** Lists within lists reach numbers that nobody reads, and that JSON would write with an exponent. */
function saturated(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}

function fieldOf(type: GraphQLNamedType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function isConnection(type: GraphQLNamedType): type is GraphQLObjectType {
  return fieldOf(type, 'pageInfo') !== undefined;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
