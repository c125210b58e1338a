import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Fragments } from './analyze-document.ts';
import { defaultPageSize, largestPage } from './page-size.ts';
import { noCost, SelectionCosts } from './selection-costs.ts';
import type { Variables } from './variables.ts';

/** The cost of an operation if its lists are as long as they can be. */
export interface Cost {
  /** Calls to the vendors. */
  readonly vendorCalls: number;
  /** Fields of the response, each counted for every object that has it. */
  readonly resultFields: number;
}

/** Calculates the cost of an operation. Skipped fields count too. */
export class OperationCost {
  readonly #calculate: (variables: Variables) => { cost: Cost; hasVariableSizes: boolean };
  /** The cost, if no variable changes it. */
  readonly #fixed: Cost | null;

  constructor(schema: GraphQLSchema, fragments: Fragments, operation: OperationDefinitionNode) {
    const root = schema.getRootType(operation.operation);
    const defaults = getVariableDefaults(operation);
    this.#calculate = (variables) => {
      const costs = new SelectionCosts(schema, fragments, {
        variables: { ...defaults, ...variables },
        largestPage,
        unpaged: defaultPageSize,
      });
      const { shared, each, fields } =
        root == null ? noCost : costs.addSet(operation.selectionSet, root);
      const cost = { vendorCalls: clampCount(shared + each), resultFields: clampCount(fields) };
      return { cost, hasVariableSizes: costs.hasVariableSizes };
    };
    const { cost, hasVariableSizes } = this.#calculate(null);
    this.#fixed = hasVariableSizes ? null : cost;
  }

  /** @param variables the values that the client sent */
  calculate(variables: Variables): Cost {
    return this.#fixed ?? this.#calculate(variables).cost;
  }
}

/**
 * Counts the fields of the response that a field has for each item of its list, without those of the lists below.
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
  const sizes = { variables: {}, largestPage: 0, unpaged: 0 };
  return new SelectionCosts(schema, fragments, sizes).addSet(selectionSet, type).fields;
}

/** Lists within lists can exceed the numbers that JSON writes without an exponent. */
function clampCount(count: number): number {
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}

function getVariableDefaults({ variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
