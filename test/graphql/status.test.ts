import { expect, test } from 'vitest';
import { credentials, testGateway } from '../support/gateway.ts';
import { json } from '../support/table.ts';
import { startVendor } from '../support/vendor.ts';

const own = 'application/graphql-response+json';
const older = 'application/json';

const mutation =
  'mutation ($input: RemoveOrgMemberInput!) { removeOrgMember(input: $input) { __typename } }';
const ok = { input: { userId: '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01' } };

const notFitting = [
  ['a variable that is missing', {}],
  ['a variable of another type', { input: 'x' }],
  ['an input without a field that must be there', { input: {} }],
] as const;

test.each([
  ...notFitting.map(([what, variables]) => [what, own, variables, 400] as const),
  ...notFitting.map(([what, variables]) => [what, older, variables, 200] as const),
])('does not run %s, and the status shows it in %s', async (_what, accept, variables, status) => {
  await using vendor = await startVendor();
  await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
  // graphql-js runs the first ones. The others are compiled.
  for (let count = 0; count < 4; count += 1) {
    const response = await gateway.gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { ...credentials, accept, 'content-type': 'application/json' },
      body: JSON.stringify({ query: mutation, variables }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
    const body = (await response.json()) as { errors: object[] };
    expect(Object.keys(body)).toEqual(['errors']);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining('$input'),
      extensions: {
        code: 'BAD_USER_INPUT',
        requestId: response.headers.get('x-request-id'),
      },
    });
  }
  expect(vendor.calls).toEqual([]);
});

test.each([own, older])(
  'responds with 200 in %s to a document that has run, whatever its result',
  async (accept) => {
    await using vendor = await startVendor(json(403, {}));
    await using gateway = testGateway({ AEROSPIKE_URL: vendor.url });
    for (const [query, variables] of [
      [mutation, ok],
      ['{ organization { name } }', {}],
    ]) {
      const response = await gateway.gateway.fetch('http://gateway/graphql', {
        method: 'POST',
        headers: { ...credentials, accept, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toHaveProperty('data');
    }
  },
);
