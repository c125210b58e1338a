import type { ChangeOutcome, MembershipError, MembershipVendor } from '../errors.ts';
import { builder } from './builder.ts';
import { ChangeResult } from './change.ts';
import { MembershipVendorType } from './vendor.ts';

/** A class of errors. */
export type ErrorType<E extends MembershipError = MembershipError> = abstract new (
  // biome-ignore lint/suspicious/noExplicitAny: each class has its own parameters
  init: any,
) => E;

/** An error as a member of a union. The error itself would make its field fail. */
export class ErrorMember<E extends MembershipError = MembershipError> {
  readonly error: E;
  readonly outcome: ChangeOutcome;
  // Copies, so that a compiled document reads them as plain properties.
  readonly message: string;
  readonly vendor: MembershipVendor;
  readonly retryable: boolean;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorMessage: string | null;
  readonly vendorRequestId: string | null;
  readonly isReplay: boolean;

  constructor(error: E) {
    this.error = error;
    this.outcome = error.outcome;
    this.message = error.message;
    this.vendor = error.vendor;
    this.retryable = error.retryable || (error.init.hasKey === true && error.outcome === 'UNKNOWN');
    this.vendorStatus = error.vendorStatus;
    this.vendorCode = error.vendorCode;
    this.vendorMessage = error.vendorMessage;
    this.vendorRequestId = error.vendorRequestId;
    this.isReplay = error.isReplay;
  }
}

/** The interface of the errors of all mutations. */
export const MembershipErrorType = builder.interfaceRef<ErrorMember>('MembershipError').implement({
  description:
    'The fields of every error. End each selection with `... on MembershipError`, because a minor version may add errors to a union.',
  interfaces: [ChangeResult],
  fields: (t) => ({
    message: t.exposeString('message', {
      description: "The gateway's own description of the error, which is stable and safe to show.",
    }),
    vendor: t.expose('vendor', {
      type: MembershipVendorType,
      description: 'The vendor of the membership.',
    }),
    retryable: t.exposeBoolean('retryable', {
      description:
        'Whether it is safe to send the same mutation again later, with the same `idempotencyKey` if it has one. If false, check the current state first.',
    }),
    vendorStatus: t.exposeInt('vendorStatus', {
      nullable: true,
      description: "The HTTP status of the vendor's response. It is null if there was no response.",
    }),
    vendorCode: t.exposeString('vendorCode', {
      nullable: true,
      description:
        "The vendor's own code for the error: its key, code, error type or problem type.",
    }),
    vendorMessage: t.exposeString('vendorMessage', {
      nullable: true,
      description:
        "The vendor's own text about the error, sanitized and shortened to 500 characters. It can change at any time, so show it to people only.",
    }),
    vendorRequestId: t.exposeString('vendorRequestId', {
      nullable: true,
      description:
        "The `X-Request-Id` of the vendor's response, for questions to its support. It is null unless it consists of 1 to 128 letters, digits, `.`, `_` and `-`, and contains no credential.",
    }),
    requestId: t.id({
      description:
        "The ID of this request, which is also in the `x-request-id` header and in the gateway's log.",
      resolve: (_error, _args, context) => context.requestId,
    }),
  }),
});
