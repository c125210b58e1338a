import type { Change } from '../changes.ts';
import { ids } from '../changes.ts';
import type { Message } from './message.ts';

const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain' };
const requestId = { 'x-request-id': '0b9c6f7e-52b4-4d0e-9a35-6f0c1a2b3c4d' };
const problem = { ...requestId, 'content-type': 'application/problem+json' };

const past = '2026-01-02T10:03:54.905Z';
const link = { id: 9, stream_id: 7, leader_id: 42, created_at: past, updated_at: past };
const user = { id: 501, full_name: 'Irina Sokolova', email: 'irina@example.com' };

function say(status: number, body?: unknown, headers: Record<string, string> = json): Message {
  return { status, headers, body: body === undefined ? '' : JSON.stringify(body) };
}

/** `Retry-After` in forms that name a wait, and in forms that name none. */
const waits: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'retry-after': '0' },
  { 'retry-after': '1' },
  { 'retry-after': '60' },
  { 'retry-after': '90000' },
  { 'retry-after': 'soon' },
];

type Words = (headers?: Readonly<Record<string, string>>) => Message;

/** Returns the same answer with each form of a wait. */
function withWaits(words: Words, ...own: readonly Readonly<Record<string, string>>[]): Message[] {
  return [...waits, ...own].map((wait) => words(wait));
}

const failures = [500, 501, 502, 503, 504, 507];

function createWethodWords(isPost: boolean): Message[] {
  const error = (status: number, key: string, headers = {}, more = {}) =>
    say(status, { key, message: 'No.', ...more }, { ...json, ...headers });
  const failed = [{ field: 'stream_id', message: 'is no stream' }];
  const links = [
    link,
    { ...link, deleted_at: null },
    { ...link, id: '9', stream_id: '7', leader_id: '42' },
    { ...link, leader_id: 43 },
    { ...link, deleted_at: past },
    { ...link, deleted_at: '2026-01-02T00:00:00+0000' },
    { ...link, deleted_at: '2026-01-02 00:00:00' },
    // Matters only for a link that must be live.
    ...(isPost ? [{ ...link, deleted_at: 'yesterday' }] : []),
  ];
  return [
    ...links.map((one) => say(200, one)),
    ...(isPost ? [say(201, link)] : []),
    ...[undefined, {}, null, [], [link], 'ok', true].map((body) => say(200, body)),
    say(204),
    say(202, link),
    error(200, 'precondition_failure'),
    say(200, { message: 'Unauthorized' }),
    error(400, 'invalid_data', {}, { failures: failed }),
    error(401, 'unauthorized'),
    error(402, 'payment_required'),
    error(403, 'forbidden'),
    error(404, 'not_found'),
    error(409, 'conflict'),
    error(412, 'precondition_failure'),
    ...[410, 422].map((status) => error(status, 'refused')),
    error(408, 'timeout'),
    ...withWaits(
      (wait) => error(429, 'too_many_requests', wait),
      { 'x-ratelimit-retry-after': '1' },
      { 'x-ratelimit-retry-after': '60' },
    ),
    ...failures.map((status) => error(status, 'internal')),
    ...withWaits((wait) => error(503, 'unavailable', wait)),
  ];
}

function createKaitenWords(): Message[] {
  const error = (status: number, headers = {}) =>
    say(status, { message: 'No.' }, { ...json, ...headers });
  return [
    say(200, user),
    say(200, { ...user, id: '501' }),
    say(200, { ...user, id: 502 }),
    ...[undefined, {}, null, [], [user], 'ok'].map((body) => say(200, body)),
    say(204),
    say(202, user),
    error(200),
    error(400),
    say(401, 'Invalid token'),
    { status: 401, headers: text, body: 'Unauthorized' },
    say(401),
    error(402),
    say(403),
    say(404),
    ...[408, 409, 410, 412, 422].map((status) => error(status)),
    ...withWaits(
      (wait) => say(429, undefined, { ...json, ...wait }),
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' },
    ),
    error(429, { 'retry-after': '1' }),
    ...failures.flatMap((status) => [error(status), say(status)]),
    ...withWaits((wait) => error(503, wait)),
  ];
}

function createAerospikeWords(): Message[] {
  const urn = (kind: string) => `urn:aerospike:errors:${kind}`;
  const error = (status: number, kind: string, headers = {}) =>
    say(
      status,
      { type: urn(kind), title: kind, status, detail: 'No.' },
      { ...problem, ...headers },
    );
  const old = (status: number, headers = {}) =>
    say(status, { code: 'no', message: 'No.' }, { ...json, ...requestId, ...headers });
  return [
    ...[undefined, {}, null, [], 'ok'].map((body) => say(200, body, { ...json, ...requestId })),
    say(204, undefined, requestId),
    say(202, {}, { ...json, ...requestId }),
    old(200),
    say(200, { error: 'maintenance' }, { ...json, ...requestId }),
    error(400, 'validation:failed'),
    error(400, 'resource:not-found'),
    error(401, 'auth:token-expired'),
    error(403, 'auth:unauthorized'),
    error(404, 'resource:not-found'),
    ...[400, 401, 402, 403, 404, 408, 409, 410, 412, 422].map((status) => old(status)),
    ...withWaits((wait) => error(429, 'ratelimit:exceeded', wait)),
    old(429, { 'retry-after': '1' }),
    ...failures.flatMap((status) => [error(status, 'system:internal'), old(status)]),
    ...withWaits((wait) => error(503, 'system:unavailable', wait)),
  ];
}

