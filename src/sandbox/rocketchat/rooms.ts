import { caller, crowd, deactivated, offline, others, users } from './users.ts';

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

const member: Subscription = { roles: [], isOpen: true };
const owner: Subscription = { roles: ['owner'], isOpen: true };
const moderator: Subscription = { roles: ['moderator'], isOpen: true };
const leader: Subscription = { roles: ['leader'], isOpen: true };
const invited: Subscription = { roles: [], isOpen: true, status: 'INVITED' };
const banned: Subscription = { roles: [], isOpen: true, status: 'BANNED' };
const hidden: Subscription = { roles: [], isOpen: false };
const [irina = '', maria = ''] = others;

/**
 * Creates the rooms, by ID.
 *
 * @param withMore true to add rooms of kinds that the sandbox's seed does not have
 */
export function seedRooms(withMore = false): Map<string, Room> {
  const everybody = Object.fromEntries(crowd.map((id) => [id, member]));
  const rooms: Room[] = [
    createRoom('ByehQjC44FwMeiLbX', 'invite-me', {
      [caller]: member,
      [irina]: owner,
      [maria]: member,
    }),
    createRoom('Gx2ZrTq9uVnLpW5sM', 'release-notes', { [caller]: member, [irina]: owner }),
    createRoom('Lo8NaOwnErTs4Kd7Q', 'my-own-room', { [caller]: owner, [maria]: member }),
    {
      ...createRoom('Ar5ChiVedRm9Xy2Wz', 'old-project', { [caller]: member, [irina]: owner }),
      isArchived: true,
    },
    createRoom('Hi7DdEnRoM3pQr8St', 'muted-room', { [caller]: hidden, [irina]: owner }),
    createRoom('Pv4TeOfOtH6jKl9Mn', 'board-only', { [irina]: owner, [maria]: member }),
    {
      ...createRoom('Di2ScUsSiN5bVc8Xz', 'side-talk', { [irina]: owner }),
      parent: 'Gx2ZrTq9uVnLpW5sM',
    },
    createRoom('Al1HaNdSrOoMx5Yz2', 'all-hands', {
      [irina]: owner,
      [maria]: moderator,
      [caller]: member,
      ...everybody,
    }),
  ];
  return new Map([...rooms, ...(withMore ? createMoreRooms() : [])].map((one) => [one.id, one]));
}

/** Creates a broadcast room, one with members of all kinds, two federated rooms, a team's main room, and a discussion. */
function createMoreRooms(): Room[] {
  return [
    {
      ...createRoom('Br0AdCaStRm2Xy4Zw', 'announcements', { [caller]: member, [irina]: owner }),
      isBroadcast: true,
    },
    createRoom('So1RtSoFmEmBeR3sX', 'all-sorts', {
      [offline.id]: member,
      [crowd[0] ?? '']: member,
      [deactivated.id]: member,
      [maria]: leader,
      [caller]: moderator,
      [irina]: owner,
      [crowd[1] ?? '']: banned,
    }),
    {
      ...createRoom('Fe2DeRaTeDrM5Ty6U', 'federated', {
        [maria]: invited,
        [caller]: member,
        [irina]: owner,
      }),
      isFederated: true,
    },
    {
      ...createRoom('Fe3InViTeDrM7Qw8E', 'federated-invitation', {
        [caller]: invited,
        [irina]: owner,
      }),
      isFederated: true,
    },
    {
      ...createRoom('Te4AmMaInRm9As1Df', 'the-team', {
        [caller]: member,
        [irina]: owner,
        [maria]: member,
      }),
      isTeamMain: true,
    },
    {
      ...createRoom('Di5SpLaYnAmE2Gh3J', 'q7xKp2mWc9RtZs4Lb', { [irina]: owner, [maria]: member }),
      fname: 'Plans for the summer?',
      parent: 'ByehQjC44FwMeiLbX',
    },
  ];
}

function createRoom(id: string, name: string, subscriptions: Record<string, Subscription>): Room {
  return { id, name, isArchived: false, subscriptions: new Map(Object.entries(subscriptions)) };
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
