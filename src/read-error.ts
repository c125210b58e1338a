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

/** The `extensions` of a failed read's error. */
export interface ReadErrorExtensions {
  /** The name of the error's type in upper snake case, such as `RATE_LIMITED_ERROR`. */
  readonly code: string;
  /** Null if the error concerns no single vendor. */
  readonly vendor: MembershipVendor | null;
  /** Whether the same read may succeed later. */
  readonly retryable: boolean;
  /** Seconds to wait; null if the vendor names no readable wait. */
  readonly retryAfterSeconds: number | null;
  readonly [detail: string]: unknown;
}

/**
 * A read that failed: its field becomes null, and `errors` contains the error with the path of the field. A read changes
 * nothing.
 */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly extensions: ReadErrorExtensions;
  /** The HTTP status of the vendor's response; null if there was none. */
  readonly vendorStatus: number | null;

  private constructor(
    message: string,
    extensions: ReadErrorExtensions,
    vendorStatus: number | null = null,
    cause?: unknown,
  ) {
    const { stackTraceLimit } = Error;
    // Without a stack trace: a document can fail with hundreds of errors, and no log shows it.
    Error.stackTraceLimit = 0;
    super(message, cause === undefined ? undefined : { cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.extensions = extensions;
    this.vendorStatus = vendorStatus;
  }

  /** Returns the error of a read that failed in the same way as a change can fail. */
  static fromFailure(failure: MembershipError): ReadError {
    // The message must not mention a change that may have been made.
    const error = failure.withOutcome('NOT_APPLIED');
    return new ReadError(
      error.message,
      {
        code: toUpperSnake(error.name),
        vendor: error.vendor,
        retryable: error.retryable,
        retryAfterSeconds: getRetryAfterSeconds(error),
        ...getDetails(error),
        vendorStatus: error.vendorStatus,
        vendorCode: error.vendorCode,
        vendorMessage: error.vendorMessage,
        vendorRequestId: error.vendorRequestId,
      },
      error.vendorStatus,
      error.cause,
    );
  }

  /** Returns the error for a read beyond the maximum of one document; nothing was sent. */
  static createTooManyCalls(vendor: MembershipVendor): ReadError {
    return new ReadError(
      'Expected a document that needs at most MAX_VENDOR_CALLS calls to vendors but received one that needs more. This read was not sent: select fewer fields, or shorter lists.',
      { code: 'TOO_MANY_VENDOR_CALLS', vendor, retryable: false, retryAfterSeconds: null },
    );
  }

  /** Returns the error for a list that is longer than the result may be. */
  static createTooLarge(): ReadError {
    return new ReadError(
      'Expected a document whose result has at most MAX_RESULT_FIELDS fields but received one that needs more for this list. Request smaller pages with "first", or select fewer fields.',
      { code: 'RESULT_TOO_LARGE', vendor: null, retryable: false, retryAfterSeconds: null },
    );
  }

  /** Returns a `MembershipError` as the error of a read, and any other error unchanged. */
  static wrap(error: unknown): unknown {
    return error instanceof MembershipError ? ReadError.fromFailure(error) : error;
  }

  /** Returns the error for an invalid argument, found before any call. */
  static createForArgument(vendor: MembershipVendor | null, issue: InputIssue): ReadError {
    const message = `The argument "${issue.path.join('.')}" is invalid. ${issue.message} Correct it and send the query again.`;
    return new ReadError(message, {
      code: 'INVALID_INPUT_ERROR',
      vendor,
      retryable: false,
      retryAfterSeconds: null,
      issues: [issue],
    });
  }
}

function getDetails(error: MembershipError): Readonly<Record<string, unknown>> {
  if (error instanceof InvalidInputError) {
    // The arguments of a query are not in an input object.
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

function getRetryAfterSeconds(error: MembershipError): number | null {
  const hasWait = error instanceof RateLimitedError || error instanceof VendorUnavailableError;
  return hasWait ? error.retryAfterSeconds : null;
}

function toUpperSnake(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
