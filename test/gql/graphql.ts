/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Input for `attachStreamLeader`. */
export type AttachStreamLeaderInput = {
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  idempotencyKey?: string | null | undefined;
  /** Wethod's ID of the person to make a leader: a whole number from 1 to 9007199254740991. */
  leaderId: string | number;
  /** Wethod's ID of the stream: a whole number from 1 to 9007199254740991. */
  streamId: string | number;
};

/** The source of a Kaiten user's picture. */
export type AvatarType =
  /** The picture comes from gravatar.com (1 in Kaiten). */
  | 'GRAVATAR'
  /** The picture shows the user's initials (2 in Kaiten). */
  | 'INITIALS'
  /** The user uploaded the picture (3 in Kaiten). */
  | 'UPLOADED';

/** The evidence that a change took effect. */
export type ChangeConfirmation =
  /** A follow-up read shows the change, after the response was lost, was unclear, or came from something other than the vendor. */
  | 'READ_BACK'
  /** A repeated removal found nothing left to remove, and a follow-up read confirmed that. */
  | 'REPEAT'
  /** The vendor confirmed the change in its response. */
  | 'VENDOR_RESPONSE';

/** Whether a change took effect, as far as the gateway could determine. */
export type ChangeOutcome =
  /** The requested state holds: it was confirmed after the change was sent. This does not prove that this request alone caused it. */
  | 'APPLIED'
  /** This request changed nothing: nothing reached the vendor, or the vendor refused the change. */
  | 'NOT_APPLIED'
  /** The vendor may or may not have made the change: the request was sent, but neither a response nor a follow-up read shows whether it took effect. Check the current state before you send it again. */
  | 'UNKNOWN';

/** The color theme that a Kaiten user chose. */
export type ColorTheme =
  /** The theme of the operating system. */
  | 'AUTO'
  /** The dark theme. */
  | 'DARK'
  /** The light theme. */
  | 'LIGHT';

/** The reason why a credential cannot be used. */
export type CredentialProblem =
  /** A header is malformed or was sent more than once. The vendor was not called. */
  | 'MALFORMED'
  /** A header that the vendor requires is missing. The vendor was not called. */
  | 'MISSING'
  /** The vendor rejected the credential: it is wrong, expired or revoked, or Rocket.Chat requires a second factor. */
  | 'REJECTED';

/** Input for `detachStreamLeader`. */
export type DetachStreamLeaderInput = {
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  idempotencyKey?: string | null | undefined;
  /** Wethod's ID of the leader to remove: a whole number from 1 to 9007199254740991. */
  leaderId: string | number;
  /** Wethod's ID of the stream: a whole number from 1 to 9007199254740991. */
  streamId: string | number;
};

/** Input for `leaveGroup`. */
export type LeaveGroupInput = {
  /** Rocket.Chat's ID of the private room (its roomId): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  groupId: string | number;
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  idempotencyKey?: string | null | undefined;
};

/** A system whose memberships the gateway manages. */
export type MembershipVendor =
  /** Aerospike Cloud, with an organization and its members. */
  | 'AEROSPIKE'
  /** Kaiten (kaiten.ru), with groups and their users. */
  | 'KAITEN'
  /** Rocket.Chat, with private rooms and their members. */
  | 'ROCKETCHAT'
  /** Wethod (wethod.com), with streams and their leaders. */
  | 'WETHOD';

/** Input for `removeChatGroupMember`. */
export type RemoveChatGroupMemberInput = {
  /** Rocket.Chat's ID of the private room (its roomId): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  groupId: string | number;
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  idempotencyKey?: string | null | undefined;
  /** Rocket.Chat's ID of the user to remove: 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  userId: string | number;
};

/** Input for `removeGroupUser`. */
export type RemoveGroupUserInput = {
  /** Kaiten's UID of the group (not its numeric ID): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  groupUid: string | number;
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  idempotencyKey?: string | null | undefined;
  /** Kaiten's ID of the user to remove: a whole number from 1 to 9007199254740991. */
  userId: string | number;
};

/** Input for `removeOrgMember`. */
export type RemoveOrgMemberInput = {
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  idempotencyKey?: string | null | undefined;
  /** Aerospike's ID of the person to remove: a UUID. */
  userId: string | number;
};

/** The reason why there is no usable response from a vendor. */
export type UnavailableReason =
  /** The vendor failed too often recently, so the gateway has paused all calls to it. Nothing was sent. */
  | 'CIRCUIT_OPEN'
  /** The connection could not be established, or it was lost. */
  | 'CONNECTION'
  /** This gateway has no URL for the vendor. */
  | 'NOT_CONFIGURED'
  /** The time for the document ran out, the gateway stopped, or its audit log or database could not be written, before this field began. Nothing was sent. */
  | 'NOT_STARTED'
  /** Too many calls to this vendor are in flight or queued in this gateway. Nothing was sent. */
  | 'OVERLOADED'
  /** The vendor, or a proxy in front of it, responded with a 5xx status. */
  | 'SERVER_ERROR'
  /** No complete response arrived in time. */
  | 'TIMEOUT';

export type AttachStreamLeaderMutationVariables = Exact<{
  input: AttachStreamLeaderInput;
}>;


export type AttachStreamLeaderMutation = { attachStreamLeader:
    | { __typename: 'AttachStreamLeaderSuccess', outcome: ChangeOutcome, confirmedBy: ChangeConfirmation, leadership: { id: string, leadershipId: string, streamId: string, leaderId: string, createdAt: string | null, updatedAt: string | null, deletedAt: string | null } }
    | { __typename: 'AuthenticationError', problem: CredentialProblem, outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
    | { __typename: 'IdempotencyError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
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
    | { __typename: 'IdempotencyError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
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
    | { __typename: 'IdempotencyError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
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
    | { __typename: 'IdempotencyError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
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
    | { __typename: 'IdempotencyError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
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
    | { __typename: 'IdempotencyError', outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string }
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

type Failure_IdempotencyError_Fragment = { outcome: ChangeOutcome, message: string, vendor: MembershipVendor, retryable: boolean, vendorStatus: number | null, vendorCode: string | null, vendorMessage: string | null, vendorRequestId: string | null, requestId: string };

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
  | Failure_IdempotencyError_Fragment
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