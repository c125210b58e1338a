import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Endpoints, otherEndpoint } from '../../src/upstream/endpoints.ts';
import { vendors } from '../../src/vendors/index.ts';

const all = Object.entries(vendors).map(([name, { endpoints }]) => ({ name, endpoints }));

/** The paths that a vendor's code writes, with `1` for each parameter. */
function pathsOf(vendor: string): string[] {
  const folder = new URL(`../../src/vendors/${vendor}/`, import.meta.url);
  return readdirSync(folder).flatMap((file) => {
    const code = readFileSync(new URL(file, folder), 'utf8');
    return Array.from(code.matchAll(/path`([^`]*)`/g), ([, text = '']) =>
      text.replaceAll(/\$\{[^}]*\}/g, '1'),
    );
  });
}

test.each(all)('declares every path of $name’s code as an endpoint', ({ name, endpoints }) => {
  const paths = pathsOf(name);
  expect(paths.length).toBeGreaterThan(1);
  const known = new Endpoints(endpoints);
  for (const path of paths) {
    const found = ['GET', 'POST', 'DELETE'].map((method) => known.find(method, path));
    expect(found, path).toContainEqual(expect.not.stringMatching(`^${otherEndpoint}$`));
  }
});

test('labels a call with its template, whatever its parameters and its query contain', () => {
  const endpoints = new Endpoints(['GET /users', 'GET /users/{id}', 'DELETE /users/{id}']);
  expect(endpoints.find('GET', '/users')).toBe('GET /users');
  expect(endpoints.find('GET', '/users?ids=1,2&q=a/b')).toBe('GET /users');
  expect(endpoints.find('GET', '/users/ann%40example.com?x=1')).toBe('GET /users/{id}');
  expect(endpoints.find('DELETE', '/users/7')).toBe('DELETE /users/{id}');
});

test.each([
  ['GET', '/users/7/more'],
  ['POST', '/users'],
  ['GET', '/people/7'],
  ['GET', ''],
])('labels a call that matches no template as other: %s %s', (method, path) => {
  const endpoints = new Endpoints(['GET /users', 'GET /users/{id}']);
  expect(endpoints.find(method, path)).toBe(otherEndpoint);
});
