import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { listen } from '../../src/server/listen.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { bundleProgram } from './bundle.ts';
import { FreshProject, type Resolution } from './fresh-project.ts';
import { bin, packageFolder, run } from './run.ts';

/*
 * Checks the package as its users get it: packed, and installed in a fresh project. Run by
 * `npm run client:check`; ends with 1 and the reason at the first thing that does not hold.
 */

const resolutions: readonly Resolution[] = ['nodenext', 'bundler'];
/** The maximum size of a minified bundle with one mutation, in bytes. */
const mostBytes = 10_000;

const folder = await mkdtemp(join(tmpdir(), 'membership-gateway-client-'));
try {
  const tarball = await pack();
  await run(bin('publint'), ['run', '--strict', tarball], folder);
  printStep('publint: nothing to mend');
  await run(bin('attw'), ['--profile', 'esm-only', '--no-emoji', '--no-color', tarball], folder);
  printStep('arethetypeswrong: nothing wrong');
  const sources = join(packageFolder, 'check/project');
  const project = await FreshProject.create(join(folder, 'project'), sources, tarball);
  await checkInstalled(project);
  await checkTypes(project);
  await checkProgram(project);
  await checkBundles(project);
  await checkDocuments(project);
} catch (error) {
  process.stderr.write(`client:check: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

function printStep(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function pack(): Promise<string> {
  await run('npm', ['pack', '--pack-destination', folder], packageFolder);
  const [name = ''] = await readdir(folder);
  assert.match(name, /\.tgz$/, 'npm pack left no tarball');
  printStep(`packed: ${name}`);
  return join(folder, name);
}

async function checkInstalled(project: FreshProject): Promise<void> {
  const installed = await readdir(join(project.folder, 'node_modules'));
  const packages = installed.filter((name) => !name.startsWith('.'));
  assert.deepEqual(packages, ['membership-gateway-client'], 'it brings others along');
  printStep('installed: it brings nothing else along');
}

async function checkTypes(project: FreshProject): Promise<void> {
  for (const resolution of resolutions) {
    const { code, output } = await project.types(resolution, 'program.ts', 'small.ts');
    assert.equal(code, 0, output);
    const forgotten = await project.types(resolution, 'forgotten.ts');
    assert.notEqual(forgotten.code, 0, 'a forgotten member passed the type check');
    assert.match(forgotten.output, /RateLimitedError/);
  }
  printStep('types: they hold without graphql, and a forgotten member does not pass');
}

async function checkProgram(project: FreshProject): Promise<void> {
  await using sandbox = await startSandbox({ PORT: '0' }, createLog({ write: () => {} }));
  const { origin, server } = await listen(sandbox.gateway, sandbox.config);
  try {
    const printed = await project.run('program.ts', `${origin}/graphql`);
    assert.deepEqual(printed, ['VENDOR_RESPONSE', 'AEROSPIKE NOT_APPLIED', '1 3', 'UNKNOWN']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  printStep('program: ran over the sandbox');
}

async function checkBundles({ folder: project }: FreshProject): Promise<void> {
  const small = await bundleProgram(join(project, 'small.ts'));
  const larger = await bundleProgram(join(project, 'program.ts'));
  assert.deepEqual([...small.imports, ...larger.imports], [], 'the bundle loads other modules');
  assert.ok(small.code.includes('mutation RemoveOrgMember'), 'the bundle lacks its mutation');
  for (const used of ['query Memberships', 'nothing was changed']) {
    assert.ok(larger.code.includes(used), `the bundle lacks "${used}", which is used`);
  }
  for (const unused of ['LeaveGroup', 'query ', 'nothing was changed', 'definitions']) {
    assert.ok(!small.code.includes(unused), `the bundle keeps "${unused}", which is not used`);
  }
  assert.ok(!larger.code.includes('LeaveGroupInput'), 'the bundle keeps other mutations');
  const bytes = Buffer.byteLength(small.code);
  assert.ok(bytes < mostBytes, `one mutation takes ${bytes} bytes; at most ${mostBytes}`);
  printStep(`bundle: one mutation takes ${bytes} bytes, and the rest is gone`);
}

async function checkDocuments(project: FreshProject): Promise<void> {
  await project.install('graphql@16.15.0');
  for (const resolution of resolutions) {
    const { code, output } = await project.types(resolution, 'with-graphql.ts');
    assert.equal(code, 0, output);
  }
  assert.deepEqual(await project.run('with-graphql.ts'), ['true']);
  printStep('documents: they hold with graphql');
}
