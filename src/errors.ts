/** A vendor's id, which its declaration states. */
export type MembershipVendor = Uppercase<string>;

/** The outcome of a change: the requested state was seen, this call made no change, or neither is known. */
export type ChangeOutcome = 'APPLIED' | 'NOT_APPLIED' | 'UNKNOWN';

/** The way in which a success was confirmed. */
export type ChangeConfirmation = 'VENDOR_RESPONSE' | 'REPEAT' | 'READ_BACK';

/** A problem with a credential. */
export type CredentialProblem = 'MISSING' | 'MALFORMED' | 'REJECTED';

/** The reason why a vendor sent no usable response, or was not called. */
export type UnavailableReason =
  | 'NOT_CONFIGURED'
  | 'CONNECTION'
  | 'TIMEOUT'
  | 'SERVER_ERROR'
  | 'CIRCUIT_OPEN'
  | 'OVERLOADED'
  | 'NOT_STARTED';

/** One problem with the input. The path starts at the field's arguments. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** The vendor's response, sanitized; each field is null if the response does not contain it. */
export interface VendorReply {
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
}

/** The reply of a vendor that was not called or did not respond. */
const noReply: VendorReply = { status: null, code: null, message: null, requestId: null };

/** The end of every message whose outcome is `UNKNOWN`. */
const unknownOutcome =
  'The change may or may not have been made: check the current state before you send it again.';

/** The end of such a message if the request has an idempotency key. */
const unknownOutcomeWithKey =
  'The change may or may not have been made: send it again with the same idempotency key to find out.';

/** Options for every error of the family. */
export interface MembershipErrorInit {
  readonly vendor: MembershipVendor;
  readonly outcome: Exclude<ChangeOutcome, 'APPLIED'>;
  /** The gateway's own sentences, without the outcome of the change: stable, safe to show. */
  readonly message: string;
  readonly reply?: VendorReply;
  readonly cause?: unknown;
  /** Whether it is the end of another request with the same idempotency key. */
  readonly isReplay?: boolean;
  /** Whether the request has an idempotency key, with which it is safe to send it again. */
  readonly hasKey?: boolean;
}

/** Whether making the same change twice leaves the same state: true for DELETE, false for POST. */
interface Repeatable {
  readonly isRepeatable: boolean;
}

/**
 * The closed family of errors that a caller may see. Every other error is a fault of the gateway, which is masked and
 * logged.
 */
export abstract class MembershipError extends Error {
  abstract override readonly name: string;
  readonly vendor: MembershipVendor;
  readonly outcome: Exclude<ChangeOutcome, 'APPLIED'>;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorMessage: string | null;
  readonly vendorRequestId: string | null;
  readonly isReplay: boolean;
  /** The options that it was created with. */
  readonly init: MembershipErrorInit;

  constructor(init: MembershipErrorInit) {
    const advice = init.hasKey ? unknownOutcomeWithKey : unknownOutcome;
    const message = init.outcome === 'UNKNOWN' ? `${init.message} ${advice}` : init.message;
    const { stackTraceLimit } = Error;
    // Without a stack trace, which no log shows (optimisations.md, group).
    Error.stackTraceLimit = 0;
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.init = init;
    this.isReplay = init.isReplay ?? false;
    const reply = init.reply ?? noReply;
    this.vendor = init.vendor;
    this.outcome = init.outcome;
    this.vendorStatus = reply.status;
    this.vendorCode = reply.code;
    this.vendorMessage = reply.message;
    this.vendorRequestId = reply.requestId;
  }

  /** Returns the same error with another outcome. */
  withOutcome(outcome: MembershipError['outcome']): this {
    return outcome === this.outcome ? this : this.#copy({ ...this.init, outcome });
  }

  /** Returns the same error for a request with an idempotency key. */
  withKey(): this {
    return this.init.hasKey ? this : this.#copy({ ...this.init, hasKey: true });
  }

