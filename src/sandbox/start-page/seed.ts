import { sharedPeople } from '../people.ts';
import { caller } from '../rocketchat/users.ts';
import type { SeedTable } from '../sandbox-vendor.ts';
import { sandboxVendors } from '../vendors.ts';

/** Returns the seeded objects of each vendor, with the IDs that the API accepts. */
export function listSeedTables(): readonly SeedTable[] {
  const people: SeedTable = {
    title: 'People in all four',
    columns: ['E-mail', 'Wethod', 'Kaiten', 'Aerospike Cloud', 'Rocket.Chat'],
    rows: sharedPeople.map((one) => [
      one.rocketChatId === caller ? `${one.email} (the caller)` : one.email,
      String(one.wethodId),
      String(one.kaitenId),
      one.aerospikeId,
      one.rocketChatId,
    ]),
  };
  return [people, ...sandboxVendors.map((vendor) => vendor.createSeedTable())];
}
