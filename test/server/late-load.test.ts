import { get } from 'node:http';
import { expect, test } from 'vitest';
import { startProcess } from '../support/process.ts';

async function statusOf(url: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  get(url, { agent: false, headers: { accept: 'text/html' } }, (response) => {
    response.resume();
    resolve(response.statusCode);
  }).on('error', reject);
  return promise;
}

test.each([
  ['the metrics', '/prom-client/lib/gauge.js', '/metrics'],
  ['GraphiQL', '/render-graphiql/cjs/graphiql.js', '/graphql'],
])(
  'loads %s at the next request if a file could not be read at the first',
  async (_name, file, path) => {
    await using gateway = startProcess('main.ts', {
      AEROSPIKE_URL: 'https://vendor.invalid',
      PORT: '0',
      FAIL_FIRST_LOAD: file,
      NODE_OPTIONS: '--import=./test/support/fail-first-load.js',
    });
    const [, api = '', admin = ''] = await gateway.printed(
      /"url":"(http:[^"]+)\/graphql","admin":"(http:[^"]+)"/,
    );
    const url = (path === '/metrics' ? admin : api) + path;
    expect(await statusOf(url)).toBe(500);
    expect(await statusOf(url)).toBe(200);
  },
);

/** Starts the bundle and sends it one document until it has been compiled, and once more. */
async function sendOften(env: Readonly<Record<string, string>>): Promise<string> {
  await using gateway = startProcess('main.ts', {
    AEROSPIKE_URL: 'https://vendor.invalid',
    PORT: '0',
    ...env,
  });
  const [, url = ''] = await gateway.printed(/"url":"(http:[^"]+)"/);
  for (let count = 1; count <= 5; count += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ vendors { title } }"}',
    });
    expect(await response.json()).not.toHaveProperty('errors');
  }
  gateway.child.kill('SIGTERM');
  await gateway.exited;
  return gateway.output();
}

test('compiles frequent documents without a warning', async () => {
  expect(await sendOften({})).not.toContain('CompilerWarning');
});

test('answers frequent documents even if the compiler could not be read at the first', async () => {
  const output = await sendOften({
    FAIL_FIRST_LOAD: '/graphql-jit/index.js',
    NODE_OPTIONS: '--import=./test/support/fail-first-load.js',
  });
  expect(output).not.toContain('CompilerWarning');
});
