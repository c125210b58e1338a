import { parseArgs } from 'node:util';

/** The kind of database that replicas keep their state in. */
export type DatabaseKind = 'file' | 'postgres';

/** The command line of a chaos run. */
export interface ChaosArguments {
  readonly databases: readonly DatabaseKind[];
  /** The number of faults over each database. */
  readonly kills: number;
  /** The longest time over each database, in minutes. */
  readonly minutes: number;
  readonly seed: number;
}

/**
 * Reads the command line.
 *
 * @throws {Error} with a line that names the option and what it expects
 */
export function parseArguments(argv: readonly string[]): ChaosArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      kills: { type: 'string', default: '1000' },
      minutes: { type: 'string', default: '30' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      database: { type: 'string', default: 'both' },
    },
  });
  return {
    databases: readDatabases(values.database),
    kills: readNumber('kills', values.kills),
    minutes: readNumber('minutes', values.minutes),
    seed: readNumber('seed', values.seed),
  };
}

function readDatabases(text: string): readonly DatabaseKind[] {
  if (text === 'both') return ['file', 'postgres'];
  if (text === 'file' || text === 'postgres') return [text];
  throw new Error(`--database: expected file, postgres or both; received ${JSON.stringify(text)}`);
}

function readNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${name}: expected a whole number; received ${JSON.stringify(text)}`);
}
