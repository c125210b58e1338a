/** The task of the process. */
export type Task = 'run' | 'check' | 'check-online' | 'migrate' | 'help';

const tasks: ReadonlyMap<string, Task> = new Map([
  ['--check', 'check'],
  ['--check --online', 'check-online'],
  ['--migrate', 'migrate'],
  ['--help', 'help'],
]);

/**
 * Parses the command line.
 *
 * @param args the arguments after the name of the program, in any order
 * @throws {Error} if they are unknown
 */
export function parseArguments(args: readonly string[]): Task {
  if (args.length === 0) return 'run';
  const task = tasks.get(args.toSorted().join(' '));
  if (task !== undefined) return task;
  const received = args.map((arg) => JSON.stringify(arg)).join(' ');
  throw new Error(
    `expected --check, --check --online, --migrate, --help or no arguments; received ${received}.`,
  );
}
