import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../src/config/index.ts';
import { startProcess } from '../support/process.ts';

const enough = { KAITEN_URL: 'http://127.0.0.1:9/api/latest' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-'));
});
afterEach(() => rm(folder, { recursive: true }));

function write(text: string): string {
  const file = join(folder, 'url');
  writeFileSync(file, text);
  return file;
}

function findProblems(env: Record<string, string>): readonly string[] {
  try {
    parseConfig({ ...enough, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test.each(['postgres', 'postgresql'])('%s:// is a shared database', (scheme) => {
  const url = `${scheme}://u:p%23w@db.example.com:5433/app?sslmode=verify-full`;
  const { database, databaseVariable } = parseConfig({ ...enough, DATABASE_URL: url });
  expect(database).toEqual({
    kind: 'postgres',
    url,
    shown: 'postgres://db.example.com:5433/app',
  });
  expect(databaseVariable).toBe('DATABASE_URL');
});

test.each([
  'postgres://u:s3cret@db/app',
  'postgres://db/app?user=me@tenant',
  'file:/data/gateway.db',
  'off',
])('DATABASE_URL_FILE holds what DATABASE_URL may be: %s', (text) => {
  const { database } = parseConfig({ ...enough, DATABASE_URL_FILE: write(`${text}\n`) });
  expect(database).toEqual(parseConfig({ ...enough, DATABASE_URL: text }).database);
});

test.each([
  'postgres://u:s3cret#1@db/app',
  'postgres://u:s3cret/1@db/app',
  'postgres://u:1/s3cret@db/app',
  'postgres://u:1?s3cret@db/app',
  'postgres://u:1?s3=cret@db/app',
  'mysql://u:s3cret@db/app',
  's3cret',
])('a malformed URL is rejected and not shown: %s', (text) => {
  for (const env of [{ DATABASE_URL: text }, { DATABASE_URL_FILE: write(text) }]) {
    const problems = findProblems(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^DATABASE_URL(_FILE)?: expected .*postgres:\/\/USER:PASSWORD@/);
    expect(problems[0]).not.toContain('s3cret');
  }
});

test('both variables at the same time, or a file that is missing, are one problem each', () => {
  const both = { DATABASE_URL: 'off', DATABASE_URL_FILE: write('off') };
  expect(findProblems(both)).toEqual([
    'DATABASE_URL_FILE: expected only one of DATABASE_URL and DATABASE_URL_FILE; received both. Unset one of them.',
  ]);
  expect(findProblems({ DATABASE_URL_FILE: join(folder, 'none') })).toEqual([
    expect.stringMatching(/^DATABASE_URL_FILE: expected a file that can be read; received ENOENT/),
  ]);
});

test.each([
  ['that does not exist yet', null, 0, /the gateway creates it when it starts$/m],
  ['that is empty', '', 0, /: schema version 0$/m],
  ['that is no database', 'x'.repeat(200), 1, /cannot be used: file is not a database/],
  ['that is too new', createHeader(99), 1, /cannot be used: it has version 99/],
  ['of this gateway', createHeader(1), 0, /: schema version 1$/m],
])('--check checks a file %s and does not change it', async (_what, content, code, line) => {
  const file = join(folder, 'gateway.db');
  if (content !== null) writeFileSync(file, content, 'latin1');
  const env = { ...enough, DATABASE_URL: `file:${file}` };
  await using process = startProcess('main.ts', env, ['--check']);
  expect(await process.exited).toBe(code);
  expect(process.output()).toMatch(line);
});

function createHeader(version: number): string {
  const header = Buffer.alloc(100);
  header.write('SQLite format 3\0');
  header.writeUInt32BE(version, 60);
  return header.toString('latin1');
}
