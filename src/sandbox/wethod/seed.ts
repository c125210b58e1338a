import { inventPerson, sharedPeople } from '../people.ts';
import { formatIds, type SeedTable } from '../sandbox-vendor.ts';

/** A stream, as a row of the vendor's list without links. */
export interface StreamRow {
  readonly id: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly name: string;
  readonly is_default: boolean;
  readonly archived_at: string | null;
}

/** A link between a leader and a stream. A deleted link stays, with the time of its deletion. */
export interface LeaderLink {
  readonly id: number;
  readonly created_at: string;
  updated_at: string;
  readonly stream_id: number;
  readonly leader_id: number;
  deleted_at: string | null;
}

const made = '2026-04-24T10:03:54.905Z';

const names = [
  'Consulting',
  'Design',
  'Legacy',
  'Research',
  'Marketing',
  'Sales',
  'Engineering',
  'Quality',
  'Support',
  'Finance',
  'Legal',
  'People',
  'Data',
  'Security',
  'Mobile',
  'Platform',
  'Training',
  'Events',
  'Partnerships',
  'Procurement',
  'Retail',
  'Public sector',
  'Health',
  'Print',
];

const archived = new Set(['Legacy', 'Print']);

/** Twenty-four streams: 3 Legacy and 24 Print are archived. */
export const streams: readonly StreamRow[] = names.map((name, index) => ({
  id: index + 1,
  created_at: made,
  updated_at: made,
  name,
  is_default: index === 0,
  archived_at: archived.has(name) ? '2026-06-30T18:00:00.000Z' : null,
}));

/** Persons 101 to 350. */
export const persons = Array.from({ length: 250 }, (_, index) => {
  const id = 101 + index;
  const { firstName, lastName, email } =
    sharedPeople.find(({ wethodId }) => wethodId === id) ?? inventPerson(id);
  return {
    id,
    created_at: made,
    updated_at: made,
    email,
    name: firstName,
    surname: lastName,
    role_id: 2,
    role: 'Employee',
    is_archived: false,
    is_visible_in_people_allocation: true,
    has_timesheet_required: true,
    level_id: null,
    stream_id: null,
    price_list_id: null,
    job_title_id: null,
    allocation_manager_id: null,
    capacity_id: 1,
    location_id: null,
  };
});

const firstLeaders: readonly (readonly [stream: number, person: number])[] = [
  [1, 101],
  [1, 102],
  [1, 103],
  [2, 104],
  [3, 105],
  [7, 101],
];

/** Creates the 50 links of leaders. */
export function seedLeaders(): LeaderLink[] {
  const more = Array.from(
    { length: 44 },
    (_, index) => [5 + (index % 20), 127 + 5 * index] as const,
  );
  return [...firstLeaders, ...more].map(([stream, person], index) =>
    createLeaderLink(index + 1, stream, person, made),
  );
}

/** Creates a link. */
export function createLeaderLink(
  id: number,
  stream_id: number,
  leader_id: number,
  now: string,
): LeaderLink {
  return { id, created_at: now, updated_at: now, stream_id, leader_id, deleted_at: null };
}

/** The members of the streams: three persons in each stream except Research. */
export const members = streams
  .filter(({ name }) => name !== 'Research')
  .flatMap(({ id }) => [0, 1, 2].map((index) => ({ stream: id, index })))
  .map(({ stream, index }, number) => ({
    id: 5001 + number,
    created_at: made,
    updated_at: made,
    stream_id: stream,
    member_id: 110 + ((stream * 3 + index) % 240),
    starts_at: '2026-01-01',
    ends_at: index === 2 ? '2026-12-31' : null,
  }));

const shownStreams = 4;

/** Returns the first seeded streams with the IDs of their leaders. */
export function createSeedTable(): SeedTable {
  const leaders = seedLeaders();
  const listLeaders = (stream: number) => {
    const ids = leaders.filter((link) => link.stream_id === stream).map((link) => link.leader_id);
    return ids.length === 0 ? 'none' : formatIds(ids);
  };
  return {
    title: 'Wethod: streams',
    columns: ['streamId', 'Name', 'leaderId'],
    rows: streams
      .slice(0, shownStreams)
      .map(({ id, name, archived_at }) => [
        String(id),
        archived_at === null ? name : `${name}, archived`,
        listLeaders(id),
      ]),
  };
}
