import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { unpaced } from '../../test/support/gateway.ts';
import {
  type ChangeResult,
  english,
  explain,
  GatewayError,
  leaveGroup,
  type MembershipError,
  ReadError,
  type ReadErrorCode,
  removeGroupUser,
  removeOrgMember,
  type Sentences,
} from '../src/index.ts';
import { createGateway } from './support.ts';

/** An error as the gateway answers it. */
function createFailure(
  __typename: MembershipError['__typename'],
  more: object = {},
): MembershipError {
  const common = {
    message: 'm',
    outcome: 'NOT_APPLIED',
    vendor: 'ROCKETCHAT',
    retryable: false,
    requestId: 'r-1',
    vendorStatus: null,
    vendorCode: null,
    vendorMessage: null,
    vendorRequestId: null,
  };
  return { __typename, ...common, ...more } as unknown as MembershipError;
}

const nothing = 'so nothing was changed';
const unknown = 'and it is not known whether the change was made';

describe('one sentence explains what happened, whether the change was made, and what to do', () => {
  test.each<[result: MembershipError, sentence: string]>([
    [
      createFailure('InvalidInputError', {
        issues: [{ path: [], message: 'Takes a UUID; got "x".' }],
      }),
      `Rocket.Chat does not accept the input (Takes a UUID; got "x"), ${nothing}; correct it and try again.`,
    ],
    [
      createFailure('IdempotencyError', {
        idempotencyProblem: 'IN_PROGRESS',
        outcome: 'UNKNOWN',
        retryable: true,
        retryAfterSeconds: 2,
      }),
      `The same change is already in progress, ${unknown}; check Rocket.Chat before you do anything else, or try again, which is safe.`,
    ],
    [
      createFailure('IdempotencyError', { idempotencyProblem: 'OTHER_INPUT' }),
      `This request was mistaken for another one, ${nothing}; try again with a new key.`,
    ],
    [
      createFailure('IdempotencyError', { idempotencyProblem: 'MALFORMED' }),
      `The key of this request is malformed, ${nothing}; try again with a new key.`,
    ],
    [
      createFailure('IdempotencyError', { idempotencyProblem: 'NOT_AVAILABLE' }),
      `This service cannot recognize repeated requests, ${nothing}; try again without a key.`,
    ],
    [
      createFailure('AuthenticationError', { problem: 'MISSING' }),
      `Rocket.Chat did not receive your credentials, ${nothing}; sign in there and try again.`,
    ],
    [
      createFailure('AuthenticationError', { problem: 'MALFORMED' }),
      `Rocket.Chat cannot accept your credentials in this form, ${nothing}; enter them again and try again.`,
    ],
    [
      createFailure('AuthenticationError', { problem: 'REJECTED' }),
      `Rocket.Chat does not accept your credentials, ${nothing}; sign in there again and try again.`,
    ],
    [
      createFailure('PermissionDeniedError', { requiredPermission: 'leave-p' }),
      `You are not allowed to do this in Rocket.Chat, ${nothing}; ask its administrator for the permission leave-p.`,
    ],
    [
      createFailure('PermissionDeniedError', { requiredPermission: null }),
      `You are not allowed to do this in Rocket.Chat, ${nothing}; ask its administrator for permission.`,
    ],
    [
      createFailure('NotFoundError'),
      `Rocket.Chat has no such membership, or does not let you see it, ${nothing}; reload the list, since it may have ended already.`,
    ],
    [
      createFailure('PreconditionFailedError', { vendorMessage: 'Room is archived.' }),
      `Rocket.Chat does not allow this in its current state (Room is archived), ${nothing}; ask its administrator.`,
    ],
    [
      createFailure('PlanRequiredError', { vendor: 'KAITEN' }),
      `The company's plan for Kaiten does not include this, ${nothing}; ask the person who manages the plan.`,
    ],
    [
      createFailure('LastOwnerError'),
      `The room in Rocket.Chat would be left without an owner, ${nothing}; make another person an owner first.`,
    ],
    [
      createFailure('RateLimitedError', { retryable: true, retryAfterSeconds: 59.2 }),
      `Rocket.Chat accepts no more requests for now, ${nothing}; try again in 60 seconds.`,
    ],
    [
      createFailure('RateLimitedError', { retryable: true, retryAfterSeconds: 3_600 }),
      `Rocket.Chat accepts no more requests for now, ${nothing}; try again in 60 minutes.`,
    ],
    [
      createFailure('RateLimitedError', { retryAfterSeconds: 60, outcome: 'UNKNOWN' }),
      `Rocket.Chat accepts no more requests for now, ${unknown}; check Rocket.Chat before you do anything else.`,
    ],
    [
      createFailure('VendorUnavailableError', { reason: 'TIMEOUT', outcome: 'UNKNOWN' }),
      `Rocket.Chat did not respond in time, ${unknown}; check Rocket.Chat before you do anything else.`,
    ],
    [
      createFailure('VendorUnavailableError', {
        reason: 'TIMEOUT',
        outcome: 'UNKNOWN',
        retryable: true,
      }),
      `Rocket.Chat did not respond in time, ${unknown}; check Rocket.Chat before you do anything else, or try again, which is safe.`,
    ],
    [
      createFailure('VendorUnavailableError', {
        reason: 'OVERLOADED',
        retryable: true,
        retryAfterSeconds: null,
      }),
      `Rocket.Chat has too many requests waiting at the moment, ${nothing}; try again later.`,
    ],
    [
      createFailure('VendorUnavailableError', {
        reason: 'NOT_CONFIGURED',
        retryAfterSeconds: null,
      }),
      `Rocket.Chat is not configured in this service, ${nothing}; contact the operator of this service and quote r-1.`,
    ],
    [
      createFailure('VendorUnavailableError', {
        reason: 'LATER',
        vendor: 'SLACK',
        retryable: true,
      }),
      `SLACK is not available, ${nothing}; try again later.`,
    ],
    [
      createFailure('VendorContractError', { outcome: 'UNKNOWN' }),
      `Rocket.Chat sent an unexpected response, ${unknown}; check Rocket.Chat before you do anything else.`,
    ],
    [
      createFailure('LaterError' as 'NotFoundError', { message: 'Too late for it.' }),
      'Too late for it; nothing was changed, and trying again will not help.',
    ],
    [
      createFailure('LaterError' as 'NotFoundError', {
        message: 'Too late for it.',
        outcome: 'UNKNOWN',
      }),
      'Too late for it; check whether the change was made before you try again.',
    ],
  ])('$__typename: %j', (result, sentence) => {
    expect(explain(result)).toBe(sentence);
  });

  test.each<[error: GatewayError, sentence: string]>([
    [
      new GatewayError('NETWORK', { message: 'm', outcome: 'UNKNOWN' }),
      `The connection to the service failed, ${unknown}; check before you try again.`,
    ],
    [
      new GatewayError('NETWORK', { message: 'm', outcome: 'UNKNOWN', retryable: true }),
      `The connection to the service failed, ${unknown}; try again, which is safe.`,
    ],
    [
      new GatewayError('NETWORK', { message: 'm', outcome: null }),
      'The connection to the service failed; check it and try again.',
    ],
    [
      new GatewayError('CALLER_LIMIT', {
        message: 'm',
        outcome: 'NOT_APPLIED',
        retryAfterSeconds: 1,
      }),
      `You have reached a limit of this service, ${nothing}; try again in a second.`,
    ],
    [
      new GatewayError('INTERNAL', { message: 'm', outcome: 'APPLIED', requestId: 'r' }),
      'The service had an internal error, but the change was made; there is nothing left to do.',
    ],
    [
      new GatewayError('INTERNAL', { message: 'm', outcome: 'NOT_APPLIED', requestId: 'r' }),
      `The service had an internal error, ${nothing}; contact the operator of this service and quote r.`,
    ],
  ])('$code, $outcome', (error, sentence) => {
    expect(explain(error)).toBe(sentence);
  });

  test.each([
    [false, 'The change was made; there is nothing left to do.'],
    [true, 'The change was made by an earlier request; there is nothing left to do.'],
  ])('a success with isReplay: %j', (isReplay, sentence) => {
    for (const __typename of ['LeaveGroupSuccess', 'LaterSuccess']) {
      const success = { __typename, outcome: 'APPLIED', isReplay };
      expect(explain(success as unknown as ChangeResult)).toBe(sentence);
    }
  });

  test('every code has exactly one sentence', () => {
    const details = {
      vendor: 'KAITEN',
      issues: null,
      problem: null,
      reason: null,
      requiredPermission: null,
      vendorStatus: null,
      vendorCode: null,
      vendorMessage: null,
      vendorRequestId: null,
    } as const;
    const codes = Object.keys(english).filter((key) => /^[A-Z_]+$/.test(key)) as ReadErrorCode[];
    expect(codes).toHaveLength(21);
    const rest = { message: 'm', path: ['groups'], details };
    for (const outcome of [null, 'NOT_APPLIED', 'UNKNOWN'] as const) {
      const sentences = codes.map((code) => explain(new ReadError(code, { ...rest, outcome })));
      expect(new Set(sentences).size).toBe(codes.length);
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.!?]*\.$/);
    }
  });
});

