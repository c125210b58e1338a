import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCommand } from '../support/process.ts';
import { modules } from './manifests.ts';

/** An object as it would be applied. */
export type Applied = Readonly<Record<string, unknown>> & { readonly kind: string };

/**
 * Checks objects against the types that Kubernetes declares for their kinds: fields that are wrong, missing, or
 * that no such object has.
 *
 * @returns the errors of each list
 */
export async function typeErrors(
  lists: Readonly<Record<string, readonly Applied[]>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const folder = await mkdtemp(join(tmpdir(), 'manifests-'));
  try {
    await symlink(
      fileURLToPath(new URL('../../node_modules', import.meta.url)),
      join(folder, 'node_modules'),
    );
    for (const [name, objects] of Object.entries(lists)) {
      await writeFile(join(folder, `${name}.ts`), `export {};\n${objects.map(checked).join('')}`);
    }
    const files = Object.keys(lists).map((name) => join(folder, `${name}.ts`));
    const output = await check(files);
    return Object.fromEntries(
      Object.keys(lists).map((name) => [
        name,
        output.filter((line) => line.includes(`${name}.ts(`)),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function checked(object: Applied): string {
  const module = modules[object.kind as keyof typeof modules];
  const type = `import('kubernetes-types/${module}.js').${object.kind}`;
  return `(${JSON.stringify(object)}) satisfies ${type};\n`;
}

async function check(files: readonly string[]): Promise<readonly string[]> {
  const flags = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'nodenext',
  ];
  const env = { PATH: process.env['PATH'] ?? '' };
  await using tsc = startCommand('node_modules/.bin/tsc', [...flags, '--types', '', ...files], env);
  await tsc.exited;
  return tsc
    .output()
    .split('\n')
    .filter((line) => line !== '');
}
