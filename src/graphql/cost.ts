import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Variables } from './operation.ts';

/** How many calls a field may cause at its vendor. */
export interface VendorCalls {
  readonly calls: number;
  /** Whether all places of a document that have the field share them. */
  readonly isShared: boolean;
}

/** What a selection may cause: once for a document, for its parent, and for each item of a list around it. */
interface Cost {
  readonly shared: number;
  readonly each: number;
  readonly perItem: number;
}

const largestPage = 100;

/** What a list without a `first` is taken to hold. */
const assumedItems = 20;

/**
 * How many calls an operation may cause at the vendors: as many as its lists can be long, whatever is
 * skipped. Walks each fragment once, so that it costs no more time than the document is long.
 */
export class VendorCallCost {
  readonly #reckon: (variables: Variables) => Costs;
  readonly #fixed: number | null;

  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const one of document.definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
    }
    const root = schema.getRootType(operation.operation);
    const defaults = defaultsOf(operation);
    this.#reckon = (variables) => {
      const costs = new Costs(schema, fragments, { ...defaults, ...variables });
      if (root != null) costs.reckon(operation.selectionSet, root);
      return costs;
    };
    const { total, hasAskedVariables } = this.#reckon(null);
    this.#fixed = hasAskedVariables ? null : total;
  }

  /** @param variables the values that the client sent */
  of(variables: Variables): number {
    return this.#fixed ?? this.#reckon(variables).total;
  }
}

/** Walks selections, and remembers what each fragment costs. */
class Costs {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #known = new Map<string, Cost>();
  /** What the whole operation may cause. */
  total = 0;
  /** Whether that depends on the operation's variables. */
  hasAskedVariables = false;

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  reckon(set: SelectionSetNode, type: GraphQLNamedType): void {
    const { shared, each } = this.#ofSet(set, type);
    this.total = shared + each;
  }

  #ofSet({ selections }: SelectionSetNode, type: GraphQLNamedType): Cost {
    return selections.map((one) => this.#ofSelection(one, type)).reduce(sum, nothing);
  }

  #ofSelection(selection: SelectionNode, type: GraphQLNamedType): Cost {
    if (selection.kind === Kind.FIELD) return this.#ofField(selection, type);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = this.#typeNamed(selection.typeCondition?.name.value);
      // An interface or a union says nothing more of an object.
      return this.#ofSet(selection.selectionSet, isObjectType(type) ? type : (condition ?? type));
    }
    const { value: name } = selection.name;
    const known = this.#known.get(name);
    const fragment = this.#fragments.get(name);
    if (known !== undefined || fragment === undefined) return known ?? nothing;
    const cost = this.#ofSet(
      fragment.selectionSet,
      this.#typeNamed(fragment.typeCondition.name.value) ?? type,
    );
    this.#known.set(name, cost);
    return cost;
  }

  #ofField(node: FieldNode, type: GraphQLNamedType): Cost {
    if (!isObjectType(type) && !isInterfaceType(type)) return nothing;
    const field = type.getFields()[node.name.value];
    if (field === undefined) return nothing;
    const own = this.#ownOf(field.name, type);
    const below =
      node.selectionSet === undefined
        ? nothing
        : this.#ofSet(node.selectionSet, getNamedType(field.type));
    if (!isListType(getNullableType(field.type))) {
      const each = below.each + below.perItem * this.#pageSize(node, field);
      return sum(own, { shared: below.shared, each, perItem: 0 });
    }
    // How long a connection's list is stands in the field that gave the connection.
    const isPart = 'pageInfo' in type.getFields();
    const [each, perItem] = isPart ? [0, below.each] : [below.each * assumedItems, 0];
    return sum(own, { shared: below.shared, each, perItem });
  }

  /** What a field causes by itself; that of an interface as much as any of its types. */
  #ownOf(name: string, type: GraphQLObjectType | GraphQLInterfaceType): Cost {
    if (isInterfaceType(type)) {
      return this.#schema
        .getPossibleTypes(type)
        .map((one) => this.#ownOf(name, one))
        .reduce(greater, nothing);
    }
    const { calls, isShared } =
      (type.getFields()[name]?.extensions['vendorCalls'] as VendorCalls | undefined) ?? none;
    return { shared: isShared ? calls : 0, each: isShared ? 0 : calls, perItem: 0 };
  }

  /** How many items a field's connection can have at most. */
  #pageSize(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const written = node.arguments?.find(({ name }) => name.value === 'first');
    const fallback = field.args.find(({ name }) => name === 'first')?.defaultValue;
    if (written?.value.kind === Kind.VARIABLE) this.hasAskedVariables = true;
    const first = written ? valueFromASTUntyped(written.value, this.#variables) : fallback;
    const size = first ?? fallback;
    return typeof size === 'number' && size >= 0 && size <= largestPage ? size : largestPage;
  }

  #typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.#schema.getType(name);
  }
}

const nothing: Cost = { shared: 0, each: 0, perItem: 0 };
const none: VendorCalls = { calls: 0, isShared: false };

function sum(a: Cost, b: Cost): Cost {
  return { shared: a.shared + b.shared, each: a.each + b.each, perItem: a.perItem + b.perItem };
}

function greater(a: Cost, b: Cost): Cost {
  return {
    shared: Math.max(a.shared, b.shared),
    each: Math.max(a.each, b.each),
    perItem: Math.max(a.perItem, b.perItem),
  };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
