/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Input for `attachStreamLeader`. */
export type AttachStreamLeaderInput = {
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  readonly idempotencyKey?: string | null | undefined;
  /** Wethod's ID of the person to make a leader: a whole number from 1 to 9007199254740991. */
  readonly leaderId: string | number;
  /** Wethod's ID of the stream: a whole number from 1 to 9007199254740991. */
  readonly streamId: string | number;
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
  readonly idempotencyKey?: string | null | undefined;
  /** Wethod's ID of the leader to remove: a whole number from 1 to 9007199254740991. */
  readonly leaderId: string | number;
  /** Wethod's ID of the stream: a whole number from 1 to 9007199254740991. */
  readonly streamId: string | number;
};

/** A mutation that ends a membership. */
export type EndingMutation =
  /** Ends the leadership of a stream. */
  | 'detachStreamLeader'
  /** Ends the caller's own membership in a private room. */
  | 'leaveGroup'
  /** Ends another user's membership in a private room. */
  | 'removeChatGroupMember'
  /** Ends the membership in a group. */
  | 'removeGroupUser'
  /** Ends the membership in the organization. */
  | 'removeOrgMember';

/** The reason why an idempotency key prevented a change from being sent. */
export type IdempotencyProblem =
  /** Another request with this key is in progress. Send the mutation again with the same key to get its result. */
  | 'IN_PROGRESS'
  /** The key does not consist of 1 to 255 visible ASCII characters. */
  | 'MALFORMED'
  /** This gateway has no database, which idempotency keys need. */
  | 'NOT_AVAILABLE'
  /** The key was used for another change. Use a key of its own for each change. */
  | 'OTHER_INPUT';

