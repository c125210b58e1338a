import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { dayOrMoment, moment, numericId, orAbsent, text } from '../src/forms.ts';
import { wireObject } from '../src/vendors/wire.ts';

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

test('a moment is what another reader of RFC 3339 takes for one, and is read as that moment', () => {
  const other = z.iso.datetime({ offset: true });
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: near }, fc.string(), day), (value) => {
      const read = moment(value);
      expect(read !== undefined).toBe(other.safeParse(value).success);
      if (read !== undefined) expect(read).toBe(new Date(value).toISOString());
    }),
    { numRuns: 2_000, examples: [['2024-02-29T23:59:59Z'], ['2023-02-29T00:00:00Z']] },
  );
});

test('a day or a moment is what another reader takes for one, and is kept as it came', () => {
  const other = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
  fc.assert(
    fc.property(fc.oneof(near, day, fc.string()), (value) => {
      expect(dayOrMoment(value)).toBe(other.safeParse(value).success ? value : undefined);
    }),
    { numRuns: 1_000 },
  );
});

const row = wireObject({ id: numericId }, { name: text });

test.each([
  ['that is wrong becomes null, and is told of', { id: 1, name: 2 }, null, ['name']],
  ['that is null stays null', { id: 1, name: null }, null, []],
  ['that is missing stays missing', { id: 1 }, undefined, []],
  ['that is right is read', { id: 1, name: 'a' }, 'a', []],
])('an optional member %s', (_rule, json, name, dropped) => {
  expect(row.read(json)).toEqual({ value: { id: 1, name }, dropped });
});

test.each([[{ name: 'a' }], [{ id: 0 }], [{ id: 2 ** 53 }], [{ id: '1' }], [null], [[1]], ['a']])(
  'without what is required there is no object: %j',
  (json) => {
    expect(row.read(json)).toBe(null);
  },
);

test('within another object it has nothing wrong, optional members neither', () => {
  expect(row.whole({ id: 1, name: 2 })).toBe(undefined);
  expect(row.whole({ id: 1 })).toEqual({ id: 1 });
});

test('what may be left out is null then, and wrong where it is null by itself', () => {
  expect(orAbsent(text)(undefined)).toBe(null);
  expect(orAbsent(text)(null)).toBe(undefined);
});
