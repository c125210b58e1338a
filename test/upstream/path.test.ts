import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeSegment, path } from '../../src/upstream/path.ts';

test('percent-encodes every path parameter', () => {
  expect(encodeSegment('a/b?c#d%e f')).toBe('a%2Fb%3Fc%23d%25e%20f');
});

test.each(['', '.', '..'])(
  'rejects the path parameter %j, which no encoding keeps from being a path step',
  (raw) => {
    expect(() => encodeSegment(raw)).toThrow(TypeError);
  },
);

test('keeps any text within its own step of the path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (raw) => {
      fc.pre(!['', '.', '..'].includes(raw));
      const whole = new URL(
        `http://vendor${path`/groups/${encodeSegment(raw)}/users/${encodeSegment('1')}`}`,
      );
      expect(whole.pathname.split('/').map(decodeURIComponent)).toEqual([
        '',
        'groups',
        raw,
        'users',
        '1',
      ]);
    }),
  );
});