/** Input for `leaveGroup`. */
export type LeaveGroupInput = {
  /** Rocket.Chat's ID of the private room (its roomId): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  readonly groupId: string | number;
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  readonly idempotencyKey?: string | null | undefined;
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

/** The role of a member in an Aerospike Cloud organization. */
export type OrgRole =
  /** An administrator (OrgAdmin), whom other administrators can remove. */
  | 'ORG_ADMIN'
  /** An owner (OrgOwner), who cannot be removed through the API. */
  | 'ORG_OWNER';

/** Input for `removeChatGroupMember`. */
export type RemoveChatGroupMemberInput = {
  /** Rocket.Chat's ID of the private room (its roomId): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  readonly groupId: string | number;
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  readonly idempotencyKey?: string | null | undefined;
  /** Rocket.Chat's ID of the user to remove: 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  readonly userId: string | number;
};

/** Input for `removeGroupUser`. */
export type RemoveGroupUserInput = {
  /** Kaiten's UID of the group (not its numeric ID): 1 to 128 characters from A-Z, a-z, 0-9 and . _ ~ -. */
  readonly groupUid: string | number;
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  readonly idempotencyKey?: string | null | undefined;
  /** Kaiten's ID of the user to remove: a whole number from 1 to 9007199254740991. */
  readonly userId: string | number;
};

/** Input for `removeOrgMember`. */
export type RemoveOrgMemberInput = {
  /** A key of 1 to 255 visible ASCII characters, new for each change, such as a UUID. While the gateway keeps the key (24 hours by default), the same mutation with the same key is made once: an earlier success is returned with `isReplay: true`, and a change whose outcome is unknown is checked first. */
  readonly idempotencyKey?: string | null | undefined;
  /** Aerospike's ID of the person to remove: a UUID. */
  readonly userId: string | number;
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

type Outcome_AttachStreamLeaderSuccess_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_AuthenticationError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_DetachStreamLeaderSuccess_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_IdempotencyError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_InvalidInputError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_LastOwnerError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_LeaveGroupSuccess_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_NotFoundError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_PermissionDeniedError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_PlanRequiredError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_PreconditionFailedError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_RateLimitedError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_RemoveChatGroupMemberSuccess_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_RemoveGroupUserSuccess_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_RemoveOrgMemberSuccess_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_VendorContractError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

type Outcome_VendorUnavailableError_Fragment = { readonly outcome: ChangeOutcome, readonly isReplay: boolean };

export type OutcomeFragment =
  | Outcome_AttachStreamLeaderSuccess_Fragment
  | Outcome_AuthenticationError_Fragment
  | Outcome_DetachStreamLeaderSuccess_Fragment
  | Outcome_IdempotencyError_Fragment
  | Outcome_InvalidInputError_Fragment
  | Outcome_LastOwnerError_Fragment
  | Outcome_LeaveGroupSuccess_Fragment
  | Outcome_NotFoundError_Fragment
  | Outcome_PermissionDeniedError_Fragment
  | Outcome_PlanRequiredError_Fragment
  | Outcome_PreconditionFailedError_Fragment
  | Outcome_RateLimitedError_Fragment
  | Outcome_RemoveChatGroupMemberSuccess_Fragment
  | Outcome_RemoveGroupUserSuccess_Fragment
  | Outcome_RemoveOrgMemberSuccess_Fragment
  | Outcome_VendorContractError_Fragment
  | Outcome_VendorUnavailableError_Fragment
;

type Failure_AuthenticationError_Fragment = { readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_IdempotencyError_Fragment = { readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem };

type Failure_InvalidInputError_Fragment = { readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> };

type Failure_LastOwnerError_Fragment = { readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_NotFoundError_Fragment = { readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_PermissionDeniedError_Fragment = { readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_PlanRequiredError_Fragment = { readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_PreconditionFailedError_Fragment = { readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_RateLimitedError_Fragment = { readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_VendorContractError_Fragment = { readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

type Failure_VendorUnavailableError_Fragment = { readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null };

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

export type PageFragment = { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null };

export type PersonDetailsFragment = { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null };

export type StreamLeadershipLinkFragment = { readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null };

export type StreamMembershipLinkFragment = { readonly id: string, readonly membershipId: string, readonly streamId: string, readonly memberId: string, readonly startsAt: string | null, readonly endsAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null };

export type StreamDetailsFragment = { readonly id: string, readonly streamId: string, readonly name: string | null, readonly isDefault: boolean | null, readonly archivedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null };

export type StreamPeopleFragment = { readonly leaders: ReadonlyArray<{ readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null, readonly leader: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }> | null, readonly members: ReadonlyArray<{ readonly id: string, readonly membershipId: string, readonly streamId: string, readonly memberId: string, readonly startsAt: string | null, readonly endsAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null, readonly member: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }> | null };

export type GroupDetailsFragment = { readonly id: string, readonly uid: string, readonly name: string | null, readonly createdAt: string | null, readonly updatedAt: string | null };

export type GroupUserDetailsFragment = { readonly id: string, readonly userId: string, readonly fullName: string | null, readonly username: string | null, readonly email: string | null, readonly initials: string | null, readonly avatarType: AvatarType | null, readonly avatarInitialsUrl: string | null, readonly avatarUploadedUrl: string | null, readonly language: string | null, readonly timezone: string | null, readonly theme: ColorTheme | null, readonly uiVersion: number | null, readonly activated: boolean | null, readonly virtual: boolean | null, readonly emailBlockedAt: string | null, readonly emailBlockedReason: string | null, readonly deleteRequestedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null };

export type OrganizationDetailsFragment = { readonly id: string, readonly organizationId: string, readonly name: string | null, readonly billingPlan: string | null };

export type OrgMemberDetailsFragment = { readonly id: string, readonly userId: string, readonly firstName: string | null, readonly lastName: string | null, readonly email: string | null, readonly role: OrgRole | null, readonly createdAt: string | null };

export type ChatGroupDetailsFragment = { readonly id: string, readonly groupId: string, readonly name: string | null, readonly archived: boolean | null, readonly readOnly: boolean | null, readonly usersCount: number | null };

export type ChatUserDetailsFragment = { readonly id: string, readonly userId: string, readonly username: string | null, readonly name: string | null };

type HowToEnd_ChatGroupMembership_Fragment = { readonly name: string | null, readonly vendor: MembershipVendor, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } };

type HowToEnd_GroupMembership_Fragment = { readonly name: string | null, readonly vendor: MembershipVendor, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } };

type HowToEnd_OrganizationMembership_Fragment = { readonly name: string | null, readonly vendor: MembershipVendor, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } };

type HowToEnd_StreamLeaderMembership_Fragment = { readonly name: string | null, readonly vendor: MembershipVendor, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } };

export type HowToEndFragment =
  | HowToEnd_ChatGroupMembership_Fragment
  | HowToEnd_GroupMembership_Fragment
  | HowToEnd_OrganizationMembership_Fragment
  | HowToEnd_StreamLeaderMembership_Fragment
;

export type AttachStreamLeaderMutationVariables = Exact<{
  input: AttachStreamLeaderInput;
}>;


export type AttachStreamLeaderMutation = { readonly attachStreamLeader:
    | { readonly __typename: 'AttachStreamLeaderSuccess', readonly confirmedBy: ChangeConfirmation, readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly leadership: { readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null } }
    | { readonly __typename: 'AuthenticationError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'IdempotencyError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem }
    | { readonly __typename: 'InvalidInputError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFoundError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PermissionDeniedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PreconditionFailedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RateLimitedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorContractError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorUnavailableError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
   | null };

export type DetachStreamLeaderMutationVariables = Exact<{
  input: DetachStreamLeaderInput;
}>;


export type DetachStreamLeaderMutation = { readonly detachStreamLeader:
    | { readonly __typename: 'AuthenticationError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'DetachStreamLeaderSuccess', readonly confirmedBy: ChangeConfirmation, readonly streamId: string, readonly leaderId: string, readonly outcome: ChangeOutcome, readonly isReplay: boolean }
    | { readonly __typename: 'IdempotencyError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem }
    | { readonly __typename: 'InvalidInputError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFoundError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PermissionDeniedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PreconditionFailedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RateLimitedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorContractError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorUnavailableError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
   | null };

export type RemoveGroupUserMutationVariables = Exact<{
  input: RemoveGroupUserInput;
}>;


export type RemoveGroupUserMutation = { readonly removeGroupUser:
    | { readonly __typename: 'AuthenticationError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'IdempotencyError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem }
    | { readonly __typename: 'InvalidInputError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFoundError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PermissionDeniedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PlanRequiredError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RateLimitedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RemoveGroupUserSuccess', readonly confirmedBy: ChangeConfirmation, readonly groupUid: string, readonly userId: string, readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly user: { readonly id: string, readonly userId: string, readonly fullName: string | null, readonly username: string | null, readonly email: string | null, readonly initials: string | null, readonly avatarType: AvatarType | null, readonly avatarInitialsUrl: string | null, readonly avatarUploadedUrl: string | null, readonly language: string | null, readonly timezone: string | null, readonly theme: ColorTheme | null, readonly uiVersion: number | null, readonly activated: boolean | null, readonly virtual: boolean | null, readonly emailBlockedAt: string | null, readonly emailBlockedReason: string | null, readonly deleteRequestedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }
    | { readonly __typename: 'VendorContractError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorUnavailableError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
   | null };

export type RemoveOrgMemberMutationVariables = Exact<{
  input: RemoveOrgMemberInput;
}>;


export type RemoveOrgMemberMutation = { readonly removeOrgMember:
    | { readonly __typename: 'AuthenticationError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'IdempotencyError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem }
    | { readonly __typename: 'InvalidInputError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'NotFoundError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PermissionDeniedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RateLimitedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RemoveOrgMemberSuccess', readonly confirmedBy: ChangeConfirmation, readonly userId: string, readonly outcome: ChangeOutcome, readonly isReplay: boolean }
    | { readonly __typename: 'VendorContractError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorUnavailableError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
   | null };

export type LeaveGroupMutationVariables = Exact<{
  input: LeaveGroupInput;
}>;


export type LeaveGroupMutation = { readonly leaveGroup:
    | { readonly __typename: 'AuthenticationError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'IdempotencyError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem }
    | { readonly __typename: 'InvalidInputError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'LastOwnerError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'LeaveGroupSuccess', readonly confirmedBy: ChangeConfirmation, readonly groupId: string, readonly outcome: ChangeOutcome, readonly isReplay: boolean }
    | { readonly __typename: 'NotFoundError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PermissionDeniedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PreconditionFailedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RateLimitedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorContractError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorUnavailableError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
   | null };

export type RemoveChatGroupMemberMutationVariables = Exact<{
  input: RemoveChatGroupMemberInput;
}>;


export type RemoveChatGroupMemberMutation = { readonly removeChatGroupMember:
    | { readonly __typename: 'AuthenticationError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly problem: CredentialProblem, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'IdempotencyError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly idempotencyProblem: IdempotencyProblem }
    | { readonly __typename: 'InvalidInputError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null, readonly issues: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly message: string }> }
    | { readonly __typename: 'LastOwnerError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'NotFoundError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PermissionDeniedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly requiredPermission: string | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'PreconditionFailedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RateLimitedError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'RemoveChatGroupMemberSuccess', readonly confirmedBy: ChangeConfirmation, readonly groupId: string, readonly userId: string, readonly outcome: ChangeOutcome, readonly isReplay: boolean }
    | { readonly __typename: 'VendorContractError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
    | { readonly __typename: 'VendorUnavailableError', readonly outcome: ChangeOutcome, readonly isReplay: boolean, readonly reason: UnavailableReason, readonly retryAfterSeconds: number | null, readonly message: string, readonly vendor: MembershipVendor, readonly retryable: boolean, readonly requestId: string, readonly vendorStatus: number | null, readonly vendorCode: string | null, readonly vendorMessage: string | null, readonly vendorRequestId: string | null }
   | null };

export type VendorsQueryVariables = Exact<{ [key: string]: never; }>;


export type VendorsQuery = { readonly vendors: ReadonlyArray<{ readonly vendor: MembershipVendor, readonly title: string, readonly configured: boolean, readonly credentialHeaders: ReadonlyArray<string> }> };

export type MembershipsQueryVariables = Exact<{
  email: string;
}>;


export type MembershipsQuery = { readonly memberships: { readonly email: string, readonly streamsLed: ReadonlyArray<{ readonly __typename: 'StreamLeaderMembership', readonly name: string | null, readonly vendor: MembershipVendor, readonly leadership: { readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null }, readonly stream: { readonly id: string, readonly streamId: string, readonly name: string | null }, readonly person: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null }, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } }> | null, readonly groups: ReadonlyArray<{ readonly __typename: 'GroupMembership', readonly name: string | null, readonly vendor: MembershipVendor, readonly group: { readonly id: string, readonly uid: string, readonly name: string | null }, readonly user: { readonly id: string, readonly userId: string, readonly fullName: string | null, readonly username: string | null, readonly email: string | null, readonly initials: string | null, readonly avatarType: AvatarType | null, readonly avatarInitialsUrl: string | null, readonly avatarUploadedUrl: string | null, readonly language: string | null, readonly timezone: string | null, readonly theme: ColorTheme | null, readonly uiVersion: number | null, readonly activated: boolean | null, readonly virtual: boolean | null, readonly emailBlockedAt: string | null, readonly emailBlockedReason: string | null, readonly deleteRequestedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } } | null> | null, readonly organizations: ReadonlyArray<{ readonly __typename: 'OrganizationMembership', readonly name: string | null, readonly vendor: MembershipVendor, readonly organization: { readonly id: string, readonly organizationId: string, readonly name: string | null }, readonly member: { readonly id: string, readonly userId: string, readonly firstName: string | null, readonly lastName: string | null, readonly email: string | null, readonly role: OrgRole | null, readonly createdAt: string | null }, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } }> | null, readonly chatGroups: ReadonlyArray<{ readonly __typename: 'ChatGroupMembership', readonly isCaller: boolean, readonly name: string | null, readonly vendor: MembershipVendor, readonly chatGroup: { readonly id: string, readonly groupId: string, readonly name: string | null }, readonly user: { readonly id: string, readonly userId: string, readonly username: string | null, readonly name: string | null }, readonly end: { readonly mutation: EndingMutation, readonly input: Record<string, unknown> } }> | null } | null };

export type StreamQueryVariables = Exact<{
  id: string | number;
}>;


export type StreamQuery = { readonly stream: { readonly id: string, readonly streamId: string, readonly name: string | null, readonly isDefault: boolean | null, readonly archivedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null, readonly leaders: ReadonlyArray<{ readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null, readonly leader: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }> | null, readonly members: ReadonlyArray<{ readonly id: string, readonly membershipId: string, readonly streamId: string, readonly memberId: string, readonly startsAt: string | null, readonly endsAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null, readonly member: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }> | null } | null };

export type StreamsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
  archived?: boolean | null | undefined;
}>;


export type StreamsQuery = { readonly streams: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly streamId: string, readonly name: string | null, readonly isDefault: boolean | null, readonly archivedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null, readonly leaders: ReadonlyArray<{ readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null, readonly leader: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }> | null, readonly members: ReadonlyArray<{ readonly id: string, readonly membershipId: string, readonly streamId: string, readonly memberId: string, readonly startsAt: string | null, readonly endsAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null, readonly member: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null }> | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type PersonQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonQuery = { readonly person: { readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null };

export type GroupQueryVariables = Exact<{
  uid: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type GroupQuery = { readonly group: { readonly id: string, readonly uid: string, readonly name: string | null, readonly createdAt: string | null, readonly updatedAt: string | null, readonly users: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly userId: string, readonly fullName: string | null, readonly username: string | null, readonly email: string | null, readonly initials: string | null, readonly avatarType: AvatarType | null, readonly avatarInitialsUrl: string | null, readonly avatarUploadedUrl: string | null, readonly language: string | null, readonly timezone: string | null, readonly theme: ColorTheme | null, readonly uiVersion: number | null, readonly activated: boolean | null, readonly virtual: boolean | null, readonly emailBlockedAt: string | null, readonly emailBlockedReason: string | null, readonly deleteRequestedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null } | null };

export type GroupsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type GroupsQuery = { readonly groups: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly uid: string, readonly name: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type GroupUserQueryVariables = Exact<{
  id: string | number;
}>;


export type GroupUserQuery = { readonly groupUser: { readonly id: string, readonly userId: string, readonly fullName: string | null, readonly username: string | null, readonly email: string | null, readonly initials: string | null, readonly avatarType: AvatarType | null, readonly avatarInitialsUrl: string | null, readonly avatarUploadedUrl: string | null, readonly language: string | null, readonly timezone: string | null, readonly theme: ColorTheme | null, readonly uiVersion: number | null, readonly activated: boolean | null, readonly virtual: boolean | null, readonly emailBlockedAt: string | null, readonly emailBlockedReason: string | null, readonly deleteRequestedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null } | null };

export type OrganizationQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OrganizationQuery = { readonly organization: { readonly id: string, readonly organizationId: string, readonly name: string | null, readonly billingPlan: string | null, readonly members: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly userId: string, readonly firstName: string | null, readonly lastName: string | null, readonly email: string | null, readonly role: OrgRole | null, readonly createdAt: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null } | null };

export type OrgMemberQueryVariables = Exact<{
  id: string | number;
}>;


export type OrgMemberQuery = { readonly orgMember: { readonly id: string, readonly userId: string, readonly firstName: string | null, readonly lastName: string | null, readonly email: string | null, readonly role: OrgRole | null, readonly createdAt: string | null } | null };

export type ChatGroupQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: string | null | undefined;
}>;


export type ChatGroupQuery = { readonly chatGroup: { readonly id: string, readonly groupId: string, readonly name: string | null, readonly archived: boolean | null, readonly readOnly: boolean | null, readonly usersCount: number | null, readonly owner: { readonly id: string, readonly userId: string, readonly username: string | null, readonly name: string | null } | null, readonly members: { readonly nodes: ReadonlyArray<{ readonly roles: ReadonlyArray<string> | null, readonly user: { readonly id: string, readonly userId: string, readonly username: string | null, readonly name: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null } | null };

export type ChatGroupsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ChatGroupsQuery = { readonly chatGroups: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly groupId: string, readonly name: string | null, readonly archived: boolean | null, readonly readOnly: boolean | null, readonly usersCount: number | null, readonly owner: { readonly id: string, readonly userId: string, readonly username: string | null } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } | null };

export type NodeQueryVariables = Exact<{
  id: string | number;
}>;


export type NodeQuery = { readonly node:
    | { readonly __typename: 'ChatGroup', readonly id: string, readonly groupId: string, readonly name: string | null, readonly archived: boolean | null, readonly readOnly: boolean | null, readonly usersCount: number | null }
    | { readonly __typename: 'ChatUser', readonly id: string, readonly userId: string, readonly username: string | null, readonly name: string | null }
    | { readonly __typename: 'Group', readonly id: string, readonly uid: string, readonly name: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }
    | { readonly __typename: 'GroupUser', readonly id: string, readonly userId: string, readonly fullName: string | null, readonly username: string | null, readonly email: string | null, readonly initials: string | null, readonly avatarType: AvatarType | null, readonly avatarInitialsUrl: string | null, readonly avatarUploadedUrl: string | null, readonly language: string | null, readonly timezone: string | null, readonly theme: ColorTheme | null, readonly uiVersion: number | null, readonly activated: boolean | null, readonly virtual: boolean | null, readonly emailBlockedAt: string | null, readonly emailBlockedReason: string | null, readonly deleteRequestedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }
    | { readonly __typename: 'OrgMember', readonly id: string, readonly userId: string, readonly firstName: string | null, readonly lastName: string | null, readonly email: string | null, readonly role: OrgRole | null, readonly createdAt: string | null }
    | { readonly __typename: 'Organization', readonly id: string, readonly organizationId: string, readonly name: string | null, readonly billingPlan: string | null }
    | { readonly __typename: 'Person', readonly id: string, readonly personId: string, readonly name: string | null, readonly surname: string | null, readonly email: string | null, readonly archived: boolean | null, readonly createdAt: string | null, readonly updatedAt: string | null }
    | { readonly __typename: 'Stream', readonly id: string, readonly streamId: string, readonly name: string | null, readonly isDefault: boolean | null, readonly archivedAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }
    | { readonly __typename: 'StreamLeadership', readonly id: string, readonly leadershipId: string, readonly streamId: string, readonly leaderId: string, readonly createdAt: string | null, readonly updatedAt: string | null, readonly deletedAt: string | null }
    | { readonly __typename: 'StreamMembership', readonly id: string, readonly membershipId: string, readonly streamId: string, readonly memberId: string, readonly startsAt: string | null, readonly endsAt: string | null, readonly createdAt: string | null, readonly updatedAt: string | null }
   | null };
