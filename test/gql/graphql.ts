/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Who is to lead which stream. */
export type AttachStreamLeaderInput = {
  /** Wethod's id of the person: a whole number from 1 to 9007199254740991. */
  leaderId: string | number;
  /** Wethod's id of the stream: a whole number from 1 to 9007199254740991. */
  streamId: string | number;
};

/** Where a Kaiten user's picture comes from. */
export type AvatarType =
  /** From gravatar.com (1 in Kaiten). */
  | 'GRAVATAR'
  /** Drawn from the initials (2 in Kaiten). */
  | 'INITIALS'
  /** Uploaded by the user (3 in Kaiten). */
  | 'UPLOADED';

/** How a success became known. */
export type ChangeConfirmation =
  /** A read shows it, after the answer was lost, was unclear, or came from something other than the vendor. */
  | 'READ_BACK'
  /** A repeated removal found nothing left, and a read-back agreed. */
  | 'REPEAT'
  /** The vendor said so. */
  | 'VENDOR_RESPONSE';

/** What is known of a change after the call. */
export type ChangeOutcome =
  /** The requested state was seen to hold after the change was sent (which does not prove that this call alone caused it). */
  | 'APPLIED'
  /** This call made no change: nothing arrived at the vendor, or the vendor refused. */
  | 'NOT_APPLIED'
  /** The vendor may or may not have made the change: it was sent, and no answer settles it. Look before you send again. */
  | 'UNKNOWN';

/** The colours a Kaiten user chose. */
export type ColorTheme =
  /** As the operating system is set. */
  | 'AUTO'
  /** Dark. */
  | 'DARK'
  /** Light. */
  | 'LIGHT';

/** What is wrong with a credential. */
export type CredentialProblem =
  /** A header has not the form that it takes, or was sent twice. The vendor was not called. */
  | 'MALFORMED'
  /** A header that the vendor needs was not sent. The vendor was not called. */
  | 'MISSING'
  /** The vendor rejected the credential: it is wrong, expired or revoked, or Rocket.Chat requires a second factor. */
  | 'REJECTED';

/** Who is to lead which stream no more. */
export type DetachStreamLeaderInput = {
  /** Wethod's id of the person: a whole number from 1 to 9007199254740991. */
  leaderId: string | number;
  /** Wethod's id of the stream: a whole number from 1 to 9007199254740991. */
  streamId: string | number;
};

/** Which private room the caller is to leave. */
export type LeaveGroupInput = {
  /** Rocket.Chat's id of the private room (its roomId): 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -. */
  groupId: string | number;
};

/** A system that keeps memberships. */
export type MembershipVendor =
  /** Aerospike Cloud: an organisation and its members. */
  | 'AEROSPIKE'
  /** Kaiten (kaiten.ru): groups and their users. */
  | 'KAITEN'
  /** Rocket.Chat: private rooms and their members. */
  | 'ROCKETCHAT'
  /** Wethod (wethod.com): streams and their leaders. */
  | 'WETHOD';

/** Who is to leave which private room. */
export type RemoveChatGroupMemberInput = {
  /** Rocket.Chat's id of the private room (its roomId): 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -. */
  groupId: string | number;
  /** Rocket.Chat's id of the person: 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -. */
  userId: string | number;
};

/** Which user is to leave which group. */
export type RemoveGroupUserInput = {
  /** Kaiten's uid of the group (not its numeric id): 1 to 128 characters of A-Z, a-z, 0-9 and . _ ~ -. */
  groupUid: string | number;
  /** Kaiten's id of the user: a whole number from 1 to 9007199254740991. */
  userId: string | number;
};

/** Who is to leave the credential's organisation. */
export type RemoveOrgMemberInput = {
  /** Aerospike's id of the person: a UUID. */
  userId: string | number;
};