/** The error types that Rocket.Chat's server throws before it changes anything. */
export const thrownBefore: Readonly<Record<string, string>> = {
  'error-room-not-found': 'NotFoundError',
  'error-user-not-in-room': 'NotFoundError',
  'error-invalid-room': 'NotFoundError',
  'error-invalid-user': 'NotFoundError',
  'error-user-not-found': 'NotFoundError',
  'error-user-param-not-provided': 'NotFoundError',
  'error-you-are-last-owner': 'LastOwnerError',
  'error-room-archived': 'PreconditionFailedError',
  'error-app-prevented': 'PreconditionFailedError',
  'error-not-allowed': 'PermissionDeniedError',
  'error-unauthorized': 'PermissionDeniedError',
  'error-room-param-not-provided': 'InvalidInputError',
  'invalid-params': 'InvalidInputError',
  'error-invalid-params': 'InvalidInputError',
  'totp-required': 'AuthenticationError',
  'totp-invalid': 'AuthenticationError',
};

function createRocketChatWords(): Message[] {
  const error = (status: number, errorType: string | null, headers = {}) => {
    const said = errorType === null ? 'Hook failed' : `No. [${errorType}]`;
    const body = { success: false, error: said, ...(errorType && { errorType }) };
    return say(status, body, { ...json, ...headers });
  };
  const mustLogIn = 'You must be logged in to do this.';
  const slowDown =
    'Error, too many requests. Please slow down. You must wait 1 seconds before trying this endpoint again. [error-too-many-requests]';
  const at = { date: 'Wed, 01 Jan 2020 00:00:00 GMT' };
  return [
    ...[say(200, { success: true }), say(200, { success: true, group: { _id: ids.groupId } })],
    ...[undefined, {}, null, { status: 'error', message: 'No.' }].map((body) => say(200, body)),
    say(204),
    say(201, { success: true }),
    ...Object.keys(thrownBefore).map((type) => error(400, type)),
    error(400, null),
    error(400, 'error-hook-failed'),
    say(400, { success: false, error: 'You are not in this room [error-user-not-in-room]' }),
    error(200, 'error-room-not-found'),
    error(200, null),
    say(401, { status: 'error', message: mustLogIn }),
    say(401, { success: false, error: mustLogIn, status: 'error', message: mustLogIn }),
    error(402, null),
    say(403, { success: false, error: 'unauthorized' }),
    say(404, { status: 'error', message: 'API endpoint does not exist.' }),
    error(404, null),
    ...[408, 409, 410, 412, 422].map((status) => error(status, null)),
    ...withWaits(
      (wait) => error(429, 'error-too-many-requests', wait),
      { ...at, 'x-ratelimit-reset': '1577836801000' },
      { ...at, 'x-ratelimit-reset': '1577836860000' },
    ),
    say(429, { success: false, error: slowDown }),
    say(400, { success: false, error: slowDown }),
    ...failures.map((status) => error(status, null)),
    ...withWaits((wait) => error(503, null, wait)),
  ];
}

/** Returns every answer that a vendor is known to give to a change, and odd ones in its own forms. */
export function createVendorWords({ vendor, isPost }: Change): readonly Message[] {
  switch (vendor) {
    case 'WETHOD':
      return createWethodWords(isPost);
    case 'KAITEN':
      return createKaitenWords();
    case 'AEROSPIKE':
      return createAerospikeWords();
    case 'ROCKETCHAT':
      return createRocketChatWords();
  }
}

/** Returns the refusals that a vendor is known to give to a read, except those that would be lies. */
export function readWords(change: Change): readonly Message[] {
  const saysGone = /error-(invalid-user|user-not-found|user-not-in-room)/;
  return createVendorWords(change).filter(
    ({ status, body }) => status >= 400 && !saysGone.test(body),
  );
}

/** Returns what a vendor that works answers to a change. */
export function createProperAnswer({ name, vendor, isPost }: Change, isMember: boolean): Message {
  if (vendor === 'WETHOD' && isPost) return say(200, link);
  if (vendor === 'ROCKETCHAT') {
    const errorType = name === 'leaveGroup' ? 'error-room-not-found' : 'error-user-not-in-room';
    const refusal = { success: false, error: `No. [${errorType}]`, errorType };
    return isMember ? say(200, { success: true }) : say(400, refusal);
  }
  if (vendor === 'KAITEN') return isMember ? say(200, user) : say(404);
  if (vendor === 'WETHOD') return isMember ? say(200) : say(404, { key: 'not_found', message: '' });
  if (isMember) return say(204, undefined, requestId);
  const body = { type: 'urn:aerospike:errors:resource:not-found', title: 'No.', status: 400 };
  return say(400, body, problem);
}
