import { accessSync, closeSync, constants, existsSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { assertKnownVersion } from './migrations.ts';

const magic = 'SQLite format 3\0';

/**
 * Checks whether this gateway can start on a file. It does not open it as a database, which would create it, or take it from
 * a gateway that runs. Returns what it found.
 *
 * @throws {Error} if the gateway cannot start on it
 */
export function checkFile(path: string): string {
  if (!existsSync(path)) {
    accessSync(findFolder(dirname(path)), constants.W_OK);
    return 'the gateway creates it when it starts';
  }
  accessSync(path, constants.R_OK | constants.W_OK);
  const version = readVersion(path);
  assertKnownVersion(version);
  return `schema version ${version}`;
}

/** Reads the schema version from the header of a database (https://www.sqlite.org/fileformat2.html#the_database_header). */
function readVersion(path: string): number {
  const header = Buffer.alloc(100);
  const descriptor = openSync(path, 'r');
  const length = readSync(descriptor, header);
  closeSync(descriptor);
  if (length === 0) return 0;
  if (header.toString('latin1', 0, magic.length) !== magic) {
    throw new Error('file is not a database');
  }
  return header.readUInt32BE(60);
}

/** Returns the folder, or the nearest one above it that exists. */
function findFolder(folder: string): string {
  return existsSync(folder) ? folder : findFolder(dirname(folder));
}
