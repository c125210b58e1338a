import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Redactor } from '../../src/vendors/core/redactor.ts';
import { sanitizeText } from '../../src/vendors/core/reply.ts';
import { changePerVendor, changes } from '../support/changes.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { json, once } from '../support/table.ts';
import { startVendor } from '../support/vendor.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (text: string) => Buffer.from(text).toString('base64url');
const hex = (text: string) => Buffer.from(text).toString('hex');
const each = (text: string, spell: (code: number) => string) =>
  [...text].map((character) => spell(character.charCodeAt(0))).join('');
const digits = (code: number, length: number) => code.toString(16).padStart(length, '0');

/** How a vendor may spell a credential, and the form in which its beginning would be readable. */
const encodings: Readonly<Record<string, (token: string) => string>> = {
  'in base64': base64,
  'in base64 with its scheme': (token) => base64(`Bearer ${token}`),
  'in base64 behind a name': (token) => base64(`user:${token}`),
  'in base64 behind a longer name': (token) => base64(`users:${token}`),
  'in base64 within JSON': (token) => base64(JSON.stringify({ token, at: 1 })),
  'in base64url': base64url,
  'in base64url behind a name': (token) => base64url(`user:${token}`),
  'in hex': hex,
  'in hex in capitals': (token) => hex(token).toUpperCase(),
  'percent-encoded': (token) => each(token, (code) => `%${digits(code, 2)}`),
  'percent-encoded in capitals': (token) =>
    each(token, (code) => `%${digits(code, 2).toUpperCase()}`),
  'percent-encoded in part': (token) => token.replace('t', '%74'),
  'in base64, percent-encoded': (token) => encodeURIComponent(base64(`u:${token}`)),
  'percent-encoded twice': (token) => each(token, (code) => `%25${digits(code, 2)}`),
  'percent-encoded three times': (token) => each(token, (code) => `%2525${digits(code, 2)}`),
  'with escapes of JSON': (token) => each(token, (code) => `\\u${digits(code, 4)}`),
  'with escapes of JSON twice': (token) => each(token, (code) => `\\\\u${digits(code, 4)}`),
  'with escapes of JavaScript': (token) => each(token, (code) => `\\x${digits(code, 2)}`),
  'with one escape of JSON': (token) => token.replace('e', '\\u0065'),
  'with backslashes': (token) => token.replaceAll('/', '\\/').replace('-', '\\-'),
  'in decimal entities': (token) => each(token, (code) => `&#${code};`),
  'in hexadecimal entities': (token) => each(token, (code) => `&#x${digits(code, 2)};`),
  'escaped, with hidden characters between': (token) => [...token].join('%E2%80%8B'),
};

describe.each(changePerVendor)('$name', (change) => {
  // All vendors' texts go through the same redactor: one vendor gets every spelling, the others a few.
  const spellings = Object.entries(encodings);
  const some = change.vendor === 'WETHOD' ? spellings : spellings.slice(0, 4);
  const own = Object.values(credentials)
    .map((value) => value.replace('Bearer ', ''))
    .find((value) => value.startsWith(change.vendor.toLowerCase()));

  test.each(some)(
    'replaces a credential that the vendor repeats %s, in texts, codes, issues and its request id',
    async (_name, spell) => {
      const spelt = spell(own ?? '');
      const text = `Token ${spelt} is bad`;
      const failures = [{ field: spelt, message: text }];
      const context = { violations: failures };
      const body = { message: text, error: text, key: spelt, code: spelt, errorType: spelt };
      const folder = await mkdtemp(join(tmpdir(), 'audit-'));
      const AUDIT_LOG = join(folder, 'audit.jsonl');
      const answer = json(400, { ...body, failures, context }, { 'x-request-id': spelt });
      await using vendor = await startVendor(answer);
      await using gateway = testGateway({ [change.urlVariable]: vendor.url, ...once, AUDIT_LOG });
      const result = await change.make(gateway);
      const record = await readFile(AUDIT_LOG, 'utf8');
      await rm(folder, { recursive: true });
      const shown = JSON.stringify(result) + gateway.logged() + record;
      // As it would stand in JSON.
      expect(shown).not.toContain(JSON.stringify(spelt).slice(1, -1));
      expect(shown).not.toContain(own);
      expect(result.vendorMessage ?? '[credential]').toContain('[credential]');
      expect(result.vendorRequestId).toBeNull();
    },
  );
});

