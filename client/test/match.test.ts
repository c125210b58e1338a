import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type ChangeOutcome,
  type LaterMember,
  type MembershipErrorOf,
  match,
  type node,
  type RemoveOrgMemberResult,
} from '../src/index.ts';

const common = {
  message: 'm',
  outcome: 'NOT_APPLIED',
  vendor: 'AEROSPIKE',
  retryable: false,
  requestId: 'r',
  vendorStatus: null,
  vendorCode: null,
  vendorMessage: null,
  vendorRequestId: null,
} as const;
const notFound = { __typename: 'NotFoundError', ...common } as RemoveOrgMemberResult;

const all = {
  RemoveOrgMemberSuccess: () => 'success',
  InvalidInputError: () => 'input',
  AuthenticationError: () => 'credential',
  PermissionDeniedError: () => 'permission',
  NotFoundError: () => 'not found',
  RateLimitedError: () => 'rate',
  VendorUnavailableError: () => 'unavailable',
  VendorContractError: () => 'contract',
  IdempotencyError: () => 'key',
  otherwise: () => 'later',
} as const;

test('calls the function of the member with the member', () => {
  expect(match(notFound, all)).toBe('not found');
  const seen = match(notFound, { ...all, NotFoundError: (error) => error });
  expect(seen).toBe(notFound);
});

test.each(['LaterError', 'toString', '__proto__', 'otherwise'])(
  'a member that came later goes to otherwise: %s',
  (name) => {
    const later = { __typename: name, ...common } as unknown as RemoveOrgMemberResult;
    expect(match(later, { ...all, otherwise: (member) => member })).toBe(later);
  },
);

describe('types', () => {
  test('each function has the type of its member, and match returns the union of their results', () => {
    const value = match(notFound, {
      ...all,
      RateLimitedError: (error) => {
        expectTypeOf(error).toEqualTypeOf<MembershipErrorOf<'RateLimitedError'>>();
        expectTypeOf(error.retryAfterSeconds).toEqualTypeOf<number | null>();
        // @ts-expect-error the issues belong to another member
        error.issues;
        return 1;
      },
      NotFoundError: () => true,
      otherwise: (member) => {
        expectTypeOf(member).toEqualTypeOf<LaterMember>();
        expectTypeOf(member.outcome).toEqualTypeOf<ChangeOutcome>();
        expectTypeOf(member.message).toEqualTypeOf<string | undefined>();
        return null;
      },
    });
    expectTypeOf(value).toEqualTypeOf<string | number | boolean | null>();
  });

  test('a missing or misspelt member fails the type check', () => {
    const without = <Name extends keyof typeof all>(name: Name) => {
      const { [name]: _, ...rest } = all;
      return rest as Omit<typeof all, Name>;
    };
    const never = () => {
      // @ts-expect-error the success is missing
      match(notFound, without('RemoveOrgMemberSuccess'));
      // @ts-expect-error InvalidInputError is missing
      match(notFound, without('InvalidInputError'));
      // @ts-expect-error AuthenticationError is missing
      match(notFound, without('AuthenticationError'));
      // @ts-expect-error PermissionDeniedError is missing
      match(notFound, without('PermissionDeniedError'));
      // @ts-expect-error NotFoundError is missing
      match(notFound, without('NotFoundError'));
      // @ts-expect-error RateLimitedError is missing
      match(notFound, without('RateLimitedError'));
      // @ts-expect-error VendorUnavailableError is missing
      match(notFound, without('VendorUnavailableError'));
      // @ts-expect-error VendorContractError is missing
      match(notFound, without('VendorContractError'));
      // @ts-expect-error what comes later is missing
      match(notFound, without('otherwise'));
      // @ts-expect-error no member has this name
      match(notFound, { ...all, NotFuondError: () => '' });
      // @ts-expect-error the union of this mutation has no such member
      match(notFound, { ...all, LastOwnerError: () => '' });
    };
    expect(never).toBeTypeOf('function');
  });

  test('accepts any union with a __typename, such as nodes', () => {
    type NodeData = NonNullable<Awaited<ReturnType<typeof node>>['data']>;
    const name = (one: NodeData) =>
      match(one, {
        Stream: ({ name }) => name,
        StreamLeadership: ({ leaderId }) => leaderId,
        StreamMembership: ({ memberId }) => memberId,
        Person: ({ surname }) => surname,
        Group: ({ name }) => name,
        GroupUser: ({ fullName }) => fullName,
        Organization: ({ name }) => name,
        OrgMember: ({ lastName }) => lastName,
        ChatGroup: ({ name }) => name,
        ChatUser: ({ username }) => username,
        otherwise: ({ __typename }) => __typename,
      });
    expectTypeOf(name).returns.toEqualTypeOf<string | null>();
    expect(
      name({ __typename: 'ChatUser', id: 'i', userId: 'u', username: 'pavel', name: null }),
    ).toBe('pavel');
  });
});
