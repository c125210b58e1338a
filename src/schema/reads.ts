import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import type { Reads } from '../vendors/index.ts';

/** What a field reads the vendors with: shared by a whole query, or by all behind one root mutation field. */
export function getReads(context: Context, info: GraphQLResolveInfo): Reads {
  if (info.operation.operation !== 'mutation') return context.getReads(null);
  let { path } = info;
  while (path.prev !== undefined) path = path.prev;
  return context.getReads(String(path.key));
}
