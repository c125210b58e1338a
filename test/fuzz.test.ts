import fc from 'fast-check';
import { buildASTSchema, parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../src/schema/index.ts';
import { credentials, testGateway } from './support/gateway.ts';
import { startVendor } from './support/vendor.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** How many documents are sent: `FUZZ_RUNS`. */
const runs = Number(process.env['FUZZ_RUNS'] ?? 160);

/** Words of the schema's own, and what does not belong there. */
const words = [
  ...new Set(printSchema(buildASTSchema(parse(printSchema(schema)))).match(/\b\w+\b/g)),
].slice(0, 400);
const word = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 }));
const mark = fc.constantFrom(
  '{',
  '}',
  '(',
  ')',
  ':',
  '!',
  '...',
  '@skip(if: true)',
  '"',
  '$x',
  '[',
  ']',
  ' ',
);
const document = fc.array(fc.oneof(word, mark), { maxLength: 60 }).map((parts) => parts.join(' '));

const names = [
  ...Object.keys(credentials),
  'authorization',
  'x-request-id',
  'origin',
  'accept',
  'content-type',
];
const visible = fc.string({
  unit: fc.constantFrom(...'abcXYZ019 ,;=/*"\'<>&{}[]()-_.~'),
  maxLength: 30,
});
const headers = fc.dictionary(fc.constantFrom(...names), visible, { maxKeys: 6 });

const body = fc.oneof(
  document.map((query) => JSON.stringify({ query })),
  fc
    .record({ query: document, variables: fc.jsonValue(), operationName: fc.jsonValue() })
    .map((one) => JSON.stringify(one)),
  fc.json(),
  fc.string({ maxLength: 200 }),
);

test('whatever comes in, the answer is JSON or empty, no 5xx, and the gateway lives on', async () => {
  await using vendor = await startVendor({ status: 404 });
  const { url } = vendor;
  const env = { WETHOD_URL: url, KAITEN_URL: url, AEROSPIKE_URL: url, ROCKETCHAT_URL: url };
  await using gateway = testGateway(env);
  const method = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'OPTIONS', 'DELETE');
  const send = async (how: string, sent: Record<string, string>, text: string) => {
    const isRead = how === 'GET';
    const address = `http://gateway/graphql${isRead ? `?query=${encodeURIComponent(text)}` : ''}`;
    const init = { method: how, headers: sent, ...(isRead ? {} : { body: text }) };
    return gateway.gateway.fetch(address, init);
  };
  await fc.assert(
    fc.asyncProperty(method, headers, body, async (how, sent, text) => {
      const json = { 'content-type': 'application/json', ...credentials };
      for (const all of [sent, { ...json, ...sent }, json]) {
        const response = await send(how, all, text);
        const answer = await response.text();
        expect(response.status, `${how} ${text}`).toBeLessThan(500);
        expect(response.headers.get('x-request-id')).not.toBe(null);
        if (response.headers.get('content-type')?.includes('json')) JSON.parse(answer);
        expect(answer).not.toContain('INTERNAL');
        expect(answer).not.toMatch(/\bat .*\.(js|ts):\d+/);
      }
    }),
    { numRuns: runs, seed },
  );
  const { status } = await gateway.sendText('{ __typename }');
  expect(status, `seed ${seed}`).toBe(200);
}, 60_000);
