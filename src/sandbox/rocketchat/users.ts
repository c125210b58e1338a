import { everywhere, madeUp } from '../people.ts';

/** A user of the workspace. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  /** False for one who is deactivated: such users are in no list of members. */
  readonly active?: boolean;
  readonly status?: 'online' | 'offline';
  readonly type?: 'user' | 'bot';
}

/** The caller, whom every `rocketchat-user-id` stands for that is not one of the two others. */
export const caller = 'rbAXPnMktTFbNpwtJ';

/** The owner of most rooms, and a moderator. */
export const others = ['aobEdbYhXfu5hkeqG', 'k3WpTzR8sLmYvQn6D'];

const more: readonly User[] = Array.from({ length: 247 }, (_, index) => {
  const { firstName, lastName, email } = madeUp(index);
  const id = `Us${String(index).padStart(3, '0')}ErOfAlLhAnDs`;
  return { id, username: nameOf(email), name: `${firstName} ${lastName}`, email };
});

/** Users who are in none of the seed's rooms: one who is deactivated, one who is offline, and the server's bot. */
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

/** Everybody: the three of the seed, 247 who are in one room only, and those who are in none. */
export const users: ReadonlyMap<string, User> = new Map(
  [
    ...everywhere.map(({ rocketChatId: id, firstName, lastName, email }) => ({
      id,
      username: nameOf(email),
      name: `${firstName} ${lastName}`,
      email,
    })),
    ...more,
    deactivated,
    offline,
    bot,
  ].map((user: User): [string, User] => [user.id, user]),
);

/** The ids of those who are in one room only. */
export const crowd: readonly string[] = more.map(({ id }) => id);

/** Whom a call names by id or, without one, by user name. */
export function findUser(userId: unknown, username: unknown): User | undefined {
  if (typeof userId === 'string') return users.get(userId);
  return [...users.values()].find((user) => user.username === username);
}

/** A user, as the lists of members show one. */
export function memberRow({ id, username, name, status = 'online' }: User) {
  return { _id: id, username, name, status, _updatedAt: '2026-09-01T08:30:00.000Z' };
}

function nameOf(email: string): string {
  return email.slice(0, email.indexOf('@'));
}
