import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { numericId, object, optional, string } from '../../src/domain/decode.ts';
import { dayOrMoment, moment, removalMark } from '../../src/domain/decode-time.ts';

const two = fc.integer({ min: 0, max: 62 }).map((number) => String(number).padStart(2, '0'));
const year = fc.constantFrom('1900', '2000', '2023', '2024', '2100');
const day = fc.tuple(year, two, two).map((parts) => parts.join('-'));
const zone = fc.oneof(
  fc.constantFrom('Z', '', 'z', '+02:00', '-23:59', '+2400', '+24:00'),
  fc.tuple(two, two).map(([hours, minutes]) => `+${hours}:${minutes}`),
);
const fraction = fc.constantFrom('', '.1', '.123456789', '.', ',5');
const near = fc
  .tuple(day, fc.constantFrom('T', ' ', 't'), two, two, two, fraction, zone)
  .map(
    ([date, t, hours, minutes, seconds, part, offset]) =>
      `${date}${t}${hours}:${minutes}:${seconds}${part}${offset}`,
  );

test('reads every moment that another reader of RFC 3339 reads, as the same moment', () => {
  const other = z.iso.datetime({ offset: true });
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: near }, fc.string(), day), (value) => {
      if (other.safeParse(value).success) expect(moment(value)).toBe(new Date(value).toISOString());
    }),
    { numRuns: 2_000, examples: [['2024-02-29T23:59:59Z'], ['2024-02-29T23:59:59.5+23:59']] },
  );
});

/** One moment as the vendors' languages print it. */
const printed: readonly [language: string, text: unknown, utc: string][] = [
  ['JavaScript, toISOString', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
  ['PHP, DATE_ATOM', '2026-01-02T05:04:05+02:00', '2026-01-02T03:04:05.000Z'],
  ['PHP, DATE_ISO8601', '2026-01-02T03:04:05+0000', '2026-01-02T03:04:05.000Z'],
  ['PHP, Y-m-d H:i:s', '2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
  ['PHP, Y-m-d H:i:s.u', '2026-01-02 03:04:05.678901', '2026-01-02T03:04:05.678Z'],
  ['PHP, Y-m-d\\TH:i:s.uP', '2026-01-02T03:04:05.678901+00:00', '2026-01-02T03:04:05.678Z'],
  [
    'PHP, json_encode',
    { date: '2026-01-02 03:04:05.678901', timezone_type: 3, timezone: 'UTC' },
    '2026-01-02T03:04:05.678Z',
  ],
  [
    'PHP, json_encode with an offset',
    { date: '2026-01-02 05:04:05.000000', timezone_type: 1, timezone: '+02:00' },
    '2026-01-02T03:04:05.000Z',
  ],
  ['Go, RFC3339Nano', '2026-01-02T03:04:05.678901234Z', '2026-01-02T03:04:05.678Z'],
  ['Go, RFC3339Nano, whole tenths', '2026-01-02T03:04:05.6-01:30', '2026-01-02T04:34:05.600Z'],
  ['Go, String', '2026-01-02 05:04:05.678901 +0200 CEST', '2026-01-02T03:04:05.678Z'],
  ['Python, isoformat', '2026-01-02T03:04:05.678901+00:00', '2026-01-02T03:04:05.678Z'],
  ['Python, isoformat without a zone', '2026-01-02T03:04:05.678901', '2026-01-02T03:04:05.678Z'],
  ['Python, str', '2026-01-02 03:04:05+00:00', '2026-01-02T03:04:05.000Z'],
  ['PostgreSQL', '2026-01-02 05:04:05.678+02', '2026-01-02T03:04:05.678Z'],
];

test.each(printed)('reads a moment as printed by %s', (_language, value, utc) => {
  expect(moment(value)).toBe(utc);
  expect(removalMark(value)).toBe(utc);
});

const noMoments: readonly unknown[] = [
  '',
  ' ',
  'null',
  '2026-01-02',
  '2023-02-29T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-02T24:00:00Z',
  '2026-01-02T03:04Z',
  '2026-01-02T03:04:05+25:00',
  '2026-01-02T03:04:05 Rome',
  ' 2026-01-02T03:04:05Z',
  '0000-00-00 00:00:00',
  '-0001-11-30T00:00:00+00:00',
  { date: '2026-01-02 03:04:05', timezone_type: 3, timezone: 'Europe/Rome' },
  { date: '2026-01-02 03:04:05' },
  [],
  1_767_323_045,
  true,
];

test.each(noMoments.map((value) => [value]))('reads no moment from %j', (value) => {
  expect(moment(value)).toBe(undefined);
});

test('a day or a moment is kept as it was sent', () => {
  const other = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
  fc.assert(
    fc.property(fc.oneof(near, day, fc.string()), (value) => {
      const read = dayOrMoment(value);
      expect([undefined, value]).toContain(read);
      if (other.safeParse(value).success) expect(read).toBe(value);
    }),
    { numRuns: 1_000 },
  );
  expect(dayOrMoment('2026-01-02 03:04:05')).toBe('2026-01-02 03:04:05');
  expect(dayOrMoment('2026-02-30')).toBe(undefined);
});

test.each([
  [null, null],
  [undefined, null],
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  [1_767_323_045, '2026-01-02T03:04:05.000Z'],
  [1_767_323_045_678, '2026-01-02T03:04:05.678Z'],
])('the removal mark %j is read as %j', (value, read) => {
  expect(removalMark(value)).toBe(read);
});

const noMarks = ['', '0000-00-00 00:00:00', '0000-00-00', '2026-02-30', '1767323045', 'no'];

test.each([...noMarks, false, true, 0, 1, -1, Number.NaN, 1e15, [], {}].map((value) => [value]))(
  'the removal mark %j cannot be read: nobody may take it for "not removed"',
  (value) => {
    expect(removalMark(value)).toBe(undefined);
  },
);

test.each([
  [7, 7],
  ['7', 7],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['9007199254740992', undefined],
  ['12345678901234567', undefined],
  ['0', undefined],
  ['07', undefined],
  ['7.0', undefined],
  [' 7', undefined],
  ['-7', undefined],
  ['7e0', undefined],
  ['', undefined],
  [7.5, undefined],
  [true, undefined],
])('the id %j is read as %j', (value, read) => {
  expect(numericId(value)).toBe(read);
});

const row = object({ id: numericId }, { name: string });

test.each([
  ['that is wrong becomes null, and is told of', { id: 1, name: 2 }, null, ['name']],
  ['that is null stays null', { id: 1, name: null }, null, []],
  ['that is missing stays missing', { id: 1 }, undefined, []],
  ['that is right is read', { id: 1, name: 'a' }, 'a', []],
])('an optional member %s', (_rule, json, name, invalidFields) => {
  expect(row.read(json)).toEqual({ value: { id: 1, name }, invalidFields });
});

test.each([[{ name: 'a' }], [{ id: 0 }], [{ id: 2 ** 53 }], [{ id: 'a' }], [null], [[1]], ['a']])(
  'without what is required there is no object: %j',
  (json) => {
    expect(row.read(json)).toBe(null);
  },
);

test('a strict object has no invalid field, not even an optional one', () => {
  expect(row.strict({ id: 1, name: 2 })).toBe(undefined);
  expect(row.strict({ id: 1 })).toEqual({ id: 1 });
});

test('an optional value is null if it is missing, and invalid if it is null itself', () => {
  expect(optional(string)(undefined)).toBe(null);
  expect(optional(string)(null)).toBe(undefined);
});
