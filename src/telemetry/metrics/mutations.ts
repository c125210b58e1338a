import { type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import type { Metrics } from './metrics.ts';

/**
 * Makes the series of every result that a mutation may have, at zero: Prometheus sees no growth in a series
 * that begins with its first event, and the first change of which nobody knows what became must be seen.
 */
export function initializeMutationSeries(metrics: Metrics, schema: GraphQLSchema): void {
  for (const { name, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const union = getNamedType(type);
    for (const member of isUnionType(union) ? union.getTypes() : []) {
      const isError = member.getInterfaces().some((one) => one.name === 'MembershipError');
      for (const outcome of isError ? ['NOT_APPLIED', 'UNKNOWN'] : ['APPLIED']) {
        metrics.mutations.of(name, member.name, outcome);
      }
    }
    for (const outcome of ['NOT_APPLIED', 'UNKNOWN']) {
      metrics.mutations.of(name, 'INTERNAL', outcome);
    }
  }
}
