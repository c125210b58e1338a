import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of a page. */
export interface Block {
  /** Where it stands, such as `docs/concepts.md:12`. */
  readonly at: string;
  /** The language behind the fence; empty where there is none. */
  readonly lang: string;
  readonly text: string;
  /** What the comment before it says, as `<!-- check: on ChangeResult -->` does; null where there is none. */
  readonly mark: string | null;
  /** The block before it on its page. */
  readonly before: Block | null;
}

/** The blocks of all pages of the project, the packages' own apart. */
export async function allBlocks(): Promise<readonly Block[]> {
  const found: Block[] = [];
  const exclude = (path: string) => /(^|\/)(node_modules|\.blocks-\w*)$/.test(path);
  for await (const page of glob('**/*.md', { cwd: root, exclude })) {
    found.push(...blocksOf(page, await readFile(`${root}/${page}`, 'utf8')));
  }
  return found;
}

/** The blocks of a page, in its order, those in lists and quotes too. */
export function blocksOf(page: string, markdown: string): readonly Block[] {
  const found: Block[] = [];
  const walk = (node: Nodes) => {
    if (!('children' in node)) return;
    for (const [index, child] of node.children.entries()) {
      walk(child);
      if (child.type !== 'code') continue;
      const last = node.children[index - 1];
      const said = last?.type === 'html' ? /^<!-- check: (.*) -->$/.exec(last.value) : null;
      found.push({
        at: `${page}:${child.position?.start.line}`,
        lang: child.lang ?? '',
        text: `${child.value}\n`,
        mark: said?.[1] ?? null,
        before: found.at(-1) ?? null,
      });
    }
  };
  walk(fromMarkdown(markdown));
  return found;
}
