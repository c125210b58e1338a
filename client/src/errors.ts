import type {
  ChangeOutcome,
  CredentialProblem,
  MembershipVendor,
  UnavailableReason,
} from './generated/types.ts';

/** The reason why a call has no result. */
export type GatewayErrorCode =
  /** The request could not be sent: the endpoint or a credential is invalid, or the signal was already aborted. */
  | 'NOT_SENT'
  /** The signal aborted after the request was sent, or before it was sent again. */
  | 'ABORTED'
  /** There is no connection to the gateway, it was lost, or no response arrived in time. */
  | 'NETWORK'
  /** The response is not the gateway's, such as a proxy's page. */
  | 'UNEXPECTED_ANSWER'
  /** The request does not identify a caller (401). */
  | 'UNAUTHENTICATED'
  /** The caller has reached its limit of requests or changes (429). */
  | 'CALLER_LIMIT'
  /** The gateway is stopping (503). */
  | 'STOPPING'
  /** The gateway rejected the request before anything ran. */
  | 'REFUSED'
  /** A bug in the gateway. */
  | 'INTERNAL';

/** The reason why a read failed: the name of the error's type in upper snake case. */
export type ReadErrorCode =
  | 'INVALID_INPUT_ERROR'
  | 'AUTHENTICATION_ERROR'
  | 'PERMISSION_DENIED_ERROR'
  | 'NOT_FOUND_ERROR'
  | 'PRECONDITION_FAILED_ERROR'
  | 'PLAN_REQUIRED_ERROR'
  | 'RATE_LIMITED_ERROR'
  | 'VENDOR_UNAVAILABLE_ERROR'
  | 'VENDOR_CONTRACT_ERROR'
  | 'TOO_MANY_VENDOR_CALLS'
  | 'RESULT_TOO_LARGE'
  | 'INTERNAL'
  /** A code that is newer than this client. */
  | 'OTHER';

/** Options for a `GatewayError`. */
export interface GatewayErrorInit {
  readonly message: string;
  readonly outcome: ChangeOutcome | null;
  readonly retryable?: boolean;
  readonly retryAfterSeconds?: number | null;
  readonly status?: number | null;
  readonly requestId?: string | null;
  readonly idempotencyKey?: string | null;
  readonly cause?: unknown;
}

/**
 * A call without a result: the request failed, the gateway rejected it, or the gateway failed. The client's functions
 * reject with no other error.
 */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: GatewayErrorCode | ReadErrorCode;
  /** The outcome of the change, or null for a read, which changes nothing. */
  readonly outcome: ChangeOutcome | null;
  /** True if it is safe to repeat the same call, with the same input, later, and it may succeed. */
  readonly retryable: boolean;
  /** Seconds to wait before repeating it, or null if unknown. */
  readonly retryAfterSeconds: number | null;
  /** The HTTP status of the response, or null without a response. */
  readonly status: number | null;
  /** The ID to quote to the gateway's operator, or null if unknown. */
  readonly requestId: string | null;
  /** The idempotency key of the last attempt of a change, or null if it had none. */
  readonly idempotencyKey: string | null;

  constructor(code: GatewayErrorCode | ReadErrorCode, init: GatewayErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = code;
    this.outcome = init.outcome;
    this.retryable = init.retryable ?? false;
    this.retryAfterSeconds = init.retryAfterSeconds ?? null;
    this.status = init.status ?? null;
    this.requestId = init.requestId ?? null;
    this.idempotencyKey = init.idempotencyKey ?? null;
  }
}

/** Details of a failed read. Each is null if it does not apply. */
export interface ReadErrorDetails {
  /** The vendor whose read failed. */
  readonly vendor: MembershipVendor | null;
  /** The problems of the input. */
  readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[] | null;
  /** The problem of the credential. */
  readonly problem: CredentialProblem | null;
  /** The reason why the vendor returned no usable response, or was not called. */
  readonly reason: UnavailableReason | null;
  /** The permission that the vendor's documentation requires. */
  readonly requiredPermission: string | null;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  /** The vendor's own text, for people rather than code. */
  readonly vendorMessage: string | null;
  readonly vendorRequestId: string | null;
}

/** A field that could not be read and is null in the data. */
export class ReadError extends GatewayError {
  override readonly name = 'ReadError';
  declare readonly code: ReadErrorCode;
  /** The path of the field, such as `['memberships', 'groups']`. */
  readonly path: readonly (string | number)[];
  readonly details: ReadErrorDetails;

  constructor(
    code: ReadErrorCode,
    init: GatewayErrorInit & {
      readonly path: readonly (string | number)[];
      readonly details: ReadErrorDetails;
    },
  ) {
    super(code, init);
    this.path = init.path;
    this.details = init.details;
  }
}
