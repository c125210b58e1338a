import { caller, crowd, others, users } from './users.ts';

/** Somebody's place in a room. */
export interface Subscription {
  readonly roles: readonly string[];
  /** False for a room that its member hid. */
  readonly isOpen: boolean;
}

/** A private room. */
export interface Room {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  /** The room that a discussion belongs to. */
  readonly parent?: string;
  readonly subscriptions: Map<string, Subscription>;
}

const member: Subscription = { roles: [], isOpen: true };
const owner: Subscription = { roles: ['owner'], isOpen: true };
const moderator: Subscription = { roles: ['moderator'], isOpen: true };
const hidden: Subscription = { roles: [], isOpen: false };
const [irina = '', maria = ''] = others;

/** The rooms, by id. */
export function seedRooms(): Map<string, Room> {
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
  return new Map(rooms.map((one) => [one.id, one]));
}

function room(id: string, name: string, subscriptions: Record<string, Subscription>): Room {
  return { id, name, isArchived: false, subscriptions: new Map(Object.entries(subscriptions)) };
}

/** A private room is seen by its members, a discussion by those of its parent too. */
export function canAccess(rooms: ReadonlyMap<string, Room>, of: Room, userId: string): boolean {
  if (of.subscriptions.has(userId)) return true;
  return of.parent !== undefined && rooms.get(of.parent)?.subscriptions.has(userId) === true;
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
    fname: of.name,
    t: 'p',
    msgs: 12,
    usersCount: of.subscriptions.size,
    u: { _id: first, username: users.get(first)?.username },
    customFields: {},
    broadcast: false,
    encrypted: false,
    ts: '2026-01-15T09:00:00.000Z',
    ro: false,
    default: false,
    sysMes: true,
    _updatedAt: '2026-09-01T08:30:00.000Z',
    ...(of.isArchived && { archived: true }),
    ...(of.parent !== undefined && { prid: of.parent }),
  };
}

function ownersOf(of: Room): string[] {
  const owners = [...of.subscriptions].filter(([, { roles }]) => roles.includes('owner'));
  return owners.map(([id]) => id);
}
