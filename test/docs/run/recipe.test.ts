import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCommand } from '../../support/process.ts';
import { root } from '../pages.ts';
import { copyProject, makeStep, readSteps, runPackage } from './recipe.ts';

const vendorPage = 'docs/recipes/adding-a-vendor.md';
const mutationPage = 'docs/recipes/adding-a-mutation.md';
const vendorSteps = await readSteps(vendorPage);
const mutationSteps = await readSteps(mutationPage);
const copy = await mkdtempDisposable(join(tmpdir(), 'membership-gateway-recipe-'));
const folder = copy.path;

beforeAll(async () => {
  await copyProject(folder);
  for (const step of [...vendorSteps, ...mutationSteps]) await makeStep(folder, step);
  await runPackage(folder, 'graphql-codegen', ['--config', 'codegen.ts']);
}, 120_000);

afterAll(() => copy.remove());

/** Starts a vendor that knows one member of one roster, and keeps the calls. */
async function startStub() {
  const calls: { readonly call: string; readonly headers: string }[] = [];
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    calls.push({ call: `${method} ${url}`, headers: JSON.stringify(headers) });
    const [status, body] = url.endsWith('/members/ana')
      ? [204, '']
      : [404, JSON.stringify({ code: 'not_found', message: 'No such member.' })];
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function start(entry: string, env: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const preload = '--import=./src/preload.js';
  return startCommand(process.execPath, [preload, entry, ...args], env, folder);
}

function countFiles(steps: typeof vendorSteps): number {
  return new Set(steps.map(({ file }) => file)).size;
}

const query = `mutation ($input: RemoveRosterMemberInput!) {
  removeRosterMember(input: $input) {
    __typename
    ... on RemoveRosterMemberSuccess { outcome rosterId }
    ... on MembershipError { outcome vendor vendorMessage }
  }
}`;

test('a vendor takes as many files as its recipe says', async () => {
  const text = await readFile(join(root, vendorPage), 'utf8');
  const [, all, fresh] = /takes (\d+)\s+files: (\d+) new ones/.exec(text) ?? [];
  const created = vendorSteps.filter(({ old }) => old === null);
  expect([countFiles(vendorSteps), created.length]).toEqual([Number(all), Number(fresh)]);
});

test('a mutation takes as many files as its recipe says', async () => {
  const text = await readFile(join(root, mutationPage), 'utf8');
  const [, all] = /takes (\d+)\s+files/.exec(text) ?? [];
  expect(countFiles(mutationSteps)).toBe(Number(all));
});

test('a project with the vendor of the recipe passes the type check, with its client', async () => {
  expect(await runPackage(folder, 'tsc', ['--project', 'tsconfig.product.json'])).toBe('');
  expect(await runPackage(folder, 'tsc', ['--project', 'client', '--noEmit'])).toBe('');
  const client = await readFile(join(folder, 'client/src/generated/mutations.ts'), 'utf8');
  expect(client).toContain('export function removeRosterMember(');
  expect(client).toContain('export function addRosterMember(');
});

test('the gateway makes the mutation of the recipe, and forwards its credentials to its vendor only', async () => {
  await using skyroster = await startStub();
  await using other = await startStub();
  await using gateway = start('src/main.ts', {
    SKYROSTER_URL: skyroster.url,
    KAITEN_URL: other.url,
    PORT: '0',
    ADMIN_PORT: '0',
  });
  const [, origin = ''] = await gateway.printed(/"url":"(http:[^"]+)\/graphql"/);
  const remove = async (memberId: string) => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'skyroster-authorization': 'Bearer own-secret',
        'kaiten-authorization': 'Bearer other-secret',
      },
      body: JSON.stringify({ query, variables: { input: { rosterId: 'early', memberId } } }),
    });
    return (await response.json()) as { data: { removeRosterMember: unknown } };
  };
  expect(await remove('ana')).toEqual({
    data: {
      removeRosterMember: {
        __typename: 'RemoveRosterMemberSuccess',
        outcome: 'APPLIED',
        rosterId: 'early',
      },
    },
  });
  expect(await remove('zoe')).toEqual({
    data: {
      removeRosterMember: {
        __typename: 'NotFoundError',
        outcome: 'NOT_APPLIED',
        vendor: 'SKYROSTER',
        vendorMessage: 'No such member.',
      },
    },
  });
  expect(skyroster.calls.map(({ call }) => call)).toEqual([
    'DELETE /rosters/early/members/ana',
    'DELETE /rosters/early/members/zoe',
  ]);
  for (const { headers } of skyroster.calls) {
    expect(headers).toContain('Bearer own-secret');
    expect(headers).not.toContain('other-secret');
  }
  expect(other.calls).toEqual([]);
});

test('--help lists the variables of the vendor of the recipe', async () => {
  await using help = start('src/main.ts', {}, ['--help']);
  expect(await help.exited).toBe(0);
  expect(help.output()).toContain('SKYROSTER_URL');
  expect(help.output()).toContain('SKYROSTER_RATE_LIMIT');
});

test('the sandbox of the recipe applies the example of every mutation', async () => {
  await using sandbox = start('src/sandbox/main.ts', { PORT: '0', ADMIN_PORT: '0' });
  const [, api = ''] = await sandbox.printed(/POST (http:\S+\/graphql)/);
  await using examples = start('scripts/try-examples.ts', {}, [api]);
  expect(await examples.exited, examples.output()).toBe(0);
  expect(examples.output()).toContain('"__typename":"RemoveRosterMemberSuccess"');
  expect(examples.output()).toContain('"__typename":"AddRosterMemberSuccess"');
});
