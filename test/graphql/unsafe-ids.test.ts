import { describe, expect, test } from 'vitest';
import { changes } from '../support/changes.ts';
import { type Asked, entrances, type HeaderList, overFetch } from '../support/entrances.ts';
import { credentials, testGateway } from '../support/gateway.ts';
import { startVendor } from '../support/vendor.ts';

/** The number of requests after which a document is compiled. */
const times = [1, 2, 3, 4];

const kick = 'mutation($id: ID!) { leaveGroup(input: {groupId: $id}) { __typename } }';
const input = 'mutation($input: LeaveGroupInput!) { leaveGroup(input: $input) { __typename } }';
const read = 'query($id: ID!) { group(uid: $id) { name } }';
const literalKick = (id: string) =>
  `mutation { leaveGroup(input: {groupId: ${id}}) { __typename } }`;
const literalRead = (id: string) => `{ group(uid: ${id}) { name } }`;
const defaultKick = (id: string) =>
  `mutation($id: ID! = ${id}) { leaveGroup(input: {groupId: $id}) { __typename } }`;

/** The forms in which an integer can be sent for an ID. */
const forms: Readonly<Record<string, (id: string) => Asked>> = {
  'a variable of a mutation': (id) => ({ query: kick, variables: { id: Number(id) } }),
  'a variable of an input': (id) => ({
    query: input,
    variables: { input: { groupId: Number(id) } },
  }),
  'a variable of a query': (id) => ({ query: read, variables: { id: Number(id) } }),
  'a literal of a mutation': (id) => ({ query: literalKick(id) }),
  'a literal of a query': (id) => ({ query: literalRead(id) }),
  'a default of a variable': (id) => ({ query: defaultKick(id) }),
};

async function start() {
  const stack = new AsyncDisposableStack();
  const vendor = stack.use(await startVendor(changes.leaveGroup.success));
  const env = { KAITEN_URL: vendor.url, ROCKETCHAT_URL: vendor.url };
  const { gateway } = stack.use(testGateway(env));
  const over = stack.use(overFetch(gateway));
  const send = (name: keyof typeof entrances, asked: Asked) => {
    const { contentType, ...sent } = entrances[name](asked);
    const headers: HeaderList = [...Object.entries(credentials), ['content-type', contentType]];
    return over.send({ ...sent, headers });
  };
  return { vendor, send, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const entranceNames = Object.keys(entrances) as (keyof typeof entrances)[];
const cases = Object.entries(forms).flatMap(([form, asked]) =>
  entranceNames
    .filter((entrance) => entrance !== 'GET' || form.endsWith('query'))
    .map((entrance) => ({ form, asked, entrance })),
);

describe.each(cases)('an id that is $form, by $entrance', ({ asked, entrance }) => {
  const inexact = ['9007199254740993', '9007199254740992', '-9007199254740993', '1e400', '1.5'];

  // Numbers are told apart in one place, behind all entrances.
  test.each(entrance === entranceNames[0] ? inexact : inexact.slice(0, 1))(
    'is rejected before any call unless it is an exact integer: %s',
    async (id) => {
      await using gateway = await start();
      for (const _time of times) {
        const { text } = await gateway.send(entrance, asked(id));
        const { errors, data } = JSON.parse(text);
        expect(errors?.length, text).toBeGreaterThan(0);
        expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED']).toContain(
          errors[0].extensions.code,
        );
        expect(data ?? null).toBeNull();
      }
      expect(gateway.vendor.calls).toEqual([]);
    },
  );

  test('reaches the vendor unchanged up to 9007199254740991', async () => {
    await using gateway = await start();
    for (const _time of times) await gateway.send(entrance, asked('9007199254740991'));
    const seen = gateway.vendor.calls.map(({ url, body }) => url + body);
    expect(seen.filter((call) => call.includes('9007199254740991'))).toHaveLength(times.length);
  });
});

test('accepts a longer ID as a string of digits', async () => {
  await using gateway = await start();
  const id = '9007199254740993';
  await gateway.send('POST of JSON', { query: kick, variables: { id } });
  await gateway.send('POST of JSON', { query: literalKick(`"${id}"`) });
  expect(gateway.vendor.calls.map(({ body }) => JSON.parse(body))).toEqual([
    { roomId: id },
    { roomId: id },
  ]);
});
