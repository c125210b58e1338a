import {
  explain,
  type Gateway,
  GatewayError,
  match,
  memberships,
  removeOrgMember,
} from 'membership-gateway-client';

declare const process: { readonly argv: readonly string[] };

const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
const gateway: Gateway = {
  endpoint: process.argv[2] ?? '',
  credentials: { aerospike: { token: 'sandbox' } },
};

const remove = async () =>
  match(await removeOrgMember(gateway, { userId }), {
    RemoveOrgMemberSuccess: ({ confirmedBy }) => confirmedBy,
    InvalidInputError: explain,
    AuthenticationError: explain,
    PermissionDeniedError: explain,
    NotFoundError: ({ outcome, vendor }) => `${vendor} ${outcome}`,
    RateLimitedError: explain,
    VendorUnavailableError: explain,
    VendorContractError: explain,
    IdempotencyError: explain,
    otherwise: ({ outcome }) => outcome,
  });

console.log(await remove());
console.log(await remove());
const { data, errors } = await memberships(gateway, { email: 'pavel.orlov@example.com' });
console.log(data?.organizations?.length, errors.length);
const nowhere = { ...gateway, endpoint: 'http://gateway.invalid/graphql' };
const failed: unknown = await removeOrgMember(nowhere, { userId }).catch((error) => error);
console.log(failed instanceof GatewayError && failed.outcome);
