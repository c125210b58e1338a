import {
  AuthenticationError,
  type InputIssue,
  InvalidInputError,
  MembershipError,
  type MembershipVendor,
  PermissionDeniedError,
  RateLimitedError,
  VendorUnavailableError,
} from './errors.ts';

/** What a failed read tells beside its message, as an error's `extensions`. */
export interface ReadErrorExtensions {
  /** The name of the error's type in upper snake case, such as `RATE_LIMITED_ERROR`. */
  readonly code: string;
  /** Null where the request fits no vendor at all. */
  readonly vendor: MembershipVendor | null;
  /** Whether the same read, made later, may succeed. */
  readonly retryable: boolean;
  /** Seconds to wait, null where nobody tells any that can be read. */
  readonly retryAfterSeconds: number | null;
  readonly [detail: string]: unknown;
}

/**
 * A read that failed, whose value is null in the graph: it stands in `errors`, with the path of its
 * field. Nothing was changed by it.
 */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly extensions: ReadErrorExtensions;
  /** The HTTP status of the vendor's answer, null where it gave none. */
  readonly vendorStatus: number | null;

  private constructor(
    message: string,
    extensions: ReadErrorExtensions,
    vendorStatus: number | null = null,
    cause?: unknown,
  ) {
    const { stackTraceLimit } = Error;
    // A document can fail with hundreds of them, and no log shows where they were made.
    Error.stackTraceLimit = 0;
    super(message, cause === undefined ? undefined : { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.extensions = extensions;
    this.vendorStatus = vendorStatus;
  }

  /** The read that failed as a change would have failed: with the same causes and words. */
  static of(failure: MembershipError): ReadError {
    // A read leaves nothing open, so its message must not speak of a change that may have been made.
    const error = failure.as('NOT_APPLIED');
    return new ReadError(
      error.message,
      {
        code: upperSnake(error.name),
        vendor: error.vendor,
        retryable: error.retryable,
        retryAfterSeconds: waitOf(error),
        ...detailsOf(error),
        vendorStatus: error.vendorStatus,
        vendorCode: error.vendorCode,
        vendorMessage: error.vendorMessage,
        vendorRequestId: error.vendorRequestId,
      },
      error.vendorStatus,
      error.cause,
    );
  }

  /** A read beyond those that one document may make; nothing was sent. */
  static tooMany(vendor: MembershipVendor): ReadError {
    return new ReadError(
      'The document has made as many calls to the vendors as one may (MAX_VENDOR_CALLS); this read was not made.',
      { code: 'TOO_MANY_VENDOR_CALLS', vendor, retryable: false, retryAfterSeconds: null },
    );
  }

  /** A list that is longer than the answer may hold. */
  static tooLarge(): ReadError {
    return new ReadError(
      'The answer would have more fields than this gateway returns (MAX_RESULT_FIELDS). Ask for smaller parts of lists with "first", or for fewer fields at a time.',
      { code: 'RESULT_TOO_LARGE', vendor: null, retryable: false, retryAfterSeconds: null },
    );
  }

  /** A failed read for whatever ended it; a fault of ours stays what it is. */
  static from(error: unknown): unknown {
    return error instanceof MembershipError ? ReadError.of(error) : error;
  }

  /** An argument that is not valid, found before any call. */
  static argument(vendor: MembershipVendor | null, issue: InputIssue): ReadError {
    return new ReadError(`The argument ${issue.path.join('.')} is not valid. ${issue.message}`, {
      code: 'INVALID_INPUT_ERROR',
      vendor,
      retryable: false,
      retryAfterSeconds: null,
      issues: [issue],
    });
  }
}

function detailsOf(error: MembershipError): Readonly<Record<string, unknown>> {
  if (error instanceof InvalidInputError) {
    // The arguments of a query stand in no input.
    const issues = error.issues.map(({ path: [first, ...rest], message }) => ({
      path: first === 'input' || first === undefined ? rest : [first, ...rest],
      message,
    }));
    return { issues };
  }
  if (error instanceof AuthenticationError) return { problem: error.problem };
  if (error instanceof VendorUnavailableError) return { reason: error.reason };
  if (error instanceof PermissionDeniedError) {
    return { requiredPermission: error.requiredPermission };
  }
  return {};
}

function waitOf(error: MembershipError): number | null {
  const mayTell = error instanceof RateLimitedError || error instanceof VendorUnavailableError;
  return mayTell ? error.retryAfterSeconds : null;
}

function upperSnake(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
