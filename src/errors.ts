/** The four systems whose memberships the gateway changes. */
export type MembershipVendor = 'WETHOD' | 'KAITEN' | 'AEROSPIKE' | 'ROCKETCHAT';

/** Whether the requested state holds: seen to hold, known not to be this call's doing, or not known. */
export type ChangeOutcome = 'APPLIED' | 'NOT_APPLIED' | 'UNKNOWN';

/** How a success became known. */
export type ChangeConfirmation = 'VENDOR_RESPONSE' | 'REPEAT' | 'READ_BACK';

/** What is wrong with a credential. */
export type CredentialProblem = 'MISSING' | 'MALFORMED' | 'REJECTED';

/** Why a vendor gave no usable answer, or was not asked. */
export type UnavailableReason =
  | 'NOT_CONFIGURED'
  | 'CONNECTION'
  | 'TIMEOUT'
  | 'SERVER_ERROR'
  | 'CIRCUIT_OPEN'
  | 'OVERLOADED'
  | 'NOT_STARTED';

/** One thing that is wrong with the input: where, as a path from the field's arguments, and what. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** What the vendor itself said, cleaned; every member is null where it said nothing usable. */
export interface VendorReply {
  readonly status: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly requestId: string | null;
}

/** The reply of a vendor that was not called or did not answer. */
const noReply: VendorReply = { status: null, code: null, message: null, requestId: null };

/** What every message ends with where the outcome is not known. */
const notKnown = 'The change may or may not have been made.';

/** What every error of the family is made from. */
export interface MembershipErrorInit {
  readonly vendor: MembershipVendor;
  readonly outcome: Exclude<ChangeOutcome, 'APPLIED'>;
  /** The gateway's own sentence, without what is known of the change: stable, safe to show. */
  readonly message: string;
  readonly reply?: VendorReply;
  readonly cause?: unknown;
}

/** Whether making the same change twice leaves the same state: true for the DELETEs, false for the POSTs. */
interface Repeatable {
  readonly repeatable: boolean;
}

/**
 * The closed family of failures that a caller may see. Whatever is not of this family is a fault of
 * ours: it is masked and logged. Knows no GraphQL.
 */
export abstract class MembershipError extends Error {
  abstract override readonly name: string;
  readonly vendor: MembershipVendor;
  readonly outcome: Exclude<ChangeOutcome, 'APPLIED'>;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorMessage: string | null;
  readonly vendorRequestId: string | null;
  readonly #init: MembershipErrorInit;

  constructor(init: MembershipErrorInit) {
    const message = init.outcome === 'UNKNOWN' ? `${init.message} ${notKnown}` : init.message;
    const { stackTraceLimit } = Error;
    // Clients see it and no log shows where it was made, which costs more than all the rest of it.
    Error.stackTraceLimit = 0;
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.#init = init;
    const reply = init.reply ?? noReply;
    this.vendor = init.vendor;
    this.outcome = init.outcome;
    this.vendorStatus = reply.status;
    this.vendorCode = reply.code;
    this.vendorMessage = reply.message;
    this.vendorRequestId = reply.requestId;
  }

  /** The same failure, once more is known of the change. */
  as(outcome: MembershipError['outcome']): this {
    if (outcome === this.outcome) return this;
    const Same = this.constructor as new (init: MembershipErrorInit) => this;
    return new Same({ ...this.#init, outcome });
  }

  /** Whether the very same call, sent again later, is safe and may succeed. */
  get retryable(): boolean {
    return false;
  }
}

/** An argument breaks the vendor's rule, or the vendor says so. */
export class InvalidInputError extends MembershipError {
  override readonly name = 'InvalidInputError';
  readonly issues: readonly InputIssue[];

  constructor(init: MembershipErrorInit & { readonly issues: readonly InputIssue[] }) {
    super(init);
    this.issues = init.issues;
  }
}

/** No usable credential, or the vendor rejects it. */
export class AuthenticationError extends MembershipError {
  override readonly name = 'AuthenticationError';
  readonly problem: CredentialProblem;

  constructor(init: MembershipErrorInit & { readonly problem: CredentialProblem }) {
    super(init);
    this.problem = init.problem;
  }
}

/** The caller may not do this. */
export class PermissionDeniedError extends MembershipError {
  override readonly name = 'PermissionDeniedError';
  readonly requiredPermission: string | null;

  constructor(init: MembershipErrorInit & { readonly requiredPermission: string | null }) {
    super(init);
    this.requiredPermission = init.requiredPermission;
  }
}

/** The thing or the membership does not exist, or the caller cannot see it. */
export class NotFoundError extends MembershipError {
  override readonly name = 'NotFoundError';
}

/** The vendor refuses in the present state of the thing. */
export class PreconditionFailedError extends MembershipError {
  override readonly name = 'PreconditionFailedError';
}

/** The vendor's tariff lacks the feature. */
export class PlanRequiredError extends MembershipError {
  override readonly name = 'PlanRequiredError';
}

/** The last owner must name another owner first. */
export class LastOwnerError extends MembershipError {
  override readonly name = 'LastOwnerError';
}

/** The vendor's rate limit, or the gateway's own pacing, does not let the call through now. */
export class RateLimitedError extends MembershipError {
  override readonly name = 'RateLimitedError';
  /** Seconds to wait, null where the vendor names none that can be read. */
  readonly retryAfterSeconds: number | null;
  readonly #repeatable: boolean;

  constructor(
    init: MembershipErrorInit & Repeatable & { readonly retryAfterSeconds: number | null },
  ) {
    super(init);
    this.retryAfterSeconds = init.retryAfterSeconds;
    this.#repeatable = init.repeatable;
  }

  override get retryable(): boolean {
    return this.outcome === 'NOT_APPLIED' || this.#repeatable;
  }
}

/** No usable answer, a server error, or the gateway did not send. */
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
    this.#repeatable = init.repeatable;
  }

  override get retryable(): boolean {
    if (this.reason === 'NOT_CONFIGURED') return false;
    return this.outcome === 'NOT_APPLIED' || this.#repeatable;
  }
}

/** A call of which nothing was sent, since what asked for it ended before its turn. */
export function notStarted(vendor: MembershipVendor): VendorUnavailableError {
  return new VendorUnavailableError({
    vendor,
    outcome: 'NOT_APPLIED',
    message: 'It was not begun: its client, its document’s time or the process ended before.',
    reason: 'NOT_STARTED',
    repeatable: true,
  });
}

/** An answer that no documented or known form covers. */
export class VendorContractError extends MembershipError {
  override readonly name = 'VendorContractError';
  /** Whether something other than the vendor gave the answer, such as a proxy in front of it. */
  readonly isForeign: boolean;

  constructor(init: MembershipErrorInit & { readonly isForeign?: boolean }) {
    super(init);
    this.isForeign = init.isForeign ?? false;
  }
}
