import { inventPerson, sharedPeople } from '../people.ts';
import type { SeedTable } from '../sandbox-vendor.ts';

/** The owner, who cannot be removed. */
export const owner = '0a6d1c4e-5b7f-4e21-8c39-6f2d1b8a7e00';

const fourth = '4da1508f-9eb3-4c65-8a7d-ae6f51c2bd04';

/** The organization, as `GET /organization` returns it. */
export const organization = {
  id: '7c1e5b0a-93d4-4f6e-8b27-d05a4c9e1f30',
  name: 'Acme',
  billingId: 'acme-eu-1',
  billingPlan: 'BILLING_PLAN_ENTERPRISE',
  salesforceAccountId: null,
  entitlements: [{ entitlementUrn: 'urn:aerospike:entitlements:clusters', quantity: 5, used: 2 }],
};

/** One owner and 129 administrators. */
export const seededMembers: readonly string[] = [
  owner,
  ...sharedPeople.map(({ aerospikeId }) => aerospikeId),
  fourth,
  ...Array.from({ length: 125 }, (_, index) => {
    const number = String(index + 5).padStart(3, '0');
    return `5eb2619a-afc4-4d76-8b8e-bf7062d3c${number}`;
  }),
];

/** Returns a member as a row of the list of members. */
export function toMemberRow(id: string) {
  const { firstName, lastName, email } =
    sharedPeople.find(({ aerospikeId }) => aerospikeId === id) ??
    inventPerson(seededMembers.indexOf(id));
  const role = id === owner ? 'OrgOwner' : 'OrgAdmin';
  return { id, firstName, lastName, email, createdAt: '2025-06-01T12:00:00Z', role };
}

/** Returns the seeded members that are of interest. */
export function createSeedTable(): SeedTable {
  return {
    title: 'Aerospike Cloud: members',
    columns: ['userId', 'Name'],
    rows: [
      [owner, 'the owner, who cannot be removed'],
      ...sharedPeople.map((one) => [one.aerospikeId, `${one.firstName} ${one.lastName}`]),
    ],
  };
}
