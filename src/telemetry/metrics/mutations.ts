import { type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import type { Metrics } from './metrics.ts';

/**
 * Creates the series of every possible result of a mutation at zero: Prometheus sees no increase in a series that
 * starts with its first event, and the first UNKNOWN outcome must be visible.
 */
export function initializeMutationSeries(metrics: Metrics, schema: GraphQLSchema): void {
  for (const { name, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const union = getNamedType(type);
    for (const member of isUnionType(union) ? union.getTypes() : []) {
      const isError = member.getInterfaces().some((one) => one.name === 'MembershipError');
      for (const outcome of isError ? ['NOT_APPLIED', 'UNKNOWN'] : ['APPLIED']) {
        metrics.mutations.get(name, member.name, outcome);
      }
    }
    for (const outcome of ['NOT_APPLIED', 'UNKNOWN']) {
      metrics.mutations.get(name, 'INTERNAL', outcome);
    }
  }
}
