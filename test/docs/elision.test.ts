import { expect, test } from 'vitest';
import { matchesSample, matchesText, parseSample } from './elision.ts';

test.each([
  ['{"a":1,"b":[{"c":null}]}', { b: [{ c: null }], a: 1 }],
  ['{"a":1,…}', { a: 1, b: 2 }],
  ['{"a":[1,…],"b":{…}}', { a: [1, 2, 3], b: { c: 1 } }],
  ['{"id":"…","text":"a … c"}', { id: 'x', text: 'a b c' }],
  ['{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
])('a sample fits what it leaves parts out of: %s', (sample, value) => {
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
])('a sample does not fit anything else: %s', (sample, value) => {
  expect(matchesSample(value, parseSample(sample))).toBe(false);
});

test('a text fits a sample in which … stands for any text', () => {
  expect(matchesText('APPLIED in 3 ms.\n', 'APPLIED in … ms.')).toBe(true);
  expect(matchesText('APPLIED in 3 ms.\nmore', 'APPLIED in … ms.')).toBe(false);
  expect(matchesText('APPLIEDx', 'APPLIED.')).toBe(false);
});

test('what is no JSON is refused', () => {
  expect(() => parseSample('{"a":}')).toThrow(SyntaxError);
});
