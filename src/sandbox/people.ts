/** Somebody who exists in all four vendors, under another id in each. */
export interface Everywhere {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly wethodId: number;
  readonly kaitenId: number;
  readonly aerospikeId: string;
  readonly rocketChatId: string;
}

/** The people whom the seeds of all four vendors are about. Pavel Orlov is the caller in Rocket.Chat. */
export const everywhere: readonly Everywhere[] = [
  {
    ...named('Irina', 'Sokolova'),
    wethodId: 101,
    kaitenId: 501,
    aerospikeId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01',
    rocketChatId: 'aobEdbYhXfu5hkeqG',
  },
  {
    ...named('Pavel', 'Orlov'),
    wethodId: 102,
    kaitenId: 502,
    aerospikeId: '2b8f3e6d-7c91-4a43-ae5b-8c4d3fa09b02',
    rocketChatId: 'rbAXPnMktTFbNpwtJ',
  },
  {
    ...named('Maria', 'Lindholm'),
    wethodId: 103,
    kaitenId: 503,
    aerospikeId: '3c904f7e-8da2-4b54-bf6c-9d5e40b1ac03',
    rocketChatId: 'k3WpTzR8sLmYvQn6D',
  },
];

const firstNames = ['Aiko', 'Ben', 'Chiara', 'David', 'Elena', 'Farid', 'Greta', 'Hugo', 'Ines'];
const lastNames = ['Tanaka', 'Weber', 'Rossi', 'Novak', 'Petrova', 'Haddad', 'Lund', 'Moreau'];
const middles = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N'];

/** A made-up name and address, always the same one for the same number from 0 to 1,007. */
export function madeUp(number: number): Pick<Everywhere, 'firstName' | 'lastName' | 'email'> {
  const first = firstNames[number % 9] ?? '';
  const last = lastNames[Math.floor(number / 9) % 8] ?? '';
  const middle = middles[Math.floor(number / 72) % 14] ?? '';
  const email = `${first}.${middle}.${last}@example.com`.toLowerCase();
  return { firstName: `${first} ${middle}.`, lastName: last, email };
}

function named(firstName: string, lastName: string) {
  return { firstName, lastName, email: `${firstName}.${lastName}@example.com`.toLowerCase() };
}