test.each(Object.entries(encodings))(
  'replaces a credential that a success repeats %s',
  async (_name, spell) => {
    const spelt = spell('kaiten-token-1');
    const avatar = `https://kaiten.example/${spelt}.png`;
    const body = { id: 501, full_name: spelt, avatar_uploaded_url: avatar };
    await using vendor = await startVendor(json(200, body));
    await using gateway = testGateway({ KAITEN_URL: vendor.url });
    const { user } = await changes.removeGroupUser.make(gateway);
    expect(JSON.stringify(user)).not.toContain(JSON.stringify(spelt).slice(1, -1));
    expect(user).toMatchObject({ fullName: expect.stringContaining('[credential]') });
  },
);

test.each(['0d9c3c1e-53a4-4f0e-8a43-6d8f1b6f0c55', 'a'.repeat(128), 'Req.1_2-3'])(
  'shows the vendor’s request id %s',
  async (id) => {
    await using vendor = await startVendor(json(403, { key: 'k' }, { 'x-request-id': id }));
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    expect(await changes.detachStreamLeader.make(gateway)).toMatchObject({ vendorRequestId: id });
  },
);

test.each(['a'.repeat(129), 'a b', 'a/b', 'id=1', '<b>', 'a:b'])(
  'shows no malformed request id: %s',
  async (id) => {
    await using vendor = await startVendor(json(403, { key: 'k' }, { 'x-request-id': id }));
    await using gateway = testGateway({ WETHOD_URL: vendor.url });
    expect(await changes.detachStreamLeader.make(gateway)).toMatchObject({ vendorRequestId: null });
  },
);

describe('the first truncation of a long text', () => {
  const token = 'canary-token-of-a-service-0123456789';
  const redactor = new Redactor([token], []);

  test.each(Object.entries(encodings))('leaves no part of a credential %s', (_name, spell) => {
    const spelt = spell(token);
    // The step has no factor in common with the length of an escape: each letter of escapes is cut at some time.
    const step = spelt.length > 100 ? 11 : 1;
    for (let shown = 1; shown <= spelt.length; shown += step) {
      for (const end of [10_000, 10_000 + redactor.reach]) {
        const raw = '\u200b'.repeat(end - shown) + spelt;
        expect(sanitizeText(raw, 500, redactor) ?? '[credential]').toContain('[credential]');
      }
    }
  });

  test('keeps the beginning of a text without credentials', () => {
    const text = 'x'.repeat(20_000);
    expect(sanitizeText(text, 500, redactor)).toBe('x'.repeat(500));
  });
});

describe('a credential of a few characters', () => {
  const lineOf = async (token: string) => {
    await using vendor = await startVendor({ status: 503 });
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url, ...once });
    const headers = { ...credentials, 'aerospike-authorization': `Bearer ${token}` };
    await changes.removeOrgMember.make(gateway, headers);
    return gateway.lines('attempt failed')[0];
  };

  test.each(['e', 'or', 'mem'])('%s is left in the path of a log line', async (token) => {
    expect(await lineOf(token)).toMatchObject({
      path: expect.stringMatching(/^\/organization\/members\/[0-9a-f-]{36}$/),
    });
  });

  test('is replaced from four characters on', async () => {
    expect(await lineOf('memb')).toMatchObject({
      path: expect.stringMatching(/^\/organization\/\[credential\]ers\//),
    });
  });
});

test('decodes a text at most three times, which limits the work', () => {
  const redactor = new Redactor(['canary-token'], []);
  const escaped = (times: number) =>
    each('canary-token', (code) => `%${'25'.repeat(times - 1)}${digits(code, 2)}`);
  expect(redactor.redactText(escaped(3))).toBe('[credential]');
  expect(redactor.redactText(escaped(4))).toBe(escaped(4));
});

test('finds a token in base64 wherever it begins, and whatever is around it', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9._~+/-]{8,60}$/);
  const bytes = fc.uint8Array({ maxLength: 12 });
  fc.assert(
    fc.property(token, bytes, bytes, fc.constantFrom('base64', 'base64url'), (one, a, b, form) => {
      const all = Buffer.concat([a, Buffer.from(one), b]).toString(form as BufferEncoding);
      const redactor = new Redactor([one], []);
      expect(redactor.redactValue(all)).toContain('[credential]');
      expect(redactor.redactText(`(${all})`)).toContain('[credential]');
    }),
  );
});
