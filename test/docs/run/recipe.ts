import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { extractBlocks } from '../blocks.ts';
import { root } from '../pages.ts';

/** A step of a recipe: a file to create, or a part of a file to replace. */
interface Step {
  readonly file: string;
  /** The part to replace; null to create the file. */
  readonly old: string | null;
  readonly text: string;
}

/**
 * Reads the steps of a recipe. The first line of a block names its file: in a comment for a new file, and after `---` for
 * a diff, whose lines must be in the file exactly once.
 */
export async function readSteps(page: string): Promise<readonly Step[]> {
  const tree = fromMarkdown(await readFile(join(root, page), 'utf8'));
  return extractBlocks({ path: page, tree }).map(({ at, lang, text }) => {
    const [, file] = /^(?:\/\/|---) (\S+)\n/.exec(text) ?? [];
    if (file === undefined) throw new Error(`${at}: the first line names no file`);
    const lines = text.split('\n').slice(1, -1);
    if (lang !== 'diff') return { file, old: null, text: `${lines.join('\n')}\n` };
    const pick = (mark: string) =>
      lines.flatMap((line) => (line.startsWith(mark) ? [] : [`${line.slice(1)}\n`])).join('');
    return { file, old: pick('+'), text: pick('-') };
  });
}

const parts = ['src', 'client', 'scripts', 'test', 'docs/reference'];
const files = ['codegen.ts', 'package.json', 'README.md', 'schema.graphql', 'tsconfig.json'];

// The tests are copied for their documents. They name each vendor, and are no part of the recipe.
const compiled = { extends: './tsconfig.json', include: ['src', 'client/src', 'client/codegen'] };

/** Copies what the product consists of to an empty folder, with a link to its packages. */
export async function copyProject(folder: string): Promise<void> {
  const filter = (path: string) => !/\/(node_modules|dist|\.blocks-\w*)$/.test(path);
  for (const part of [...parts, ...files])
    await cp(join(root, part), join(folder, part), { recursive: true, filter });
  await writeFile(join(folder, 'tsconfig.product.json'), JSON.stringify(compiled));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/**
 * Makes a step in a copy of the project.
 *
 * @throws {Error} if a new file exists, or the part to replace is not in its file exactly once
 */
export async function makeStep(folder: string, { file, old, text }: Step): Promise<void> {
  const path = join(folder, file);
  if (old === null) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return;
  }
  const before = await readFile(path, 'utf8');
  const count = before.split(old).length - 1;
  if (count !== 1) throw new Error(`${file}: has these lines ${count} times:\n${old}`);
  await writeFile(
    path,
    before.replace(old, () => text),
  );
}

const execute = promisify(execFile);

/** Runs a command of the project's packages in a folder, and returns what it prints. @throws if it fails */
export async function runPackage(
  folder: string,
  name: string,
  args: readonly string[],
): Promise<string> {
  try {
    const options = { cwd: folder, maxBuffer: 1e8 };
    const { stdout } = await execute(join(root, 'node_modules/.bin', name), args, options);
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${name} ${args.join(' ')}: ${stdout}${stderr}`, { cause: error });
  }
}