/** Why a vendor gave no usable answer, or was not asked. */
export type UnavailableReason =
  /** The vendor failed too often recently, so that the gateway sends it no calls. Nothing was sent. */
  | 'CIRCUIT_OPEN'
  /** No connection could be made, or it was lost. */
  | 'CONNECTION'
  /** This gateway has no URL for the vendor. */
  | 'NOT_CONFIGURED'
  /** The document's time or the process ended before this field began. Nothing was sent. */
  | 'NOT_STARTED'
  /** Too many calls to this vendor are in flight or queued in this gateway. Nothing was sent. */
  | 'OVERLOADED'
  /** The vendor, or a proxy in front of it, answered with a 5xx status. */
  | 'SERVER_ERROR'
  /** No complete answer came in time. */
  | 'TIMEOUT';

export type AttachStreamLeaderMutationVariables = Exact<{
  input: AttachStreamLeaderInput;
}>;


export type AttachStreamLeaderMutation = { attachStreamLeader:
    | { __typename: 'AttachStreamLeaderSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, leadership: { id: string, leadershipId: string, streamId: string, leaderId: string, createdAt: string | null, updatedAt: string | null, deletedAt: string | null } }
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'InvalidInputError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PermissionDeniedError', requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PreconditionFailedError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorContractError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorUnavailableError', reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
   | null };

export type DetachStreamLeaderMutationVariables = Exact<{
  input: DetachStreamLeaderInput;
}>;


export type DetachStreamLeaderMutation = { detachStreamLeader:
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'DetachStreamLeaderSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, streamId: string, leaderId: string }
    | { __typename: 'InvalidInputError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PermissionDeniedError', requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PreconditionFailedError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorContractError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorUnavailableError', reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
   | null };

export type RemoveGroupUserMutationVariables = Exact<{
  input: RemoveGroupUserInput;
}>;


export type RemoveGroupUserMutation = { removeGroupUser:
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'InvalidInputError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PermissionDeniedError', requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PlanRequiredError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RemoveGroupUserSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, groupUid: string, userId: string, user: { id: string, userId: string, fullName: string | null, email: string | null, username: string | null, initials: string | null, avatarType: AvatarType | null, avatarInitialsUrl: string | null, avatarUploadedUrl: string | null, language: string | null, timezone: string | null, theme: ColorTheme | null, uiVersion: number | null, activated: boolean | null, virtual: boolean | null, createdAt: string | null, updatedAt: string | null, emailBlockedAt: string | null, emailBlockedReason: string | null, deleteRequestedAt: string | null } | null }
    | { __typename: 'VendorContractError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorUnavailableError', reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
   | null };

export type RemoveOrgMemberMutationVariables = Exact<{
  input: RemoveOrgMemberInput;
}>;


export type RemoveOrgMemberMutation = { removeOrgMember:
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'InvalidInputError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'NotFoundError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PermissionDeniedError', requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RemoveOrgMemberSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, userId: string }
    | { __typename: 'VendorContractError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorUnavailableError', reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
   | null };

export type LeaveGroupMutationVariables = Exact<{
  input: LeaveGroupInput;
}>;


export type LeaveGroupMutation = { leaveGroup:
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'InvalidInputError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LastOwnerError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'LeaveGroupSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, groupId: string }
    | { __typename: 'NotFoundError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PermissionDeniedError', requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PreconditionFailedError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorContractError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorUnavailableError', reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
   | null };

export type RemoveChatGroupMemberMutationVariables = Exact<{
  input: RemoveChatGroupMemberInput;
}>;


export type RemoveChatGroupMemberMutation = { removeChatGroupMember:
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'InvalidInputError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> }
    | { __typename: 'LastOwnerError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'NotFoundError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PermissionDeniedError', requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'PreconditionFailedError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'RemoveChatGroupMemberSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, groupId: string, userId: string }
    | { __typename: 'VendorContractError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'VendorUnavailableError', reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
   | null };

type Failure_AuthenticationError_Fragment = { problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_InvalidInputError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string, issues: Array<{ path: Array<string>, message: string }> };

type Failure_LastOwnerError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_NotFoundError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_PermissionDeniedError_Fragment = { requiredPermission: string | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_PlanRequiredError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_PreconditionFailedError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_RateLimitedError_Fragment = { retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_VendorContractError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

type Failure_VendorUnavailableError_Fragment = { reason: UnavailableReason, retryAfterSeconds: number | null, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

export type FailureFragment =
  | Failure_AuthenticationError_Fragment
  | Failure_InvalidInputError_Fragment
  | Failure_LastOwnerError_Fragment
  | Failure_NotFoundError_Fragment
  | Failure_PermissionDeniedError_Fragment
  | Failure_PlanRequiredError_Fragment
  | Failure_PreconditionFailedError_Fragment
  | Failure_RateLimitedError_Fragment
  | Failure_VendorContractError_Fragment
  | Failure_VendorUnavailableError_Fragment
;

export type VendorsQueryVariables = Exact<{ [key: string]: never; }>;


export type VendorsQuery = { vendors: Array<{ vendor: MembershipVendor, title: string, configured: boolean, credentialHeaders: Array<string> }> };

export const FailureFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<FailureFragment, unknown>;
export const AttachStreamLeaderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AttachStreamLeader"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AttachStreamLeaderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attachStreamLeader"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AttachStreamLeaderSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"leadership"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"leadershipId"}},{"kind":"Field","name":{"kind":"Name","value":"streamId"}},{"kind":"Field","name":{"kind":"Name","value":"leaderId"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"deletedAt"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<AttachStreamLeaderMutation, AttachStreamLeaderMutationVariables>;
export const DetachStreamLeaderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DetachStreamLeader"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DetachStreamLeaderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"detachStreamLeader"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DetachStreamLeaderSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"streamId"}},{"kind":"Field","name":{"kind":"Name","value":"leaderId"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<DetachStreamLeaderMutation, DetachStreamLeaderMutationVariables>;
export const RemoveGroupUserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveGroupUser"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveGroupUserInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeGroupUser"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveGroupUserSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"groupUid"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"fullName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"initials"}},{"kind":"Field","name":{"kind":"Name","value":"avatarType"}},{"kind":"Field","name":{"kind":"Name","value":"avatarInitialsUrl"}},{"kind":"Field","name":{"kind":"Name","value":"avatarUploadedUrl"}},{"kind":"Field","name":{"kind":"Name","value":"language"}},{"kind":"Field","name":{"kind":"Name","value":"timezone"}},{"kind":"Field","name":{"kind":"Name","value":"theme"}},{"kind":"Field","name":{"kind":"Name","value":"uiVersion"}},{"kind":"Field","name":{"kind":"Name","value":"activated"}},{"kind":"Field","name":{"kind":"Name","value":"virtual"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"emailBlockedAt"}},{"kind":"Field","name":{"kind":"Name","value":"emailBlockedReason"}},{"kind":"Field","name":{"kind":"Name","value":"deleteRequestedAt"}}]}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<RemoveGroupUserMutation, RemoveGroupUserMutationVariables>;
export const RemoveOrgMemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveOrgMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveOrgMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeOrgMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveOrgMemberSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<RemoveOrgMemberMutation, RemoveOrgMemberMutationVariables>;
export const LeaveGroupDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LeaveGroup"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeaveGroupInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveGroup"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LeaveGroupSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<LeaveGroupMutation, LeaveGroupMutationVariables>;
export const RemoveChatGroupMemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveChatGroupMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveChatGroupMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeChatGroupMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveChatGroupMemberSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}},{"kind":"Field","name":{"kind":"Name","value":"groupId"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}}]}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"Failure"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Failure"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MembershipError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"vendorStatus"}},{"kind":"Field","name":{"kind":"Name","value":"vendorCode"}},{"kind":"Field","name":{"kind":"Name","value":"vendorMessage"}},{"kind":"Field","name":{"kind":"Name","value":"vendorRequestId"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInputError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AuthenticationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"problem"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermissionDeniedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorUnavailableError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]} as unknown as DocumentNode<RemoveChatGroupMemberMutation, RemoveChatGroupMemberMutationVariables>;
export const VendorsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Vendors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"configured"}},{"kind":"Field","name":{"kind":"Name","value":"credentialHeaders"}}]}}]}}]} as unknown as DocumentNode<VendorsQuery, VendorsQueryVariables>;