import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeSegment, path } from '../../src/upstream/path.ts';

test('a path parameter is percent-encoded, whatever it holds', () => {
  expect(encodeSegment('a/b?c#d%e f')).toBe('a%2Fb%3Fc%23d%25e%20f');
});

test.each(['', '.', '..'])(
  '%j is no path parameter: no encoding keeps it from being a step',
  (raw) => {
    expect(() => encodeSegment(raw)).toThrow(TypeError);
  },
);

test('for any text, a parameter stays in its own step of the path', () => {
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
