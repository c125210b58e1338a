import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startCommand } from '../test/support/process.ts';
import { startVendor } from '../test/support/vendor.ts';
import { type Confinement, confineCommand, release, runAsUser } from './production/confinement.ts';
import { type Image, listFiles, projectImage, type Step } from './production/image.ts';

/*
 * Checks that the deployed files run: the image's files in a clean folder, with production packages only, started as
 * another user without write access. `npm run production:check` runs it. It exits with 1 and the reason at the first
 * failure.
 */

/** A way to install and start the gateway. */
interface Way {
  readonly name: string;
  readonly install: string;
  /** The command to run once after the installation. */
  readonly steps: readonly Step[];
  readonly start: readonly string[];
  /** True to use the Node.js that was installed with the gateway. */
  readonly hasOwnNode: boolean;
}

interface Package {
  readonly scripts: { readonly start: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const project = fileURLToPath(new URL('..', import.meta.url));
const shell = promisify(execFile);
const { scripts, dependencies, devDependencies } = JSON.parse(
  await readFile(join(project, 'package.json'), 'utf8'),
) as Package;
const userId = '1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01';

try {
  const image = await projectImage(project);
  assert.equal(
    process.version,
    `v${dependencies['node']}`,
    'run it by npm, which knows the Node.js',
  );
  await shell('sh', ['-c', image.build.command], { cwd: project });
  const ways: readonly Way[] = [
    { name: 'as the Dockerfile', ...image, hasOwnNode: false },
    {
      name: 'as npm start',
      install: 'npm ci --omit=dev --workspaces=false --no-audit --no-fund',
      steps: [],
      start: ['sh', '-c', scripts.start],
      hasOwnNode: true,
    },
  ];
  for (const way of ways) await check(way, image);
} catch (error) {
  process.stderr.write(`production:check: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

function printStep(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function check(way: Way, image: Image): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'membership-gateway-production-'));
  const [app, state, bin] = ['app', 'state', 'bin'].map((name) => join(folder, name));
  assert.ok(app && state && bin);
  try {
    for (const each of [app, state, bin]) await mkdir(each);
    await chmod(folder, 0o755);
    const files = await listFiles(project, [
      ...image.sources,
      ...(way.hasOwnNode ? image.buildSources : []),
    ]);
    for (const file of files) await cp(join(project, file), join(app, file));
    const { folder: built } = image.build;
    if (!way.hasOwnNode) await cp(join(project, built), join(app, built), { recursive: true });
    await shell('sh', ['-c', way.install], { cwd: app });
    await checkInstalled(app);
    printStep(`${way.name}: ${files.length} files, and "${way.install}"`);
    if (!way.hasOwnNode) await copyFile(process.execPath, join(bin, 'node'));
    const path = [way.hasOwnNode ? join(app, 'node_modules/.bin') : bin, '/usr/bin', '/bin'];
    const env = { ...checkInPlace(image.env, app), PATH: path.join(':') };
    const isRoot = process.getuid?.() === 0;
    if (isRoot) for (const step of way.steps) await take(step, app, env);
    const confinement = await confineCommand({ app, state });
    await checkConfined(confinement, state);
    printStep(`${way.name}: confined ${confinement.means}`);
    await checkRunning(confinement.wrap(way.start), env, folder);
    printStep(`${way.name}: started, ready, made a change, recorded it, stopped with 0`);
    if (way.steps.length === 0) return;
    if (isRoot) await checkCompiled(confinement.wrap(way.start), env);
    const found = isRoot
      ? 'found all of its program compiled'
      : 'was not compiled: that takes root';
    printStep(`${way.name}: ${found}`);
  } finally {
    await release(app);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Replaces the image's folder with the one of this check. */
function checkInPlace(env: Image['env'], app: string): Image['env'] {
  const entries = Object.entries(env).map(([name, value]) => [
    name,
    value.replace(/^\/app\b/, app),
  ]);
  return Object.fromEntries(entries);
}

/** Runs the commands of the image's build as its users, which requires root. */
async function take({ user, command }: Step, app: string, env: Image['env']): Promise<void> {
  const [uid = '', gid = ''] = user.split(':');
  const [program = '', ...args] = [...runAsUser(uid, gid), '--', ...command];
  await shell(program, args, { cwd: app, env });
}

/** Checks by what Node.js reports of its compile cache that all files that a start loads had been compiled. */
async function checkCompiled(
  [command = '', ...args]: readonly string[],
  env: Image['env'],
): Promise<void> {
  await using gateway = startCommand(command, args, {
    ...env,
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    AEROSPIKE_URL: 'https://vendor.invalid',
    NODE_DEBUG_NATIVE: 'COMPILE_CACHE',
  });
  await gateway.printed(/"msg":"listening"/);
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 0);
  const found = gateway.output().match(/V8 code cache for \S+ \S+ was accepted/g) ?? [];
  assert.ok(found.length > 10, `${found.length} files came compiled`);
  const missing = gateway.output().match(/V8 code cache for .* was not initialized/g) ?? [];
  assert.deepEqual(missing, [], 'compiled at each start');
}

/** Checks that exactly the packages that are declared for production are installed. */
async function checkInstalled(app: string): Promise<void> {
  const modules = join(app, 'node_modules');
  const installed = new Set(await readdir(modules, { recursive: false }));
  for (const name of await readdir(modules)) {
    if (!name.startsWith('@')) continue;
    for (const one of await readdir(join(modules, name))) installed.add(`${name}/${one}`);
  }
  const missing = Object.keys(dependencies).filter((name) => !installed.has(name));
  assert.deepEqual(missing, [], 'not installed');
  // Dependencies of production packages may be installed.
  const lock = JSON.parse(await readFile(join(app, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const isDevelopers = (name: string) => lock.packages[`node_modules/${name}`]?.dev === true;
  const others = Object.keys(devDependencies).filter(
    (name) => isDevelopers(name) && installed.has(name),
  );
  assert.deepEqual(others, [], 'installed, though for development alone');
  assert.ok(!installed.has('membership-gateway-client'), 'the client was installed');
}

/** Checks that a confined command can write to one folder only. */
async function checkConfined({ wrap, isWhole }: Confinement, state: string): Promise<void> {
  const script = 'for at in "$@"; do if touch "$at/written" 2>/dev/null; then echo "$at"; fi; done';
  const places = ['.', 'node_modules', ...(isWhole ? [tmpdir(), '/var/tmp'] : []), state];
  const [command = '', ...args] = wrap(['sh', '-c', script, 'sh', ...places]);
  const { stdout } = await shell(command, args);
  assert.deepEqual(stdout.trim().split('\n'), [state], 'it can write where it may not');
}

async function checkRunning(
  [command = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<void> {
  const key = randomBytes(32).toString('hex');
  const keysFile = await writeSecrets(folder, key);
  const auditFile = join(folder, 'state/audit.jsonl');
  await using vendor = await startVendor({ status: 204 });
  await using gateway = startCommand(command, args, {
    ...env,
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    AEROSPIKE_URL: vendor.url,
    AUDIT_LOG: auditFile,
    SERVICE_KEYS_FILE: keysFile,
  });
  const [, origin = '', admin = ''] = await gateway.printed(
    /"url":"(http:[^"]+)\/graphql","admin":"(http:[^"]+)"/,
  );
  for (const url of [`${origin}/health`, `${origin}/ready`, `${admin}/metrics`]) {
    assert.equal((await fetch(url)).status, 200, url);
  }
  const query = `mutation { removeOrgMember(input: {userId: "${userId}"}) { ...on ChangeResult { outcome } } }`;
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  assert.deepEqual(await response.json(), { data: { removeOrgMember: { outcome: 'APPLIED' } } });
  assert.deepEqual(
    vendor.calls.map(({ method, headers }) => [method, headers.authorization]),
    [['DELETE', 'Bearer of-the-service']],
  );
  // Without the flags of the start it would open a debugger, and write where.
  gateway.child.kill('SIGUSR1');
  assert.equal((await fetch(`${origin}/health`)).status, 200);
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 0, gateway.output());
  assert.doesNotMatch(gateway.output(), /debugger/i);
  assert.match(gateway.output(), /"msg":"stopped"/);
  const lines = (await readFile(auditFile, 'utf8')).trim().split('\n');
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  assert.deepEqual(events, ['opened', 'started', 'finished']);
}

/** Writes the files of a service key and its credential. */
async function writeSecrets(folder: string, key: string): Promise<string> {
  const credential = join(folder, 'secrets/aerospike-authorization');
  await mkdir(dirname(credential));
  await writeFile(credential, 'Bearer of-the-service');
  const keys = [createHash('sha256').update(key).digest('hex')];
  const credentials = { 'aerospike-authorization': credential };
  const file = join(folder, 'secrets/services.json');
  await writeFile(file, JSON.stringify({ services: [{ name: 'offboarding', keys, credentials }] }));
  return file;
}
