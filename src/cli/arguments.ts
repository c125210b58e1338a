/** What the process is started for. */
export type Task = 'run' | 'check' | 'check-online' | 'help';

const tasks: ReadonlyMap<string, Task> = new Map([
  ['--check', 'check'],
  ['--check --online', 'check-online'],
  ['--help', 'help'],
]);

/**
 * Parses a command line.
 *
 * @param given the arguments behind the name of the program, in any order
 * @throws {Error} if they are unknown
 */
export function parseArguments(given: readonly string[]): Task {
  if (given.length === 0) return 'run';
  const task = tasks.get(given.toSorted().join(' '));
  if (task !== undefined) return task;
  const got = given.map((one) => JSON.stringify(one)).join(' ');
  throw new Error(`got ${got}; takes --check, --check --online, --help or nothing`);
}
