import type { Room, Subscription } from './rooms.ts';
import { caller, crowd, deactivated, offline, others } from './users.ts';

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
