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

/** All pages of the project, but for those that packages bring along. */
export async function readAllPages(): Promise<readonly Page[]> {
  const exclude = (path: string) => /(^|\/)(node_modules|\.blocks-\w*)$/.test(path);
  const pages: Page[] = [];
  for await (const path of glob('**/*.md', { cwd: root, exclude })) {
    pages.push({ path, tree: fromMarkdown(await readFile(`${root}/${path}`, 'utf8')) });
  }
  return pages.sort((one, other) => (one.path < other.path ? -1 : 1));
}
