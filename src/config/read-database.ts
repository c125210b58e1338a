import { readFileSync } from 'node:fs';
import type { DatabaseUrl, StateSettings } from '../state/settings.ts';
import { databaseUrlParser } from './database-url.ts';
import type { Environment } from './parsers.ts';
import { findSetName, type ReadVariable } from './read.ts';

/**
 * Reads the database from `DATABASE_URL`, or from the file that `DATABASE_URL_FILE` names.
 *
 * @param problems receives one line for each problem
 */
export function readDatabaseSettings(
  env: Environment,
  read: ReadVariable,
  problems: string[],
): Pick<StateSettings, 'database' | 'databaseVariable'> {
  const file = read('DATABASE_URL_FILE');
  const isSet = findSetName(env, 'DATABASE_URL') !== null;
  if (file === null) {
    return { database: read('DATABASE_URL'), databaseVariable: isSet ? 'DATABASE_URL' : null };
  }
  if (isSet) {
    problems.push(
      'DATABASE_URL_FILE: expected only one of DATABASE_URL and DATABASE_URL_FILE; received both. Unset one of them.',
    );
  }
  const database = readFile(file, problems) ?? { kind: 'off' };
  return { database, databaseVariable: 'DATABASE_URL_FILE' };
}

function readFile(file: string, problems: string[]): DatabaseUrl | undefined {
  try {
    const database = databaseUrlParser.parse(readFileSync(file, 'utf8').trim());
    if (database !== undefined) return database;
    problems.push(
      `DATABASE_URL_FILE: expected ${file} to contain ${databaseUrlParser.expects}; received something else.`,
    );
  } catch (error) {
    problems.push(
      `DATABASE_URL_FILE: expected a file that can be read; received ${(error as Error).message}.`,
    );
  }
  return undefined;
}
