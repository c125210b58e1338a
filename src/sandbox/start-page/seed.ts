import { owner } from '../aerospike/seed.ts';
import { seedGroups } from '../kaiten/seed.ts';
import { sharedPeople } from '../people.ts';
import { isLastOwner, type Room } from '../rocketchat/rooms.ts';
import { seedRooms } from '../rocketchat/seed-rooms.ts';
import { caller } from '../rocketchat/users.ts';
import { type LeaderLink, seedLeaders, streams } from '../wethod/seed.ts';

/** A table of seeded objects to try. */
export interface SeedTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const shownStreams = 4;

/** Returns the seeded objects of each vendor, with the IDs that the API accepts. */
export function listSeedTables(): readonly SeedTable[] {
  const leaders = seedLeaders();
  return [
    {
      title: 'People in all four',
      columns: ['E-mail', 'Wethod', 'Kaiten', 'Aerospike Cloud', 'Rocket.Chat'],
      rows: sharedPeople.map((one) => [
        one.rocketChatId === caller ? `${one.email} (the caller)` : one.email,
        String(one.wethodId),
        String(one.kaitenId),
        one.aerospikeId,
        one.rocketChatId,
      ]),
    },
    {
      title: 'Wethod: streams',
      columns: ['streamId', 'Name', 'leaderId'],
      rows: streams
        .slice(0, shownStreams)
        .map(({ id, name, archived_at }) => [
          String(id),
          archived_at === null ? name : `${name}, archived`,
          listLeaders(leaders, id),
        ]),
    },
    {
      title: 'Kaiten: groups',
      columns: ['groupUid', 'Name', 'userId'],
      rows: seedGroups().map(({ uid, name, users }) => [uid, name, formatIds([...users])]),
    },
    {
      title: 'Aerospike Cloud: members',
      columns: ['userId', 'Name'],
      rows: [
        [owner, 'the owner, who cannot be removed'],
        ...sharedPeople.map((one) => [one.aerospikeId, `${one.firstName} ${one.lastName}`]),
      ],
    },
    {
      title: 'Rocket.Chat: private rooms',
      columns: ['groupId', 'Name', 'The caller'],
      rows: [...seedRooms().values()].map((room) => [room.id, room.name, describePlace(room)]),
    },
  ];
}

function listLeaders(leaders: readonly LeaderLink[], stream: number): string {
  const ids = leaders.filter((link) => link.stream_id === stream).map((link) => link.leader_id);
  return ids.length === 0 ? 'none' : formatIds(ids);
}

function formatIds(ids: readonly number[]): string {
  if (ids.length <= 5) return ids.join(', ');
  return `${ids.length.toLocaleString('en')}, from ${Math.min(...ids)} to ${Math.max(...ids)}`;
}

function describePlace(room: Room): string {
  const own = room.subscriptions.get(caller);
  if (own === undefined) return 'is not a member';
  if (isLastOwner(room, caller)) return 'is the last owner';
  if (room.isArchived) return 'is a member; archived';
  return own.isOpen ? 'is a member' : 'is a member, and has hidden it';
}
