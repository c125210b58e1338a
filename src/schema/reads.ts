import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
import type { Reads } from '../vendors/index.ts';

/** Returns the readers of the vendors that a field shares with the whole query, or with its root mutation field. */
export function getReads(context: Context, info: GraphQLResolveInfo): Reads {
  if (info.operation.operation !== 'mutation') return context.getReads(null);
  let { path } = info;
  while (path.prev !== undefined) path = path.prev;
  return context.getReads(String(path.key));
}
