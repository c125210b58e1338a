import { type Change, ids } from '../changes.ts';
import type { Message } from './message.ts';

/** Which of the vendor's own forms a truthful answer takes. */
export interface ListForm {
  /** The time of a removal, in one of the forms below or in none that can be read. */
  readonly removedAt: string;
  /** Whether ids are strings. */
  readonly hasTextIds: boolean;
  /** Whether `rooms.isMember` refuses because the room is archived. */
  readonly isArchived: boolean;
  /** Whether the server reports a user who is not in the room as unknown. */
  readonly isUnknownUser: boolean;
}

/** The forms of a removal's time that PHP prints. */
export const removalTimes = [
  '2026-01-02T10:03:54.905Z',
  '2026-01-02T00:00:00+0000',
  '2026-01-02T00:00:00+00:00',
  '2026-01-02 00:00:00',
];

const json = { 'content-type': 'application/json' };
const ok = (body: unknown): Message => ({ status: 200, headers: json, body: JSON.stringify(body) });
const refused = (body: unknown): Message => ({ ...ok(body), status: 400 });

/**
 * Returns the truthful answer to a read.
 *
 * @param path with its query
 */
export function createTrueAnswer(
  { vendor }: Change,
  path: string,
  isMember: boolean,
  form: ListForm,
): Message {
  switch (vendor) {
    case 'WETHOD':
      return leaders(isMember, form);
    case 'KAITEN':
      return users(isMember, form);
    case 'AEROSPIKE':
      return members(isMember);
    case 'ROCKETCHAT':
      return room(path, isMember, form);
  }
}

function leaders(isMember: boolean, { removedAt, hasTextIds }: ListForm): Message {
  const id = (number: number) => (hasTextIds ? String(number) : number);
  const link = (number: number, leader: number, deleted_at: string | null) => ({
    id: id(number),
    stream_id: id(Number(ids.streamId)),
    leader_id: id(leader),
    deleted_at,
  });
  const leader = Number(ids.leaderId);
  const others = [link(7, 41, null), link(8, leader, removedAt)];
  return ok(isMember ? [...others, link(9, leader, null)] : others);
}

function users(isMember: boolean, { hasTextIds }: ListForm): Message {
  const numbers = [500, ...(isMember ? [Number(ids.kaitenUserId)] : [])];
  return ok(numbers.map((number) => ({ id: hasTextIds ? String(number) : number })));
}

function members(isMember: boolean): Message {
  const rows = [{ id: '0c3d5b7e-1111-4222-8333-444455556666' }];
  if (isMember) rows.push({ id: ids.memberId });
  const meta = { total: rows.length, limit: 100, offset: 0 };
  return ok({ count: rows.length, meta, members: rows });
}

function room(path: string, isMember: boolean, form: ListForm): Message {
  if (path.startsWith('/api/v1/subscriptions.getOne')) {
    const subscription = { rid: ids.groupId, open: false, u: { _id: 'me' } };
    return ok({ subscription: isMember ? subscription : null, success: true });
  }
  if (path.startsWith('/api/v1/rooms.isMember')) {
    if (form.isUnknownUser && !isMember) {
      return refused({ success: false, error: 'error-user-not-found' });
    }
    if (form.isArchived) {
      const errorType = 'error-room-archived';
      const error = `The channel, old, is archived [${errorType}]`;
      return refused({ success: false, error, errorType });
    }
    return ok({ isMember, success: true });
  }
  if (path.startsWith('/api/v1/rooms.membersOrderedByRole')) {
    const rows = [{ _id: 'other', username: 'other', roles: ['owner'] }];
    if (isMember) rows.push({ _id: ids.chatUserId, username: 'target', roles: [] });
    return ok({ members: rows, count: rows.length, offset: 0, total: rows.length, success: true });
  }
  if (path.startsWith('/api/v1/users.info')) {
    const user = { _id: ids.chatUserId, username: 'target', type: 'user', active: true };
    return ok({ user, success: true });
  }
  const body = { status: 'error', message: 'API endpoint does not exist.' };
  return { ...ok(body), status: 404 };
}
