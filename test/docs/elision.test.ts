import { expect, test } from 'vitest';
import { matchesSample, matchesText, parseSample } from './elision.ts';

test.each([
  ['{"a":1,"b":[{"c":null}]}', { b: [{ c: null }], a: 1 }],
  ['{"a":1,…}', { a: 1, b: 2 }],
  ['{"a":[1,…],"b":{…}}', { a: [1, 2, 3], b: { c: 1 } }],
  ['{"id":"…","text":"a … c"}', { id: 'x', text: 'a b c' }],
  ['{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
])('a sample matches values with omitted parts: %s', (sample, value) => {
  expect(matchesSample(value, parseSample(sample))).toBe(true);
});

test.each([
  ['{"a":1}', { a: 1, b: 2 }],
  ['{"a":1,"b":2}', { a: 1 }],
  ['{"a":1,…}', { a: 2, b: 2 }],
  ['[1]', [1, 2]],
  ['[1,…]', [2, 1]],
  ['[]', {}],
  ['{}', []],
  ['{"a":null}', { a: 'null' }],
  ['{"a":"b"}', { a: 'bc' }],
])('a sample does not match other values: %s', (sample, value) => {
  expect(matchesSample(value, parseSample(sample))).toBe(false);
});

test('a text matches a sample in which … stands for any text', () => {
  expect(matchesText('APPLIED in 3 ms.\n', 'APPLIED in … ms.')).toBe(true);
  expect(matchesText('APPLIED in 3 ms.\nmore', 'APPLIED in … ms.')).toBe(false);
  expect(matchesText('APPLIEDx', 'APPLIED.')).toBe(false);
});

test('rejects invalid JSON', () => {
  expect(() => parseSample('{"a":}')).toThrow(SyntaxError);
});
