import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { endings } from '../../src/sandbox/behaviour.ts';
import { sandboxHeaders } from '../../src/sandbox/credentials.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { sandboxTabs } from '../../src/sandbox/tabs.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { testGateway, unpaced } from '../support/gateway.ts';

async function sandbox(env: Record<string, string> = {}) {
  const started = await startSandbox({ ...unpaced, ...env }, createLog({ write: () => {} }));
  const { gateway } = started;
  const get = (path: string, init?: RequestInit) => gateway.fetch(`http://gateway${path}`, init);
  return {
    get,
    page: async (path = '/') => (await get(path)).text(),
    remove: (token: string) =>
      get('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'aerospike-authorization': token },
        body: JSON.stringify({
          query: `mutation { removeOrgMember(input: {userId: "99999999-6a80-4f32-9d4a-7b3c2e9f8a01"}) { __typename } }`,
        }),
      }),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** Counts the occurrences of a text. */
const count = (text: string, part: string) => text.split(part).length - 1;

test('the start page links to each GraphiQL tab, without credentials in the links', async () => {
  await using box = await sandbox();
  const page = await box.page();
  const links = [...page.matchAll(/href="\/graphql\?([^"]*)"/g)].map(
    ([, query = '']) => new URLSearchParams(query.replaceAll('&amp;', '&')),
  );
  expect(links.map((link) => Object.fromEntries(link))).toEqual(
    sandboxTabs.map(({ query, variables }) => ({ query, ...(variables && { variables }) })),
  );
});

test('the start page shows the state of each vendor, such as an open circuit', async () => {
  await using box = await sandbox();
  expect(count(await box.page(), '</span> Works')).toBe(4);
  await Promise.all(Array.from({ length: 10 }, () => box.remove('Bearer sandbox-down')));
  const page = await box.page();
  expect(count(page, '</span> Works')).toBe(3);
  expect(page).toMatch(
    /Aerospike Cloud<\/h3>[\s\S]*?Circuit open since \d\d:\d\d:\d\d UTC: failed too often/,
  );
});

test('the start page shows the same tokens as the documentation', async () => {
  await using box = await sandbox();
  const reference = readFileSync(
    new URL('../../docs/reference/sandbox.md', import.meta.url),
    'utf8',
  );
  const page = await box.page();
  for (const [ending, what] of Object.entries(endings)) {
    expect(reference).toContain(`| \`sandbox-${ending}\` | ${what} |\n`);
    expect(page).toContain(`<code>sandbox-${ending}</code></td><td>${what}</td>`);
  }
  expect(count(reference, '| `sandbox')).toBe(Object.keys(endings).length + 1);
});

test('the start page loads nothing and runs nothing', async () => {
  await using box = await sandbox();
  const response = await box.get('/');
  expect(response.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self'; /,
  );
  expect(await response.text()).not.toMatch(/<script|<img|<iframe|<link[^>]+stylesheet/);
});

test('its form resets the seed and redirects to the page; without GraphiQL, there are no links to it', async () => {
  await using box = await sandbox({ GRAPHIQL: 'off' });
  const headers = { accept: 'text/html,*/*' };
  const response = await box.get('/sandbox/reset', { method: 'POST', headers });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/?reset']);
  const page = await box.page('/?reset');
  expect(page).toContain('vendors were reset');
  expect(page).not.toContain('href="/graphql');
});

test('the sandbox returns its credentials to other pages', async () => {
  await using box = await sandbox();
  expect(await (await box.get('/sandbox/credentials')).json()).toEqual(sandboxHeaders);
});

test.each([
  ['GET', '/'],
  ['GET', '/sandbox/credentials'],
  ['POST', '/sandbox/reset'],
])('a gateway over real vendors has no sandbox routes: %s %s is 404', async (method, path) => {
  await using gateway = testGateway({ KAITEN_URL: 'https://kaiten.invalid' });
  const headers = { accept: 'text/html' };
  const response = await gateway.gateway.fetch(`http://gateway${path}`, { method, headers });
  expect(response.status).toBe(404);
});
