import type { ChangeOutcome, MembershipError, MembershipVendor } from '../errors.ts';
import { builder } from './builder.ts';
import { ChangeResult } from './change.ts';
import { MembershipVendorType } from './vendor.ts';

/** A class of errors. */
export type ErrorType<E extends MembershipError = MembershipError> = abstract new (
  // biome-ignore lint/suspicious/noExplicitAny: whatever the class is made from
  init: any,
) => E;

/** An error as a member of a union: GraphQL would take the error itself for a field that failed. */
export class ErrorMember<E extends MembershipError = MembershipError> {
  readonly error: E;
  readonly outcome: ChangeOutcome;
  // Members of its own, since a document that selects them is then compiled to plain reads.
  readonly message: string;
  readonly vendor: MembershipVendor;
  readonly retryable: boolean;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorMessage: string | null;
  readonly vendorRequestId: string | null;

  constructor(error: E) {
    this.error = error;
    this.outcome = error.outcome;
    this.message = error.message;
    this.vendor = error.vendor;
    this.retryable = error.retryable;
    this.vendorStatus = error.vendorStatus;
    this.vendorCode = error.vendorCode;
    this.vendorMessage = error.vendorMessage;
    this.vendorRequestId = error.vendorRequestId;
  }
}

/** What all errors of the graph have in common. */
export const MembershipErrorType = builder.interfaceRef<ErrorMember>('MembershipError').implement({
  description:
    'What all errors have in common. End every selection with "... on MembershipError": unions may grow in minor versions.',
  interfaces: [ChangeResult],
  fields: (t) => ({
    message: t.exposeString('message', {
      description: "The gateway's own sentence: stable, safe to show.",
    }),
    vendor: t.expose('vendor', {
      type: MembershipVendorType,
      description: 'The vendor that the change was for.',
    }),
    retryable: t.exposeBoolean('retryable', {
      description:
        'Whether the very same call, sent again later, is safe and may succeed. Where false, look first.',
    }),
    vendorStatus: t.exposeInt('vendorStatus', {
      nullable: true,
      description: "The HTTP status of the vendor's answer, null where it gave none.",
    }),
    vendorCode: t.exposeString('vendorCode', {
      nullable: true,
      description: "The vendor's own code for the error: its key, code, errorType or problem type.",
    }),
    vendorMessage: t.exposeString('vendorMessage', {
      nullable: true,
      description:
        "The vendor's own text, cleaned and at most 500 characters. Not stable; for people, not for code.",
    }),
    vendorRequestId: t.exposeString('vendorRequestId', {
      nullable: true,
      description:
        "The vendor's X-Request-Id, to quote to its support. Null unless it consists of 1 to 128 letters, digits, `.`, `_` and `-`, and contains no credential.",
    }),
    requestId: t.id({
      description: "This request's id: the one in x-request-id and in the gateway's log.",
      resolve: (_error, _args, context) => context.requestId,
    }),
  }),
});
