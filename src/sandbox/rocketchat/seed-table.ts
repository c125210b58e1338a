import type { SeedTable } from '../sandbox-vendor.ts';
import { isLastOwner, type Room, seedRooms } from './rooms.ts';
import { caller } from './users.ts';

/** Returns the seeded rooms, and the caller's place in each. */
export function createSeedTable(): SeedTable {
  return {
    title: 'Rocket.Chat: private rooms',
    columns: ['groupId', 'Name', 'The caller'],
    rows: [...seedRooms().values()].map((room) => [room.id, room.name, describePlace(room)]),
  };
}

function describePlace(room: Room): string {
  const own = room.subscriptions.get(caller);
  if (own === undefined) return 'is not a member';
  if (isLastOwner(room, caller)) return 'is the last owner';
  if (room.isArchived) return 'is a member; archived';
  return own.isOpen ? 'is a member' : 'is a member, and has hidden it';
}
