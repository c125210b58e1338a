import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A page of the project. */
export interface Page {
  /** Its place in the project. */
  readonly path: string;
  readonly tree: Root;
}

/** Returns the paths of all pages of the project, except those of packages. */
export async function listPages(): Promise<readonly string[]> {
  const exclude = (path: string) => /(^|\/)(node_modules|\.blocks-\w*)$/.test(path);
  const paths = await Array.fromAsync(glob('**/*.md', { cwd: root, exclude }));
  return paths.toSorted();
}

let pages: Promise<readonly Page[]> | null = null;

/** Returns all pages of the project, which are parsed once for each worker of the tests. */
export function readAllPages(): Promise<readonly Page[]> {
  pages ??= listPages().then((paths) => Promise.all(paths.map(parsePage)));
  return pages;
}

async function parsePage(path: string): Promise<Page> {
  return { path, tree: fromMarkdown(await readFile(`${root}/${path}`, 'utf8')) };
}
