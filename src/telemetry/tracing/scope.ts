import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Tracer } from '@opentelemetry/api';

/** Within what the code runs: the span around it, and what makes the spans below. */
export interface Scope {
  readonly tracer: Tracer;
  readonly context: Context;
}

/** The scope of the code that runs; nothing is kept in it where traces are off. */
export const getScopes = new AsyncLocalStorage<Scope>();