describe('over the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    const env = { ...unpaced, VENDOR_TIMEOUT_MS: '1000', FIELD_TIMEOUT_MS: '4000' };
    sandbox = await startSandbox(env, createLog({ write: () => {} }));
  });
  afterAll(() => sandbox[Symbol.asyncDispose]());

  const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';
  const groupUid = '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10';
  const gateway = (token: string) =>
    createGateway(sandbox, {
      credentials: {
        kaiten: { token },
        aerospike: { token },
        rocketchat: { authToken: token, userId: 'rbAXPnMktTFbNpwtJ' },
      },
    });
  const member = (token: string) => removeOrgMember(gateway(token), { userId });
  const user = (token: string) => removeGroupUser(gateway(token), { groupUid, userId: 501 });
  const room = (groupId: string) => leaveGroup(gateway('sandbox'), { groupId });

  test.each<[name: string, make: () => Promise<ChangeResult>, sentence: RegExp]>([
    ['a wrong credential', () => member('wrong'), /^Aerospike Cloud does not accept your cred/],
    ['an expired one', () => member('sandbox-expired'), /sign in there again and try again\.$/],
    ['no right', () => member('sandbox-forbidden'), /for the permission update:org\.$/],
    ['a small plan', () => user('sandbox-plan'), /^The company's plan for Kaiten/],
    [
      'throttled',
      () => user('sandbox-throttled'),
      /nothing was changed; try again in 6[01] seconds\.$/,
    ],
    ['the last owner', () => room('Lo8NaOwnErTs4Kd7Q'), /make another person an owner first\.$/],
    ['archived', () => room('Ar5ChiVedRm9Xy2Wz'), /in its current state/],
    ['not in it', () => room('Pv4TeOfOtH6jKl9Mn'), /has no such membership/],
    [
      'garbage',
      () => member('sandbox-garbage'),
      /it is not known whether the change was made; check/,
    ],
    ['down', () => user('sandbox-down'), /^Kaiten reported a failure/],
    ['it works', () => member('sandbox'), /^The change was made; there is nothing left to do\.$/],
  ])('%s', async (_name, make, sentence) => {
    expect(explain(await make())).toMatch(sentence);
  });
});

describe('replacing sentences', () => {
  test('replaces one sentence and keeps the others', () => {
    const own = {
      NotFoundError: ({ vendor }: { readonly vendor: string }) => `Nobody there in ${vendor}.`,
    };
    expect(explain(createFailure('NotFoundError'), own)).toBe('Nobody there in ROCKETCHAT.');
    expect(explain(createFailure('LastOwnerError'), own)).toMatch(/^The room in Rocket\.Chat/);
    expect(explain(createFailure('toString' as 'NotFoundError'), own)).toMatch(
      /^m; nothing was changed/,
    );
  });

  test('a language covers every member, and has a sentence for newer ones', () => {
    const german: Sentences = { ...english, otherwise: () => 'Etwas Neues.' };
    expect(explain(createFailure('LaterError' as 'NotFoundError'), german)).toBe('Etwas Neues.');
    const { NotFoundError: _, ...rest } = english;
    // @ts-expect-error a sentence is missing
    const lacking: Sentences = rest;
    expect(lacking).toBeDefined();
    expectTypeOf(english.RateLimitedError)
      .parameter(0)
      .toHaveProperty('retryAfterSeconds')
      .toEqualTypeOf<number | null>();
  });
});
