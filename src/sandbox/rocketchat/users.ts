import { inventPerson, sharedPeople } from '../people.ts';

/** A user of the workspace. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  /** False for a deactivated user, who is in no list of members. */
  readonly active?: boolean;
  readonly status?: 'online' | 'offline';
  readonly type?: 'user' | 'bot';
}

/** The ID of the caller. Every `rocketchat-user-id` other than the two below identifies the caller. */
export const caller = 'rbAXPnMktTFbNpwtJ';

/** The IDs of the owner of most rooms, and of a moderator. */
export const others = ['aobEdbYhXfu5hkeqG', 'k3WpTzR8sLmYvQn6D'];

const more: readonly User[] = Array.from({ length: 247 }, (_, index) => {
  const { firstName, lastName, email } = inventPerson(index);
  const id = `Us${String(index).padStart(3, '0')}ErOfAlLhAnDs`;
  return { id, username: toUsername(email), name: `${firstName} ${lastName}`, email };
});

/** Users without rooms in the seed: a deactivated user, an offline user, and the server's bot. */
export const [deactivated, offline, bot]: readonly [User, User, User] = [
  {
    id: 'De4CtIvAtEdUsErXx',
    username: 'gone.already',
    name: 'Gone Already',
    email: 'gone.already@example.com',
    active: false,
  },
  {
    id: 'Of5LiNeUsErXxYyZz',
    username: 'away.today',
    name: 'Away Today',
    email: 'away.today@example.com',
    status: 'offline',
  },
  { id: 'rocket.cat', username: 'rocket.cat', name: 'Rocket.Cat', email: '', type: 'bot' },
];

/** All users: three of the seed, 247 who are in one room only, and those without rooms. */
export const users: ReadonlyMap<string, User> = new Map(
  [
    ...sharedPeople.map(({ rocketChatId: id, firstName, lastName, email }) => ({
      id,
      username: toUsername(email),
      name: `${firstName} ${lastName}`,
      email,
    })),
    ...more,
    deactivated,
    offline,
    bot,
  ].map((user: User): [string, User] => [user.id, user]),
);

/** The IDs of the users who are in one room only. */
export const crowd: readonly string[] = more.map(({ id }) => id);

/** Returns the user that a call names by ID or, without one, by user name. */
export function findUser(userId: unknown, username: unknown): User | undefined {
  if (typeof userId === 'string') return users.get(userId);
  return [...users.values()].find((user) => user.username === username);
}

/** Returns a user as a row of the lists of members. */
export function toUserRow({ id, username, name, status = 'online' }: User) {
  return { _id: id, username, name, status, _updatedAt: '2026-09-01T08:30:00.000Z' };
}

function toUsername(email: string): string {
  return email.slice(0, email.indexOf('@'));
}
