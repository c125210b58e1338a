
      export type PossibleTypesResultData = {
  "possibleTypes": {
    "AttachStreamLeaderResult": [
      "AttachStreamLeaderSuccess",
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "ChangeResult": [
      "AttachStreamLeaderSuccess",
      "AuthenticationError",
      "DetachStreamLeaderSuccess",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "LeaveGroupSuccess",
      "NotFoundError",
      "PermissionDeniedError",
      "PlanRequiredError",
      "PreconditionFailedError",
      "RateLimitedError",
      "RemoveChatGroupMemberSuccess",
      "RemoveGroupUserSuccess",
      "RemoveOrgMemberSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "ChangeSuccess": [
      "AttachStreamLeaderSuccess",
      "DetachStreamLeaderSuccess",
      "LeaveGroupSuccess",
      "RemoveChatGroupMemberSuccess",
      "RemoveGroupUserSuccess",
      "RemoveOrgMemberSuccess"
    ],
    "DetachStreamLeaderResult": [
      "AuthenticationError",
      "DetachStreamLeaderSuccess",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "LeaveGroupResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "LeaveGroupSuccess",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "Membership": [
      "ChatGroupMembership",
      "GroupMembership",
      "OrganizationMembership",
      "StreamLeaderMembership"
    ],
    "MembershipError": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "NotFoundError",
      "PermissionDeniedError",
      "PlanRequiredError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "Node": [
      "ChatGroup",
      "ChatUser",
      "Group",
      "GroupUser",
      "OrgMember",
      "Organization",
      "Person",
      "Stream",
      "StreamLeadership",
      "StreamMembership"
    ],
    "RemoveChatGroupMemberResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "RemoveChatGroupMemberSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "RemoveGroupUserResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "PlanRequiredError",
      "RateLimitedError",
      "RemoveGroupUserSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "RemoveOrgMemberResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "RateLimitedError",
      "RemoveOrgMemberSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ]
  }
};
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "AttachStreamLeaderResult": [
      "AttachStreamLeaderSuccess",
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "ChangeResult": [
      "AttachStreamLeaderSuccess",
      "AuthenticationError",
      "DetachStreamLeaderSuccess",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "LeaveGroupSuccess",
      "NotFoundError",
      "PermissionDeniedError",
      "PlanRequiredError",
      "PreconditionFailedError",
      "RateLimitedError",
      "RemoveChatGroupMemberSuccess",
      "RemoveGroupUserSuccess",
      "RemoveOrgMemberSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "ChangeSuccess": [
      "AttachStreamLeaderSuccess",
      "DetachStreamLeaderSuccess",
      "LeaveGroupSuccess",
      "RemoveChatGroupMemberSuccess",
      "RemoveGroupUserSuccess",
      "RemoveOrgMemberSuccess"
    ],
    "DetachStreamLeaderResult": [
      "AuthenticationError",
      "DetachStreamLeaderSuccess",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "LeaveGroupResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "LeaveGroupSuccess",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "Membership": [
      "ChatGroupMembership",
      "GroupMembership",
      "OrganizationMembership",
      "StreamLeaderMembership"
    ],
    "MembershipError": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "NotFoundError",
      "PermissionDeniedError",
      "PlanRequiredError",
      "PreconditionFailedError",
      "RateLimitedError",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "Node": [
      "ChatGroup",
      "ChatUser",
      "Group",
      "GroupUser",
      "OrgMember",
      "Organization",
      "Person",
      "Stream",
      "StreamLeadership",
      "StreamMembership"
    ],
    "RemoveChatGroupMemberResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "LastOwnerError",
      "NotFoundError",
      "PermissionDeniedError",
      "PreconditionFailedError",
      "RateLimitedError",
      "RemoveChatGroupMemberSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "RemoveGroupUserResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "PlanRequiredError",
      "RateLimitedError",
      "RemoveGroupUserSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ],
    "RemoveOrgMemberResult": [
      "AuthenticationError",
      "IdempotencyError",
      "InvalidInputError",
      "NotFoundError",
      "PermissionDeniedError",
      "RateLimitedError",
      "RemoveOrgMemberSuccess",
      "VendorContractError",
      "VendorUnavailableError"
    ]
  }
};
      export default result;
    