import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { ExecutionResult } from 'graphql';
import { scopes } from './scope.ts';
import type { AttemptSpan, TracedOperation, Tracing, VendorTracing } from './tracing.ts';

type Headers = Parameters<Tracing['operation']>[1];

/** Propagates only the W3C trace context; baggage is neither accepted nor forwarded. */
const propagator = new W3CTraceContextPropagator();

const getter: TextMapGetter<Headers> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  keys: () => [],
};

/** The maximum length of an operation name in a span, in characters. */
const maxNameLength = 100;

/** Tracing with OpenTelemetry. Attributes contain no ids, credentials or text of a client except the operation name. */
export class SpanTracing implements Tracing {
  readonly #tracer: Tracer;
  readonly #close: () => Promise<void>;

  constructor(tracer: Tracer, close: () => Promise<void>) {
    this.#tracer = tracer;
    this.#close = close;
  }

  async operation(
    { name, type }: TracedOperation,
    headers: Headers,
    run: () => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    const parent = propagator.extract(ROOT_CONTEXT, headers, getter);
    // Semantic conventions for GraphQL servers: clients choose the operation name, so it is not in the span's name;
    // `graphql.document` may contain ids, so it is omitted.
    const span = this.#tracer.startSpan(
      type,
      {
        kind: SpanKind.SERVER,
        attributes: {
          'graphql.operation.type': type,
          ...(name !== null && { 'graphql.operation.name': name.slice(0, maxNameLength) }),
        },
      },
      parent,
    );
    const context = trace.setSpan(parent, span);
    return scopes.run({ tracer: this.#tracer, context }, async () => {
      try {
        const result = await run();
        if (result.errors !== undefined) markFailed(span, getFirstErrorCode(result));
        return result;
      } catch (error) {
        markFailed(span, 'INTERNAL');
        throw error;
      } finally {
        span.end();
      }
    });
  }

  vendor(url: URL, isPropagated: boolean): VendorTracing {
    const tracer = this.#tracer;
    const server = {
      'server.address': url.hostname,
      'server.port': Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
    };
    return {
      attempt: (method, endpoint, number) => {
        const parent = scopes.getStore()?.context ?? ROOT_CONTEXT;
        const template = endpoint.slice(endpoint.indexOf(' ') + 1);
        // Semantic conventions for HTTP client spans.
        const attributes = {
          'http.request.method': method,
          'url.template': template,
          ...server,
          ...(number > 1 && { 'http.request.resend_count': number - 1 }),
        };
        const options = { kind: SpanKind.CLIENT, attributes };
        const span = tracer.startSpan(`${method} ${template}`, options, parent);
        return new ClientSpan(
          span,
          isPropagated ? createTraceHeaders(trace.setSpan(parent, span)) : [],
        );
      },
    };
  }

  close(): Promise<void> {
    return this.#close();
  }
}

class ClientSpan implements AttemptSpan {
  readonly #span: Span;
  readonly headers: readonly string[];

  constructor(span: Span, headers: readonly string[]) {
    this.#span = span;
    this.headers = headers;
  }

  end(status: number | null, problem: string | null): void {
    if (status !== null) this.#span.setAttribute('http.response.status_code', status);
    const failure = problem ?? (status !== null && status >= 400 ? String(status) : null);
    if (failure !== null) markFailed(this.#span, failure);
    this.#span.end();
  }
}

/** Returns the trace headers of a span, as alternating names and values. */
function createTraceHeaders(context: Context): readonly string[] {
  const headers: string[] = [];
  if (!isSpanContextValid(trace.getSpanContext(context) ?? invalid)) return headers;
  propagator.inject(context, headers, {
    set: (carrier, name, value) => carrier.push(name, value),
  });
  return headers;
}

const invalid = { traceId: '', spanId: '', traceFlags: 0 };

function markFailed(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function getFirstErrorCode({ errors }: ExecutionResult): string {
  const code = errors?.[0]?.extensions?.['code'];
  return typeof code === 'string' ? code : 'GRAPHQL_ERROR';
}
