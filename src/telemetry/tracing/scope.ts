import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Tracer } from '@opentelemetry/api';

/** The span around the running code, and the tracer of its child spans. */
export interface Scope {
  readonly tracer: Tracer;
  readonly context: Context;
}

/** The scope of the running code; unused if traces are off. */
export const scopes = new AsyncLocalStorage<Scope>();
