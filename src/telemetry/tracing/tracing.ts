import type { ExecutionResult } from 'graphql';

/** The span of one attempt at a vendor. */
export interface AttemptSpan {
  /** The trace headers for the vendor, as alternating names and values; empty if it receives none. */
  readonly headers: readonly string[];
  /**
   * Ends the span.
   *
   * @param status the status of the response; null if none was received
   * @param problem why there is no response; null if there is one
   */
  end(status: number | null, problem: string | null): void;
}

/** Traces the attempts at one vendor. */
export interface VendorTracing {
  /**
   * Starts the span of an attempt.
   *
   * @param endpoint a template from the code, never a path with ids
   * @param number the number of the attempt, from 1
   */
  attempt(method: string, endpoint: string, number: number): AttemptSpan;
}

/** The attributes of an operation in a trace. Of the client's text only the name is included. */
export interface TracedOperation {
  readonly name: string | null;
  readonly type: string;
}

/** Creates spans (OpenTelemetry). It does not exist if traces are off. */
export interface Tracing {
  /** Runs an operation in a span, whose parent is that of the request's `traceparent`. */
  operation(
    operation: TracedOperation,
    headers: { get(name: string): string | null },
    run: () => Promise<ExecutionResult>,
  ): Promise<ExecutionResult>;
  /**
   * Creates the tracing of a vendor's calls.
   *
   * @param url the vendor's base URL
   * @param isPropagated whether the vendor receives `traceparent`
   */
  vendor(url: URL, isPropagated: boolean): VendorTracing;
  /** Sends all ended spans and stops. */
  close(): Promise<void>;
}
