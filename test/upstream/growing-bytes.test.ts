import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingBytes, readBytes, readText } from '../../src/upstream/growing-bytes.ts';

/** The smallest buffer that several chunks are copied into. */
const firstRoom = 4_096;

test('returns the bytes as they came, in at most twice their memory, whatever the chunks', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 3_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 60_000 }), (all, most) => {
      const gathered = new GrowingBytes(most);
      let expected: Uint8Array = Buffer.alloc(0);
      for (const chunk of all) {
        const whole = Buffer.concat([expected, chunk]);
        expect(gathered.add(chunk)).toBe(whole.length <= most);
        if (whole.length <= most) expected = whole;
        expect(Buffer.compare(gathered.bytes, expected)).toBe(0);
        expect(gathered.capacity).toBeLessThanOrEqual(
          Math.min(most, Math.max(firstRoom, 2 * expected.length)),
        );
      }
    }),
  );
});

test('keeps a body of one chunk without a copy', () => {
  const chunk = Buffer.from('{"query":"{ __typename }"}');
  const gathered = new GrowingBytes(1_000);
  gathered.add(chunk);
  expect(gathered.bytes).toBe(chunk);
});

async function* pieces(count: number) {
  for (let index = 0; index < count; index += 1) yield Uint8Array.of(0x61);
}

test('reads a body of exactly the maximum length, and rejects one more byte', async () => {
  expect(await readText(pieces(100), 100)).toBe('a'.repeat(100));
  expect(await readBytes(pieces(101), 100)).toBeNull();
  await expect(readText(pieces(101), 100)).rejects.toThrow(RangeError);
});
