import { inventPerson, sharedPeople } from '../people.ts';
import { formatIds, type SeedTable } from '../sandbox-vendor.ts';

/** A group, with the IDs of its users. */
export interface Group {
  readonly id: number;
  readonly uid: string;
  readonly name: string;
  readonly users: Set<number>;
}

/** The ID of a deactivated user, who is in no group. */
export const deactivated = 1501;

/** The ID of a temporarily inactive user, who is still in a group. */
export const suspended = 1502;

const active: readonly number[] = Array.from({ length: 1_000 }, (_, index) => 501 + index);

/** The IDs of all users, 501 to 1502. The last two are not active. */
export const userIds: readonly number[] = [...active, deactivated, suspended];

/** Creates the groups Engineering, Support, and All hands, which has the 1,000 active users. */
export function seedGroups(): Group[] {
  return [
    {
      id: 11,
      uid: '5f0c7a9e-2b41-4d8e-9c53-7a1e6f3b2d10',
      name: 'Engineering',
      users: new Set([501, 502, 503, 504]),
    },
    {
      id: 12,
      uid: 'c81d3e64-90af-4b7c-8e25-1f6a0d94b7e3',
      name: 'Support',
      users: new Set([503, 505, suspended]),
    },
    {
      id: 13,
      uid: '1d9b7c52-3f64-4a8e-b0d7-5e2c8f6a9b41',
      name: 'All hands',
      users: new Set(active),
    },
  ];
}

const known: ReadonlyMap<number, readonly [name: string, email: string]> = new Map([
  ...sharedPeople.map(
    ({ kaitenId, firstName, lastName, email }) =>
      [kaitenId, [`${firstName} ${lastName}`, email]] as const,
  ),
  [504, ['Tomás Rivera', 'tomas.rivera@example.com']],
  [505, ['Aiko Tanaka', 'aiko.tanaka@example.com']],
  [deactivated, ['Lena Fischer', 'lena.fischer@example.com']],
  [suspended, ['Omar Haddad', 'omar.haddad@example.com']],
]);

const themes = ['auto', 'dark', 'light'];

function inventUser(id: number): readonly [name: string, email: string] {
  const { firstName, lastName, email } = inventPerson(id - 506);
  return [`${firstName} ${lastName}`, email];
}

/** Returns a user as a row of the groups' endpoints. */
export function toUserRow(id: number) {
  const [name, email] = known.get(id) ?? inventUser(id);
  return {
    id,
    full_name: name,
    email,
    username: email.slice(0, email.indexOf('@')),
    avatar_initials_url: `https://example.com/avatars/${id}.png`,
    avatar_uploaded_url: null,
    initials: name.replaceAll(/[^A-Z]/g, ''),
    avatar_type: 2,
    lng: 'en',
    timezone: 'Europe/Berlin',
    theme: themes[(id - 501) % 3],
    updated: '2026-09-01T08:30:00.000Z',
    created: '2025-02-11T09:15:27.412Z',
    activated: true,
    ui_version: 2,
    virtual: false,
    email_blocked: null,
    email_blocked_reason: null,
    delete_requested_at: null,
  };
}

/** Returns a group as a row of the company's endpoints. */
export function toGroupRow({ id, uid, name }: Group) {
  return {
    id,
    uid,
    name,
    permissions: 0,
    add_to_cards_and_spaces_enabled: true,
    created: '2025-02-11T09:15:27.412Z',
    updated: '2026-09-01T08:30:00.000Z',
  };
}

/** Returns a group as the members section includes it in the row of a user. */
export function toMembershipRow(group: Group, userId: number) {
  return { ...toGroupRow(group), company_id: 1, spaces: [], user_id: userId, group_id: group.id };
}

/** Returns the seeded groups with the IDs of their users. */
export function createSeedTable(): SeedTable {
  return {
    title: 'Kaiten: groups',
    columns: ['groupUid', 'Name', 'userId'],
    rows: seedGroups().map(({ uid, name, users }) => [uid, name, formatIds([...users])]),
  };
}
