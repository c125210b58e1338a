import { caller, crowd, deactivated, offline, others, users } from './users.ts';

/** Somebody's place in a room. */
export interface Subscription {
  readonly roles: readonly string[];
  /** False for a room that its member hid. */
  readonly isOpen: boolean;
  /** An invitation that was not accepted, or what is left of a member that was banned; neither is a member. */
  readonly status?: 'INVITED' | 'BANNED';
}

/** A private room. */
export interface Room {
  readonly id: string;
  /** The name in the room's address; of a discussion, a made-up id. */
  readonly name: string;
  /** The display name, if it is another. */
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
 * The rooms, by id.
 *
 * @param withMore whether there are rooms of the kinds that the sandbox's own seed does without
 */
export function seedRooms(withMore = false): Map<string, Room> {
  const everybody = Object.fromEntries(crowd.map((id) => [id, member]));
  const rooms: Room[] = [
    room('ByehQjC44FwMeiLbX', 'invite-me', {
      [caller]: member,
      [irina]: owner,
      [maria]: member,
    }),
    room('Gx2ZrTq9uVnLpW5sM', 'release-notes', { [caller]: member, [irina]: owner }),
    room('Lo8NaOwnErTs4Kd7Q', 'my-own-room', { [caller]: owner, [maria]: member }),
    {
      ...room('Ar5ChiVedRm9Xy2Wz', 'old-project', { [caller]: member, [irina]: owner }),
      isArchived: true,
    },
    room('Hi7DdEnRoM3pQr8St', 'muted-room', { [caller]: hidden, [irina]: owner }),
    room('Pv4TeOfOtH6jKl9Mn', 'board-only', { [irina]: owner, [maria]: member }),
    {
      ...room('Di2ScUsSiN5bVc8Xz', 'side-talk', { [irina]: owner }),
      parent: 'Gx2ZrTq9uVnLpW5sM',
    },
    room('Al1HaNdSrOoMx5Yz2', 'all-hands', {
      [irina]: owner,
      [maria]: moderator,
      [caller]: member,
      ...everybody,
    }),
  ];
  return new Map([...rooms, ...(withMore ? moreRooms() : [])].map((one) => [one.id, one]));
}

/** A broadcast room, one with members of all sorts, a federated one, a team's main room, and a discussion. */
function moreRooms(): Room[] {
  return [
    {
      ...room('Br0AdCaStRm2Xy4Zw', 'announcements', { [caller]: member, [irina]: owner }),
      isBroadcast: true,
    },
    room('So1RtSoFmEmBeR3sX', 'all-sorts', {
      [offline.id]: member,
      [crowd[0] ?? '']: member,
      [deactivated.id]: member,
      [maria]: leader,
      [caller]: moderator,
      [irina]: owner,
      [crowd[1] ?? '']: banned,
    }),
    {
      ...room('Fe2DeRaTeDrM5Ty6U', 'federated', {
        [maria]: invited,
        [caller]: member,
        [irina]: owner,
      }),
      isFederated: true,
    },
    {
      ...room('Fe3InViTeDrM7Qw8E', 'federated-invitation', { [caller]: invited, [irina]: owner }),
      isFederated: true,
    },
    {
      ...room('Te4AmMaInRm9As1Df', 'the-team', {
        [caller]: member,
        [irina]: owner,
        [maria]: member,
      }),
      isTeamMain: true,
    },
    {
      ...room('Di5SpLaYnAmE2Gh3J', 'q7xKp2mWc9RtZs4Lb', { [irina]: owner, [maria]: member }),
      fname: 'Plans for the summer?',
      parent: 'ByehQjC44FwMeiLbX',
    },
  ];
}

function room(id: string, name: string, subscriptions: Record<string, Subscription>): Room {
  return { id, name, isArchived: false, subscriptions: new Map(Object.entries(subscriptions)) };
}

/** Whether somebody is a member of a room, and not only invited to it or banned from it. */
export function isMember(of: Room, userId: string): boolean {
  const subscription = of.subscriptions.get(userId);
  return subscription !== undefined && subscription.status === undefined;
}

/** A private room is seen by its members, a discussion by those of its parent too. */
export function canAccess(rooms: ReadonlyMap<string, Room>, of: Room, userId: string): boolean {
  if (isMember(of, userId)) return true;
  const parent = rooms.get(of.parent ?? '');
  return parent !== undefined && isMember(parent, userId);
}

/** Whether nobody else owns the room. */
export function isLastOwner(of: Room, userId: string): boolean {
  const owners = ownersOf(of);
  return owners.length === 1 && owners[0] === userId;
}

/** A room, as `groups.info` shows one. */
export function roomRow(of: Room) {
  const [first = ''] = ownersOf(of);
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

function ownersOf(of: Room): string[] {
  const owners = [...of.subscriptions].filter(([, { roles }]) => roles.includes('owner'));
  return owners.map(([id]) => id);
}

/** A subscription, as `subscriptions.get` and `subscriptions.getOne` show one. */
export function subscriptionRow(of: Room, userId: string, { roles, isOpen, status }: Subscription) {
  const { username, name } = users.get(userId) ?? {};
  return {
    _id: subscriptionId(of, userId),
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

/** A subscription, as a row of `rooms.membersOrderedByRole` bears it. */
export function memberSubscription(of: Room, userId: string, { roles, status }: Subscription) {
  return { _id: subscriptionId(of, userId), ts: subscribedAt, roles, ...(status && { status }) };
}

const subscribedAt = '2026-01-16T10:00:00.000Z';

function subscriptionId(of: Room, userId: string): string {
  return `${of.id}${userId}`;
}
