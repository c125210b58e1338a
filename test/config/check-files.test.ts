import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkVendorsOnline } from '../../src/cli/check-online.ts';
import { findFileProblems, findPathWarnings } from '../../src/config/check-files.ts';
import { ConfigError, parseConfig } from '../../src/config/index.ts';
import { createAerospikeSimulator } from '../../src/sandbox/aerospike.ts';
import { createKaitenSimulator } from '../../src/sandbox/kaiten.ts';
import { createRocketChatSimulator } from '../../src/sandbox/rocketchat.ts';
import { startSimulator } from '../../src/sandbox/simulator.ts';
import { createWethodSimulator } from '../../src/sandbox/wethod.ts';
import { createAuthority } from '../support/authority.ts';
import { startProcess } from '../support/process.ts';
import { type Responder, startVendor } from '../support/vendor.ts';

async function startFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  return {
    file: (name: string) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** What `--check` ends with, and what it prints. */
async function check(env: Record<string, string>, ...more: string[]) {
  await using process = startProcess('main.ts', env, ['--check', ...more]);
  return { code: await process.exited, output: process.output() };
}

/** What is wrong, as a start and `--check` find it. */
function problems(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env, findFileProblems);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const enough = { KAITEN_URL: 'http://127.0.0.1:9/api/latest' };

test('npm start -- --check exits with 0 for a valid configuration, opens no port and writes nothing', async () => {
  await using folder = await startFolder();
  const [audit, keys] = [folder.file('audit.jsonl'), folder.file('keys.json')];
  await writeFile(keys, JSON.stringify({ services: [{ name: 'a', keys: ['0'.repeat(64)] }] }));
  const env = { ...enough, AUDIT_LOG: audit, SERVICE_KEYS_FILE: keys };
  expect(await check(env)).toEqual({
    code: 0,
    output: 'membership-gateway: the configuration is valid\n',
  });
  expect(existsSync(audit)).toBe(false);
  await writeFile(audit, 'x\n');
  expect(problems(env)).toEqual([]);
  expect(await readFile(audit, 'utf8')).toBe('x\n');
});

test('--check reports every invalid variable and file in one line each, and exits with 1', async () => {
  await using folder = await startFolder();
  const [keys, documents] = [folder.file('keys.json'), folder.file('documents.json')];
  await writeFile(keys, 'c4n4ry');
  await writeFile(documents, JSON.stringify({ abc: '{ vendors { title } }' }));
  const { code, output } = await check({
    PORT: 'x',
    LOG_LEVEL: 'loud',
    SERVICE_KEYS_FILE: keys,
    TRUSTED_DOCUMENTS_FILE: documents,
    AUDIT_LOG: folder.file('nowhere/audit.jsonl'),
  });
  expect(code).toBe(1);
  const lines = output.trim().split('\n');
  expect(lines.map((line) => /^membership-gateway: ([A-Z_]+)/.exec(line)?.[1])).toEqual([
    'WETHOD_URL',
    'PORT',
    'LOG_LEVEL',
    'SERVICE_KEYS_FILE',
    'TRUSTED_DOCUMENTS_FILE',
    'AUDIT_LOG',
  ]);
  expect(output).not.toContain('c4n4ry');
});

test('reports a folder in place of the audit log', async () => {
  await using folder = await startFolder();
  expect(problems({ ...enough, AUDIT_LOG: folder.file('.') })).toEqual([
    expect.stringMatching(
      /^AUDIT_LOG: .* is a directory\. Set it to a file that can be written, or to - for standard output\.$/,
    ),
  ]);
});

test('reports certificate authorities that Node.js would skip', async () => {
  await using folder = await startFolder();
  const { ca, tls } = createAuthority();
  const file = folder.file('ca.pem');
  const told = async (text: string) => {
    await writeFile(file, text);
    return problems({ ...enough, NODE_EXTRA_CA_CERTS: file });
  };
  expect(await told(`An authority\n${ca}\n${tls.key}\n${ca}`)).toEqual([]);
  expect(await told(tls.key)).toEqual([
    `NODE_EXTRA_CA_CERTS: expected a PEM file of certificates; ${file} contains none.`,
  ]);
  expect(await told(ca + ca.replace('\nMII', '\nMIX'))).toEqual([
    `NODE_EXTRA_CA_CERTS: expected a PEM file of certificates; certificate 2 of ${file} is not readable.`,
  ]);
  await rm(file);
  expect(problems({ ...enough, NODE_EXTRA_CA_CERTS: file })).toEqual([
    expect.stringMatching(
      /^NODE_EXTRA_CA_CERTS: expected a PEM file of certificates; ENOENT: .*\.$/,
    ),
  ]);
});

const paths: readonly [variable: string, usual: readonly string[], unusual: readonly string[]][] = [
  [
    'WETHOD_URL',
    ['https://api.wethod.com', 'https://api.wethod.com/', 'https://proxy.example.com/wethod'],
    ['https://api.wethod.com/api', 'https://api.wethod.com/api/'],
  ],
  [
    'KAITEN_URL',
    [
      'https://acme.kaiten.ru/api/latest',
      'https://acme.kaiten.ru/api/v1/',
      'https://proxy.example.com/kaiten/api/v1',
    ],
    [
      'https://acme.kaiten.ru',
      'https://acme.kaiten.ru/api',
      'https://acme.kaiten.ru/api/v1/groups',
    ],
  ],
  [
    'AEROSPIKE_URL',
    ['https://api.aerospike.cloud/v2', 'https://api.aerospike.com/v1/'],
    [
      'https://api.aerospike.cloud',
      'https://api.aerospike.cloud/v22',
      'https://api.aerospike.cloud/v2/x',
    ],
  ],
  [
    'ROCKETCHAT_URL',
    ['https://chat.example.com', 'https://example.com/chat/'],
    [
      'https://chat.example.com/api/v1',
      'https://chat.example.com/chat/api/v1/',
      'https://chat.example.com/api',
    ],
  ],
];

test.each(paths)(
  'warns of an unusual path in %s, but of no usual one',
  (variable, usual, unusual) => {
    const warnings = (url: string) => findPathWarnings(parseConfig({ [variable]: url }));
    for (const url of usual) expect(warnings(url), url).toEqual([]);
    for (const url of unusual) {
      expect(warnings(url), url).toEqual([
        expect.stringMatching(
          new RegExp(`^${variable}: ${url}/? has an unusual path\\. .*https://`),
        ),
      ]);
    }
  },
);

test('a warning does not make a configuration invalid', async () => {
  const { code, output } = await check({ KAITEN_URL: 'http://127.0.0.1:9' });
  expect(code).toBe(0);
  expect(output).toMatch(/^membership-gateway: warning: KAITEN_URL: /m);
  expect(output).toMatch(/^membership-gateway: the configuration is valid$/m);
});

test('--check without --online calls no vendor', async () => {
  await using vendor = await startVendor({ status: 401 });
  expect((await check({ WETHOD_URL: vendor.url })).code).toBe(0);
  expect(vendor.calls).toHaveLength(0);
});

test('--check --online reports that each vendor itself refused a call without a credential', async () => {
  await using wethod = await startSimulator(createWethodSimulator());
  await using kaiten = await startSimulator(createKaitenSimulator());
  await using aerospike = await startSimulator(createAerospikeSimulator());
  await using rocketchat = await startSimulator(createRocketChatSimulator());
  const urls = {
    WETHOD_URL: wethod.url,
    KAITEN_URL: `${kaiten.url}/api/latest`,
    AEROSPIKE_URL: `${aerospike.url}/v2/`,
    ROCKETCHAT_URL: rocketchat.url,
  };
  const { code, output } = await check(urls, '--online');
  const seen = (variable: string, call: string, title: string) =>
    expect.stringMatching(
      `^membership-gateway: ${variable}: GET ${call}: 401 in ${title}'s error format, as expected without a credential \\(\\d+ ms\\)$`,
    );
  expect(output.trim().split('\n')).toEqual([
    'membership-gateway: the configuration is valid',
    seen('WETHOD_URL', `${wethod.url}/api/persons/me`, 'Wethod'),
    seen('KAITEN_URL', `${kaiten.url}/api/latest/users/current`, 'Kaiten'),
    seen('AEROSPIKE_URL', `${aerospike.url}/v2/organization`, 'Aerospike Cloud'),
    seen('ROCKETCHAT_URL', `${rocketchat.url}/api/v1/me`, 'Rocket.Chat'),
  ]);
  expect(code).toBe(0);
});

const html = { 'content-type': 'text/html' };
const plain = { 'content-type': 'text/plain' };

const answers: readonly [
  name: string,
  variable: string,
  answer: Responder,
  isExpected: boolean,
  saw: RegExp,
][] = [
  [
    'Kaiten’s text, not quoted',
    'KAITEN_URL',
    { status: 401, headers: plain, body: 'Unauthorized' },
    true,
    /401 in Kaiten's error format/,
  ],
  [
    'Rocket.Chat’s rate limit',
    'ROCKETCHAT_URL',
    { status: 429, body: '{"success":false,"error":"Error, too many requests."}' },
    true,
    /429 in Rocket.Chat's error format/,
  ],
  [
    'nginx’s 401',
    'KAITEN_URL',
    { status: 401, headers: html, body: '<html>' },
    false,
    /401, not in Kaiten's error format \(text\/html\)\. Check the URL's path/,
  ],
  [
    'a page without a type',
    'KAITEN_URL',
    { status: 401, body: ' <!doctype html>' },
    false,
    /401, not in Kaiten's error format \(no content type\)/,
  ],
  [
    'an empty 404: a wrong path',
    'KAITEN_URL',
    { status: 404 },
    false,
    /404, not in Kaiten's error format/,
  ],
  ['an empty 401', 'WETHOD_URL', { status: 401 }, false, /401, not in Wethod's error format/],
  [
    'a foreign JSON',
    'WETHOD_URL',
    { status: 401, body: '{"message":"Unauthorized"}' },
    false,
    /401, not in Wethod's error format/,
  ],
  [
    'a login page',
    'WETHOD_URL',
    { status: 200, headers: html, body: '<html>' },
    false,
    /200, not in Wethod's error format/,
  ],
  [
    'a redirect',
    'AEROSPIKE_URL',
    { status: 302, headers: { location: 'https://x.org' } },
    false,
    /302, not in Aerospike Cloud's error format/,
  ],
  [
    'a vendor that fails',
    'WETHOD_URL',
    { status: 503, body: '{"key":"x","message":"y"}' },
    false,
    /503 in Wethod's error format; expected 401/,
  ],
  [
    'a user without a credential',
    'KAITEN_URL',
    { status: 200, body: '{"id":1}' },
    false,
    /200, not in Kaiten's error format/,
  ],
  [
    'a closed connection',
    'ROCKETCHAT_URL',
    (response) => response.destroy(),
    false,
    /no response: \S/,
  ],
  ['no answer in time', 'ROCKETCHAT_URL', () => {}, false, /no response: \S/],
];

test.each(answers)(
  '--check --online reports %s',
  async (name, variable, answer, isExpected, saw) => {
    await using vendor = await startVendor(answer);
    // Only a vendor that never answers is waited for.
    const VENDOR_TIMEOUT_MS = name === 'no answer in time' ? '200' : '5000';
    const config = parseConfig({ [variable]: vendor.url, VENDOR_TIMEOUT_MS });
    const [sighting, ...more] = await checkVendorsOnline(config);
    expect(sighting).toMatchObject({ isExpected, line: expect.stringMatching(saw) });
    expect(more).toEqual([]);
    expect(vendor.calls).toHaveLength(1);
    const { method, headers } = vendor.calls[0] ?? {};
    expect(method).toBe('GET');
    expect(Object.keys(headers ?? {})).not.toContain('authorization');
  },
);

test('--check --online exits with 1 if a response is not the vendor’s own, and names the variable', async () => {
  await using vendor = await startVendor({ status: 404 });
  const { code, output } = await check({ KAITEN_URL: vendor.url }, '--online');
  expect(code).toBe(1);
  expect(output).toMatch(
    /^membership-gateway: KAITEN_URL: GET .*: 404, not in Kaiten's error format/m,
  );
});

test('--check --online calls no vendor with an invalid configuration', async () => {
  await using vendor = await startVendor({ status: 401 });
  const { code } = await check({ WETHOD_URL: vendor.url, PORT: 'x' }, '--online');
  expect(code).toBe(1);
  expect(vendor.calls).toHaveLength(0);
});
