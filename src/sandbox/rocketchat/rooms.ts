import { users } from './users.ts';

/** The subscription of a user to a room. */
export interface Subscription {
  readonly roles: readonly string[];
  /** False if the user has hidden the room. */
  readonly isOpen: boolean;
  /** Set for an open invitation or a banned user. Neither is a member. */
  readonly status?: 'INVITED' | 'BANNED';
}

/** A private room. */
export interface Room {
  readonly id: string;
  /** The name in the room's address. A discussion has a generated ID instead. */
  readonly name: string;
  /** The display name, if it differs. */
  readonly fname?: string;
  readonly isArchived: boolean;
  readonly isBroadcast?: boolean;
  readonly isFederated?: boolean;
  readonly isTeamMain?: boolean;
  /** The room that a discussion belongs to. */
  readonly parent?: string;
  readonly subscriptions: Map<string, Subscription>;
}

/** Returns whether a user is a member of a room, and not only invited or banned. */
export function isMember(of: Room, userId: string): boolean {
  const subscription = of.subscriptions.get(userId);
  return subscription !== undefined && subscription.status === undefined;
}

/** Returns whether a user can see a room: its members can, and for a discussion the members of its parent. */
export function canAccess(rooms: ReadonlyMap<string, Room>, of: Room, userId: string): boolean {
  if (isMember(of, userId)) return true;
  const parent = rooms.get(of.parent ?? '');
  return parent !== undefined && isMember(parent, userId);
}

/** Returns whether a user is the only owner of a room. */
export function isLastOwner(of: Room, userId: string): boolean {
  const owners = listOwners(of);
  return owners.length === 1 && owners[0] === userId;
}

/** Returns a room as `groups.info` does. */
export function toRoomRow(of: Room) {
  const [first = ''] = listOwners(of);
  return {
    _id: of.id,
    name: of.name,
    fname: of.fname ?? of.name,
    t: 'p',
    msgs: 12,
    usersCount: [...of.subscriptions.keys()].filter((id) => isMember(of, id)).length,
    u: { _id: first, username: users.get(first)?.username },
    customFields: {},
    broadcast: of.isBroadcast === true,
    encrypted: false,
    ts: '2026-01-15T09:00:00.000Z',
    ro: false,
    default: false,
    sysMes: true,
    _updatedAt: '2026-09-01T08:30:00.000Z',
    ...(of.isArchived && { archived: true }),
    ...(of.parent !== undefined && { prid: of.parent }),
    ...(of.isFederated && { federated: true }),
    ...(of.isTeamMain && { teamId: `team-${of.id}`, teamMain: true }),
  };
}

function listOwners(of: Room): string[] {
  const owners = [...of.subscriptions].filter(([, { roles }]) => roles.includes('owner'));
  return owners.map(([id]) => id);
}

/** Returns a subscription as `subscriptions.get` and `subscriptions.getOne` do. */
export function toSubscriptionRow(
  of: Room,
  userId: string,
  { roles, isOpen, status }: Subscription,
) {
  const { username, name } = users.get(userId) ?? {};
  return {
    _id: toSubscriptionId(of, userId),
    rid: of.id,
    u: { _id: userId, username, name },
    name: of.name,
    fname: of.fname ?? of.name,
    t: 'p',
    open: isOpen,
    alert: false,
    unread: 0,
    userMentions: 0,
    groupMentions: 0,
    roles,
    ts: subscribedAt,
    ls: '2026-08-31T16:00:00.000Z',
    lr: '2026-08-31T16:00:00.000Z',
    _updatedAt: '2026-09-01T08:30:00.000Z',
    ...(status && { status }),
    ...(of.isFederated && { federated: true }),
  };
}

/** Returns a subscription as a row of `rooms.membersOrderedByRole` includes it. */
export function toMemberSubscription(of: Room, userId: string, { roles, status }: Subscription) {
  return { _id: toSubscriptionId(of, userId), ts: subscribedAt, roles, ...(status && { status }) };
}

const subscribedAt = '2026-01-16T10:00:00.000Z';

function toSubscriptionId(of: Room, userId: string): string {
  return `${of.id}${userId}`;
}
