/** A person's name and e-mail address. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** A person who exists in all four vendors, with a different ID in each. */
export interface SharedPerson extends Person {
  readonly wethodId: number;
  readonly kaitenId: number;
  readonly aerospikeId: string;
  readonly rocketChatId: string;
}

/** The people that exist in all four vendors. Pavel Orlov is the caller in Rocket.Chat. */
export const sharedPeople: readonly SharedPerson[] = [
  {
    ...createPerson('Irina', 'Sokolova'),
    wethodId: 101,
    kaitenId: 501,
    aerospikeId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
    rocketChatId: 'aobEdbYhXfu5hkeqG',
  },
  {
    ...createPerson('Pavel', 'Orlov'),
    wethodId: 102,
    kaitenId: 502,
    aerospikeId: '2b8f3e6d-7c91-4a43-ae5b-8c4d3fa09b02',
    rocketChatId: 'rbAXPnMktTFbNpwtJ',
  },
  {
    ...createPerson('Maria', 'Lindholm'),
    wethodId: 103,
    kaitenId: 503,
    aerospikeId: '3c904f7e-8da2-4b54-bf6c-9d5e40b1ac03',
    rocketChatId: 'k3WpTzR8sLmYvQn6D',
  },
];

const firstNames = ['Aiko', 'Ben', 'Chiara', 'David', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines'];
const lastNames = ['Tanaka', 'Weber', 'Rossi', 'Novak', 'Petrova', 'Haddad', 'Lund', 'Moreau'];
const initials = 'ABCDEFGHIJKLMN';

/** Returns an invented person, always the same one for the same number from 0 to 1,007. */
export function inventPerson(number: number): Person {
  const first = firstNames[number % 9] ?? '';
  const last = lastNames[Math.floor(number / 9) % 8] ?? '';
  const initial = initials[Math.floor(number / 72) % 14] ?? '';
  const email = `${first}.${initial}.${last}@example.com`.toLowerCase();
  return { firstName: `${first} ${initial}.`, lastName: last, email };
}

function createPerson(firstName: string, lastName: string): Person {
  return { firstName, lastName, email: `${firstName}.${lastName}@example.com`.toLowerCase() };
}
