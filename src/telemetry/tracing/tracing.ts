import type { ExecutionResult } from 'graphql';

/** The span of one attempt at a vendor. */
export interface AttemptSpan {
  /** What tells the vendor of the trace: names and values in turn; empty where it is not told. */
  readonly headers: readonly string[];
  /**
   * @param status that of the answer, null where none was read
   * @param problem why no answer came, null where one did
   */
  end(status: number | null, problem: string | null): void;
}

/** Traces the attempts at one vendor. */
export interface VendorTracing {
  /**
   * @param endpoint from the code, never a path that holds ids
   * @param number from 1 on
   */
  attempt(method: string, endpoint: string, number: number): AttemptSpan;
}

/** What is traced of an operation: nothing that a client wrote but its name. */
export interface TracedOperation {
  readonly name: string | null;
  readonly type: string;
}

/** Makes spans (OpenTelemetry); there is none of it where traces are off. */
export interface Tracing {
  /** Runs an operation within its span, a child of the one that the request's `traceparent` names. */
  operation(
    operation: TracedOperation,
    headers: { get(name: string): string | null },
    run: () => Promise<ExecutionResult>,
  ): Promise<ExecutionResult>;
  /** @param url where the vendor is; @param isTold whether it gets `traceparent` */
  vendor(url: URL, isTold: boolean): VendorTracing;
  /** Sends what has ended, and ends. */
  close(): Promise<void>;
}
