import { SpanStatusCode, trace } from '@opentelemetry/api';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import { getScopes } from './scope.ts';

const traced = new WeakSet<GraphQLSchema>();

/** Makes a span around each root field of a schema, where an operation is traced; once for each schema. */
export function traceRootFields(schema: GraphQLSchema): void {
  if (traced.has(schema)) return;
  traced.add(schema);
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) traceField(field);
  }
}

function traceField(field: GraphQLField<unknown, unknown>): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (root, args, context, info) => {
    const scope = getScopes.getStore();
    if (scope === undefined) return resolve(root, args, context, info);
    const attributes = { 'graphql.field.name': field.name };
    const span = scope.tracer.startSpan(`resolve ${field.name}`, { attributes }, scope.context);
    const end = (failed: unknown) => {
      if (failed !== null) {
        span.setAttribute('error.type', nameOf(failed));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    };
    const below = { ...scope, context: trace.setSpan(scope.context, span) };
    return getScopes.run(below, async () => {
      try {
        const value: unknown = await resolve(root, args, context, info);
        end(errorIn(value));
        return value;
      } catch (error) {
        end(error);
        throw error;
      }
    });
  };
}

/** The error that a mutation's result bears, null where it bears none. */
function errorIn(value: unknown): unknown {
  const isMember = typeof value === 'object' && value !== null && 'error' in value;
  return isMember && value.error instanceof Error ? value.error : null;
}

/** The name of an error's type alone: its words may hold what a client sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
