import type {
  ChangeOutcome,
  CredentialProblem,
  MembershipVendor,
  UnavailableReason,
} from './generated/types.ts';

/** Why a call gave no result. */
export type GatewayErrorCode =
  /** The request could not be made: a wrong endpoint or credential, or it was aborted before. */
  | 'NOT_SENT'
  /** Aborted by its signal after it was sent. */
  | 'ABORTED'
  /** No connection to the gateway could be made, or it was lost. */
  | 'NETWORK'
  /** An answer that is not the gateway's, such as a proxy's page. */
  | 'UNEXPECTED_ANSWER'
  /** The gateway does not know who calls (401). */
  | 'UNAUTHENTICATED'
  /** The caller has made as many requests or changes as he may (429). */
  | 'CALLER_LIMIT'
  /** The gateway is stopping (503). */
  | 'STOPPING'
  /** The gateway refused the request before it did anything. */
  | 'REFUSED'
  /** A fault of the gateway's own. */
  | 'INTERNAL';

/** Why a read failed: the name of the error's type in upper snake case. */
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
  /** One that came later than this client. */
  | 'OTHER';

/** What a `GatewayError` is made from. */
export interface GatewayErrorInit {
  readonly message: string;
  readonly outcome: ChangeOutcome | null;
  readonly retryable?: boolean;
  readonly retryAfterSeconds?: number | null;
  readonly status?: number | null;
  readonly requestId?: string | null;
  readonly cause?: unknown;
}

/**
 * A call that gave no result: the request failed, or the gateway refused it, or failed itself. The only
 * error that the client's functions reject with.
 */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: GatewayErrorCode | ReadErrorCode;
  /** What is known of the change; null for a read, which changes nothing. */
  readonly outcome: ChangeOutcome | null;
  /** Whether the very same call, made later, is safe and may succeed. */
  readonly retryable: boolean;
  /** Seconds to wait before, null where nobody tells any. */
  readonly retryAfterSeconds: number | null;
  /** The HTTP status of the answer, null where there was none. */
  readonly status: number | null;
  /** What to quote to whoever runs the gateway; null where it is not known. */
  readonly requestId: string | null;

  constructor(code: GatewayErrorCode | ReadErrorCode, init: GatewayErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = code;
    this.outcome = init.outcome;
    this.retryable = init.retryable ?? false;
    this.retryAfterSeconds = init.retryAfterSeconds ?? null;
    this.status = init.status ?? null;
    this.requestId = init.requestId ?? null;
  }
}

/** What a failed read tells beside its code; each is null where it does not apply. */
export interface ReadErrorDetails {
  /** Whose read failed. */
  readonly vendor: MembershipVendor | null;
  /** What is wrong with the input. */
  readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[] | null;
  /** What is wrong with the credential. */
  readonly problem: CredentialProblem | null;
  /** Why the vendor gave no usable answer, or was not asked. */
  readonly reason: UnavailableReason | null;
  /** The permission that the vendor's documentation asks for. */
  readonly requiredPermission: string | null;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  /** The vendor's own text: for people, not for code. */
  readonly vendorMessage: string | null;
  readonly vendorRequestId: string | null;
}

/** A field that could not be read and is null in the data. */
export class ReadError extends GatewayError {
  override readonly name = 'ReadError';
  declare readonly code: ReadErrorCode;
  /** Which field, from the query's root on, such as `['memberships', 'groups']`. */
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
