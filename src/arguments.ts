/** What the process is started for. */
export type Task = 'run' | 'check' | 'help';

const tasks: ReadonlyMap<string, Task> = new Map([
  ['--check', 'check'],
  ['--help', 'help'],
]);

/**
 * What a command line asks for.
 *
 * @param given what stands behind the name of the program
 * @throws {Error} where it is not known
 */
export function taskOf(given: readonly string[]): Task {
  const [first, second] = given;
  if (first === undefined) return 'run';
  const task = second === undefined ? tasks.get(first) : undefined;
  if (task !== undefined) return task;
  throw new Error(
    `got ${given.map((one) => JSON.stringify(one)).join(' ')}; takes --check, --help or nothing`,
  );
}
