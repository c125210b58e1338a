import { SpanStatusCode, trace } from '@opentelemetry/api';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import { scopes } from './scope.ts';

const traced = new WeakSet<GraphQLSchema>();

/** Wraps each root field of a schema in a span, for operations that are traced. Does so once for each schema. */
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
    const scope = scopes.getStore();
    if (scope === undefined) return resolve(root, args, context, info);
    const attributes = { 'graphql.field.name': field.name };
    const span = scope.tracer.startSpan(`resolve ${field.name}`, { attributes }, scope.context);
    const end = (failed: unknown) => {
      if (failed !== null) {
        span.setAttribute('error.type', getErrorName(failed));
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    };
    const below = { ...scope, context: trace.setSpan(scope.context, span) };
    return scopes.run(below, async () => {
      try {
        const value: unknown = await resolve(root, args, context, info);
        end(findError(value));
        return value;
      } catch (error) {
        end(error);
        throw error;
      }
    });
  };
}

/** Returns the error in a mutation's result; null if there is none. */
function findError(value: unknown): unknown {
  const isMember = typeof value === 'object' && value !== null && 'error' in value;
  return isMember && value.error instanceof Error ? value.error : null;
}

/** Returns only the name of an error, since its message may contain a client's input. */
function getErrorName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
