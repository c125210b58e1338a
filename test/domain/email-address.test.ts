import { describe, expect, test } from 'vitest';
import {
  isSameAddress,
  normalizeEmail,
  parseEmailAddress,
  toSearchablePart,
} from '../../src/domain/email-address.ts';
import { listCalls, startRouted } from '../support/list-vendor.ts';

/** One address each, in forms of which every one stands for the same person. */
const forms: readonly (readonly string[])[] = [
  [
    'ada@example.com',
    'ADA@Example.COM',
    ' ada@example.com',
    'ada@example.com\t ',
    'ada@example.com\u00a0',
  ],
  [
    'josé.müller@bücher.de',
    'jose\u0301.mu\u0308ller@bu\u0308cher.de',
    'JOSÉ.MÜLLER@BÜCHER.DE',
    'josé.müller@xn--bcher-kva.de',
    'jose\u0301.müller@XN--BCHER-KVA.de ',
  ],
  ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai', 'Ada@ПРИМЕР.РФ'],
  ['ю@пример.рф', 'Ю@xn--e1afmkfd.xn--p1ai'],
  ['σοφός@example.com', 'ΣΟΦΌΣ@example.com'],
];

const pairs = forms.flatMap((all) => all.flatMap((one) => all.map((other) => [one, other])));

test.each(pairs)('%j and %j are the same address', (one, other) => {
  const email = parseEmailAddress(one as string);
  if (email === null) throw new Error('no address');
  expect(isSameAddress(other, email)).toBe(true);
  expect(normalizeEmail(email)).toBe(email);
});

test.each([
  ['ada@example.com', 'adá@example.com'],
  ['ada@example.com', 'ada@example.org'],
  ['ada@example.com', 'ada@bücher.de'],
  ['weiß@example.com', 'weiss@example.com'],
  ['a.b@example.com', 'ab@example.com'],
  ['ada@example.com', ''],
  ['ada@example.com', null],
] as const)('%j and %j are two addresses', (one, other) => {
  expect(isSameAddress(other, normalizeEmail(one))).toBe(false);
});

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['ada@bücher.de', 'ada@'],
  ['josé.müller@bücher.de', 'ller@'],
  ['jos@müller.bücher.de', 'jos@'],
  ['ю@example.com', '@example.com'],
  ['ю@пример.рф', '@'],
])('every form of %j holds %j', (email, part) => {
  expect(toSearchablePart(normalizeEmail(email))).toBe(part);
});

const uuid = '0b5c7a52-6f1e-4c39-9a57-5d2f4e8b1c30';

/** All four vendors, which hold one person under an address in some form. */
const start = (address: string) =>
  startRouted([
    [/^GET \/api\/persons$/, () => ({ json: [{ id: 42, email: address }] })],
    [
      /^GET \/api\/streams$/,
      () => ({ json: [{ id: 7, stream_leaders: [{ id: 1, stream_id: 7, leader_id: 42 }] }] }),
    ],
    [
      /^GET \/company\/users$/,
      (query) => {
        const groups = [{ id: 3, uid: 'g', name: 'G' }];
        const users = [{ id: 501, full_name: 'Ada', email: address, groups }];
        const part = query.get('query')?.toLowerCase() ?? '';
        return { json: users.filter(({ email }) => email.toLowerCase().includes(part)) };
      },
    ],
    [
      /^GET \/organization\/members$/,
      () => ({ json: { count: 1, members: [{ id: uuid, email: address }] } }),
    ],
    [/^GET \/api\/v1\/me$/, () => ({ json: { _id: 'me', emails: [{ address }], success: true } })],
    [
      /^GET \/api\/v1\/groups\.list$/,
      () => ({ json: { groups: [{ _id: 'r', name: 'R' }], total: 1, success: true } }),
    ],
  ]);

