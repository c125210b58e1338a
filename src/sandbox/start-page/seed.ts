import { owner } from '../aerospike/seed.ts';
import { seedGroups } from '../kaiten/seed.ts';
import { everywhere } from '../people.ts';
import { isLastOwner, type Room, seedRooms } from '../rocketchat/rooms.ts';
import { caller } from '../rocketchat/users.ts';
import { type LeaderLink, seedLeaders, streams } from '../wethod/seed.ts';

/** Some things of the seed that are worth a try. */
export interface SeedTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const shownStreams = 4;

/** What there is in the vendors after each start and each reset, with the ids that the API takes. */
export function seedTables(): readonly SeedTable[] {
  const leaders = seedLeaders();
  return [
    {
      title: 'People in all four',
      columns: ['E-mail', 'Wethod', 'Kaiten', 'Aerospike Cloud', 'Rocket.Chat'],
      rows: everywhere.map((one) => [
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
          leadersOf(leaders, id),
        ]),
    },
    {
      title: 'Kaiten: groups',
      columns: ['groupUid', 'Name', 'userId'],
      rows: seedGroups().map(({ uid, name, users }) => [uid, name, some([...users])]),
    },
    {
      title: 'Aerospike Cloud: members',
      columns: ['userId', 'Who'],
      rows: [
        [owner, 'the owner, who cannot be removed'],
        ...everywhere.map((one) => [one.aerospikeId, `${one.firstName} ${one.lastName}`]),
      ],
    },
    {
      title: 'Rocket.Chat: private rooms',
      columns: ['groupId', 'Name', 'The caller'],
      rows: [...seedRooms().values()].map((room) => [room.id, room.name, placeIn(room)]),
    },
  ];
}

function leadersOf(leaders: readonly LeaderLink[], stream: number): string {
  const ids = leaders.filter((link) => link.stream_id === stream).map((link) => link.leader_id);
  return ids.length === 0 ? 'none' : some(ids);
}

function some(ids: readonly number[]): string {
  if (ids.length <= 5) return ids.join(', ');
  return `${ids.length.toLocaleString('en')}, from ${Math.min(...ids)} to ${Math.max(...ids)}`;
}

function placeIn(room: Room): string {
  const own = room.subscriptions.get(caller);
  if (own === undefined) return 'is not in it';
  if (isLastOwner(room, caller)) return 'is its last owner';
  if (room.isArchived) return 'is in it; archived';
  return own.isOpen ? 'is in it' : 'is in it, and hid it';
}
