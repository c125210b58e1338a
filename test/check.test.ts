import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileProblems } from '../src/check.ts';
import { ConfigError, parseConfig } from '../src/config.ts';
import { createAuthority } from './support/authority.ts';
import { startProcess } from './support/process.ts';

async function startFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  return {
    file: (name: string) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** What `--check` ends with, and what it prints. */
async function check(env: Record<string, string>) {
  await using process = startProcess('main.ts', env, ['--check']);
  return { code: await process.exited, output: process.output() };
}

/** What is wrong, as a start and `--check` find it. */
function problems(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env, fileProblems);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const enough = { KAITEN_URL: 'http://127.0.0.1:9' };

test('npm start -- --check ends with 0 where all is good, opens no port and writes nothing', async () => {
  await using folder = await startFolder();
  const [audit, keys] = [folder.file('audit.jsonl'), folder.file('keys.json')];
  await writeFile(keys, JSON.stringify({ services: [{ name: 'a', keys: ['0'.repeat(64)] }] }));
  const env = { ...enough, AUDIT_FILE: audit, SERVICE_KEYS_FILE: keys };
  expect(await check(env)).toEqual({
    code: 0,
    output: 'membership-gateway: the configuration is good\n',
  });
  expect(existsSync(audit)).toBe(false);
  await writeFile(audit, 'x\n');
  expect(problems(env)).toEqual([]);
  expect(await readFile(audit, 'utf8')).toBe('x\n');
});

test('it tells everything that is wrong at once, variables and files, each in one line, and ends with 1', async () => {
  await using folder = await startFolder();
  const [keys, documents] = [folder.file('keys.json'), folder.file('documents.json')];
  await writeFile(keys, 'c4n4ry');
  await writeFile(documents, JSON.stringify({ abc: '{ vendors { title } }' }));
  const { code, output } = await check({
    PORT: 'x',
    LOG_LEVEL: 'loud',
    SERVICE_KEYS_FILE: keys,
    TRUSTED_DOCUMENTS_FILE: documents,
    AUDIT_FILE: folder.file('nowhere/audit.jsonl'),
  });
  expect(code).toBe(1);
  const lines = output.trim().split('\n');
  expect(lines.map((line) => /^membership-gateway: ([A-Z_]+)/.exec(line)?.[1])).toEqual([
    'WETHOD_URL',
    'PORT',
    'LOG_LEVEL',
    'SERVICE_KEYS_FILE',
    'TRUSTED_DOCUMENTS_FILE',
    'AUDIT_FILE',
  ]);
  expect(output).not.toContain('c4n4ry');
});

test('a folder in place of the audit file is told of', async () => {
  await using folder = await startFolder();
  expect(problems({ ...enough, AUDIT_FILE: folder.file('.') })).toEqual([
    expect.stringMatching(
      /^AUDIT_FILE: .* is a directory; takes a file that can be written, or -$/,
    ),
  ]);
});

test('a file of certificate authorities that Node.js would leave out, or a part of it, is told of', async () => {
  await using folder = await startFolder();
  const { ca, tls } = createAuthority();
  const file = folder.file('ca.pem');
  const told = async (text: string) => {
    await writeFile(file, text);
    return problems({ ...enough, NODE_EXTRA_CA_CERTS: file });
  };
  expect(await told(`An authority\n${ca}\n${tls.key}\n${ca}`)).toEqual([]);
  expect(await told(tls.key)).toEqual([
    `NODE_EXTRA_CA_CERTS: ${file} holds no certificate; takes a file of certificates in PEM`,
  ]);
  expect(await told(ca + ca.replace('\nMII', '\nMIX'))).toEqual([
    `NODE_EXTRA_CA_CERTS: ${file}: its certificate 2 cannot be read; takes a file of certificates in PEM`,
  ]);
  await rm(file);
  expect(problems({ ...enough, NODE_EXTRA_CA_CERTS: file })).toEqual([
    expect.stringMatching(/^NODE_EXTRA_CA_CERTS: ENOENT: .*; takes a file of certificates in PEM$/),
  ]);
});