describe.each(forms.map((all) => ({ all })))('a person with the address $all.0', ({ all }) => {
  test.each(all)('stored as %j, is found by every form in every vendor', async (address) => {
    await using world = await start(address);
    for (const asked of all) {
      const { data, errors } = await world.gateway.sendText(
        `query ($email: String!) { memberships(email: $email) {
          streamsLed { vendor } groups { vendor } organizations { vendor } chatGroups { vendor } } }`,
        undefined,
        { variables: { email: asked } },
      );
      expect({ data, errors }, asked).toEqual({
        data: {
          memberships: {
            streamsLed: [{ vendor: 'WETHOD' }],
            groups: [{ vendor: 'KAITEN' }],
            organizations: [{ vendor: 'AEROSPIKE' }],
            chatGroups: [{ vendor: 'ROCKETCHAT' }],
          },
        },
        errors: [],
      });
    }
  });
});

const [dotted, decomposed] = ['josé.müller@', 'jose\u0301.mu\u0308ller@'];

/** A Rocket.Chat that compares addresses as its server does, which knows one user. */
const startSearch = (stored: string) =>
  startRouted([
    [
      /^GET \/api\/v1\/me$/,
      () => ({ json: { _id: 'me', emails: [{ address: 'me@example.com' }], success: true } }),
    ],
    [
      /^GET \/api\/v1\/users\.info$/,
      (query) => {
        const rooms = [{ rid: 'r', t: 'p', name: 'R' }];
        const user = { _id: 'u', emails: [{ address: stored }], rooms };
        if (query.get('email')?.trim().toLowerCase() === stored) {
          return { json: { user, success: true } };
        }
        if (query.has('userId')) {
          return { json: { user: { _id: 'rocket.cat', canViewAllInfo: true }, success: true } };
        }
        return { status: 400, json: { success: false, error: 'User not found.' } };
      },
    ],
  ]);

async function search(stored: string, asked: string) {
  await using world = await startSearch(stored);
  const { data, errors } = await world.gateway.sendText(
    'query ($email: String!) { memberships(email: $email) { chatGroups { vendor } } }',
    undefined,
    { variables: { email: asked } },
  );
  expect(errors).toEqual([]);
  const searches = listCalls(world.vendor).filter((call) => call.includes('email='));
  return {
    found: data['memberships']?.['chatGroups'],
    searched: searches.map((call) => /email=([^&]*)/.exec(call)?.[1]),
  };
}

test.each([
  { stored: `${dotted}bücher.de`, asked: `${dotted}xn--bcher-kva.de`, count: 2 },
  { stored: `${decomposed}bu\u0308cher.de`, asked: `${dotted}bücher.de`, count: 3 },
  { stored: `${decomposed}xn--bcher-kva.de`, asked: `${dotted}bücher.de`, count: 4 },
  { stored: `${dotted}xn--bcher-kva.de`, asked: `${decomposed}bu\u0308cher.de`, count: 1 },
  { stored: 'ada@bücher.de', asked: 'ADA@BÜCHER.DE', count: 2 },
  { stored: `${decomposed}example.com`, asked: `${dotted}example.com`, count: 2 },
  { stored: 'σοφός@example.com', asked: 'ΣΟΦΌΣ@example.com', count: 2 },
  { stored: 'ada@example.com', asked: 'ADA@example.com', count: 1 },
])('Rocket.Chat is searched for $asked in each form until $stored is found', async (row) => {
  const { found, searched } = await search(row.stored, row.asked);
  expect(found).toEqual([{ vendor: 'ROCKETCHAT' }]);
  expect(searched).toHaveLength(row.count);
});

test.each([
  ['nobody@example.com', ['nobody@example.com']],
  ['nobody@1.2', ['nobody@1.2']],
  ['nobody@xn--a', ['nobody@xn--a']],
  ['nobody@xn--e1afmkfd.xn--p1ai', ['nobody@xn--e1afmkfd.xn--p1ai', 'nobody@пример.рф']],
  [
    `${dotted}bücher.de`,
    [
      `${dotted}xn--bcher-kva.de`,
      `${dotted}bücher.de`,
      `${decomposed}bu\u0308cher.de`,
      `${decomposed}xn--bcher-kva.de`,
    ],
  ],
])('Rocket.Chat is searched for %j once in each form that differs', async (asked, forms) => {
  const { found, searched } = await search('ada@example.com', asked);
  expect(found).toEqual([]);
  expect(searched).toEqual(forms);
});