  #copy(init: MembershipErrorInit): this {
    return new (this.constructor as new (init: MembershipErrorInit) => this)(init);
  }

  /** Whether it is safe to send the same mutation again, and it may succeed. */
  get retryable(): boolean {
    return false;
  }
}

/** The input is invalid, according to the gateway or the vendor. */
export class InvalidInputError extends MembershipError {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly InputIssue[];

  constructor(init: MembershipErrorInit & { readonly issues: readonly InputIssue[] }) {
    super(init);
    this.issues = init.issues;
  }
}

/** The credential is missing, malformed, or rejected by the vendor. */
export class AuthenticationError extends MembershipError {
  override readonly name = 'AuthenticationError';
  readonly problem: CredentialProblem;

  constructor(init: MembershipErrorInit & { readonly problem: CredentialProblem }) {
    super(init);
    this.problem = init.problem;
  }
}

/** The caller does not have the permission. */
export class PermissionDeniedError extends MembershipError {
  override readonly name = 'PermissionDeniedError';
  readonly requiredPermission: string | null;

  constructor(init: MembershipErrorInit & { readonly requiredPermission: string | null }) {
    super(init);
    this.requiredPermission = init.requiredPermission;
  }
}

/** The object or the membership does not exist, or the caller cannot see it. */
export class NotFoundError extends MembershipError {
  override readonly name = 'NotFoundError';
}

/** The vendor rejects the change in the current state of the object. */
export class PreconditionFailedError extends MembershipError {
  override readonly name = 'PreconditionFailedError';
}

/** The company's plan at the vendor does not include the feature. */
export class PlanRequiredError extends MembershipError {
  override readonly name = 'PlanRequiredError';
}

/** The user is the last owner, and another member must become an owner first. */
export class LastOwnerError extends MembershipError {
  override readonly name = 'LastOwnerError';
}

/** The rate limit is reached, at the vendor or in the gateway. */
export class RateLimitedError extends MembershipError {
  override readonly name = 'RateLimitedError';
  /** Seconds to wait; null if the vendor names no readable wait. */
  readonly retryAfterSeconds: number | null;
  readonly #repeatable: boolean;

  constructor(
    init: MembershipErrorInit & Repeatable & { readonly retryAfterSeconds: number | null },
  ) {
    super(init);
    this.retryAfterSeconds = init.retryAfterSeconds;
    this.#repeatable = init.isRepeatable;
  }

  override get retryable(): boolean {
    return this.outcome === 'NOT_APPLIED' || this.#repeatable;
  }
}

/** The vendor sent no usable response or a server error, or the gateway did not call it. */
export class VendorUnavailableError extends MembershipError {
  override readonly name = 'VendorUnavailableError';
  readonly reason: UnavailableReason;
  readonly retryAfterSeconds: number | null;
  readonly #repeatable: boolean;

  constructor(
    init: MembershipErrorInit &
      Repeatable & {
        readonly reason: UnavailableReason;
        readonly retryAfterSeconds?: number | null;
      },
  ) {
    super(init);
    this.reason = init.reason;
    this.retryAfterSeconds = init.retryAfterSeconds ?? null;
    this.#repeatable = init.isRepeatable;
  }

  override get retryable(): boolean {
    if (this.reason === 'NOT_CONFIGURED') return false;
    return this.outcome === 'NOT_APPLIED' || this.#repeatable;
  }
}

/** Returns the error for a change that was not sent, because its client, its document or the process ended first. */
export function createNotStartedError(vendor: MembershipVendor): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message:
      'Nothing was sent: the client disconnected, the document ran out of time, or the gateway is shutting down. Send the mutation again.',
    reason: 'NOT_STARTED',
    isRepeatable: true,
  });
}

/** The response is in no documented or known form. */
export class VendorContractError extends MembershipError {
  override readonly name = 'VendorContractError';
  /** Whether the response comes from an intermediary, such as a proxy in front of the vendor. */
  readonly isForeign: boolean;

  constructor(init: MembershipErrorInit & { readonly isForeign?: boolean }) {
    super(init);
    this.isForeign = init.isForeign ?? false;
  }
}
