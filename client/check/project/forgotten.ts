import { match, type RemoveOrgMemberResult } from 'membership-gateway-client';

export const forgotten = (result: RemoveOrgMemberResult) =>
  match(result, {
    RemoveOrgMemberSuccess: () => '',
    InvalidInputError: () => '',
    AuthenticationError: () => '',
    PermissionDeniedError: () => '',
    NotFoundError: () => '',
    VendorUnavailableError: () => '',
    VendorContractError: () => '',
    IdempotencyError: () => '',
    otherwise: () => '',
  });
