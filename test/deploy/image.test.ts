import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { listFiles, readImage } from '../../scripts/production/image.ts';
import { startCommand } from '../support/process.ts';
import { startVendor } from '../support/vendor.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFile(`${project}/${file}`, 'utf8');
const text = await read('Dockerfile');
const image = readImage(text);
const { dependencies, scripts } = JSON.parse(await read('package.json')) as {
  dependencies: Record<string, string>;
  scripts: { start: string; sandbox: string };
};

test('the Dockerfile passes the linter', () => {
  expect(validate(text)).toEqual([]);
  expect(validate(text.replace('WORKDIR', 'WORKDRI'))).not.toEqual([]);
});

test('all stages have the Node.js that package.json pins', () => {
  expect(image.bases).toHaveLength(3);
  for (const base of image.bases) expect(base).toBe(`node:${dependencies['node']}-trixie-slim`);
});

test('it starts with the flags of npm start, without a shell or npm before it', () => {
  const flags = (command: string) =>
    command.split(' ').filter((word) => /^--(?!import)/.test(word));
  expect(flags(image.start.join(' '))).toEqual(flags(scripts.start));
  expect([image.start[0], image.start.at(-1)]).toEqual(['node', `${image.build.folder}/main.js`]);
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

test('the program is bundled from its sources, and nothing else gets in: no sandbox, tests, client or tools', async () => {
  expect(await listFiles(project, image.sources)).toEqual(
    expect.arrayContaining(['LICENSE', 'package-lock.json', 'package.json']),
  );
  expect(image.sources).toHaveLength(3);
  const sources = await listFiles(project, image.buildSources);
  const others = sources.filter((file) => !file.startsWith('src/'));
  expect(others.toSorted()).toEqual(['package-lock.json', 'package.json', 'scripts/build.ts']);
  expect(sources).toContain('src/main.ts');
  expect(sources).toContain('src/graphiql/start.js');
  expect(sources.filter((file) => file.startsWith('src/sandbox'))).toEqual([]);
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
