import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { imageFiles, imageOf } from '../../scripts/production/image.ts';
import { startCommand } from '../support/process.ts';
import { startVendor } from '../support/vendor.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFile(`${project}/${file}`, 'utf8');
const text = await read('Dockerfile');
const image = imageOf(text);
const { dependencies, scripts } = JSON.parse(await read('package.json')) as {
  dependencies: Record<string, string>;
  scripts: { start: string; sandbox: string };
};

test('the Dockerfile passes the linter', () => {
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace('WORKDIR', 'WORKDRI'))).not.toEqual([]);
});

test('both stages use the Node.js that package.json pins', () => {
  expect(image.bases).toHaveLength(2);
  for (const base of image.bases) expect(base).toBe(`node:${dependencies['node']}-trixie-slim`);
});

test('the image starts like npm start, without a shell or npm', () => {
  expect(`exec ${image.start.join(' ')}`).toBe(scripts.start);
});

test('no signal opens a debugger, however the process is started', () => {
  for (const start of [scripts.start, scripts.sandbox, image.start.join(' ')]) {
    expect(start.split(' ')).toContain('--disable-sigusr1');
  }
});

test('the image compiles its program with the same flags and user as at run time, and the result is read-only', () => {
  const [made, compiled, kept] = image.steps.map(({ user, command }) => ({
    user,
    command: command.join(' '),
  }));
  expect(image.steps).toHaveLength(3);
  const place = image.env['NODE_COMPILE_CACHE']?.replace('/app/', '');
  expect(made).toEqual({
    user: '0:0',
    command: `sh -c mkdir ${place} && chown ${image.user} ${place}`,
  });
  expect(compiled).toEqual({
    user: image.user,
    command: `env HOST=127.0.0.1 AEROSPIKE_URL=https://vendor.invalid ${image.start.join(' ')} --check`,
  });
  expect(kept).toEqual({
    user: '0:0',
    command: `sh -c chown -R 0:0 ${place} && chmod -R a+rX,go-w ${place}`,
  });
});

test('the image runs as a numeric user that is not root', () => {
  expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
});

test('the image installs production packages from the lock file, without the client', () => {
  const words = image.install.split(' ');
  expect(words.slice(0, 2)).toEqual(['npm', 'ci']);
  expect(words).toEqual(expect.arrayContaining(['--omit=dev', '--workspaces=false']));
});

test('the image contains the whole program, and no sandbox, tests, client or tools', async () => {
  const files = await imageFiles(project, image);
  const others = files.filter((file) => !file.startsWith('src/'));
  expect(others.toSorted()).toEqual(['LICENSE', 'package-lock.json', 'package.json']);
  expect(files).toContain('src/main.ts');
  expect(files).toContain('src/graphiql/start.js');
  expect(files.filter((file) => file.startsWith('src/sandbox'))).toEqual([]);
});

test.each([
  [200, 0],
  [503, 1],
])('its health check: an answer with %i ends it with %i', async (status, code) => {
  await using server = await startVendor({ status });
  const [, ...args] = image.health;
  const { port } = new URL(server.url);
  await using check = startCommand(process.execPath, args, { PORT: port });
  expect(await check.exited).toBe(code);
  expect(server.calls.map(({ url }) => url)).toEqual(['/health']);
});
