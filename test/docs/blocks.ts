import type { Nodes } from 'mdast';
import { type Page, readAllPages } from './pages.ts';

/** A fenced block of a page. */
export interface Block {
  /** Its place, such as `docs/guides/concepts.md:12`. */
  readonly at: string;
  /** The language, or an empty string. */
  readonly lang: string;
  readonly text: string;
  /** The content of the comment before it, such as `<!-- check: on ChangeResult -->`, or null. */
  readonly mark: string | null;
  /** The test that the page names as its own, or null. */
  readonly ownTest: string | null;
  /** The block before it on its page. */
  readonly before: Block | null;
}

/** Returns the blocks of all pages. */
export async function readAllBlocks(): Promise<readonly Block[]> {
  return (await readAllPages()).flatMap(extractBlocks);
}

/** Returns the blocks of a page in order, including those in lists and quotes. */
export function extractBlocks({ path, tree }: Page): readonly Block[] {
  const found: Block[] = [];
  const comments = tree.children.map((node) => (node.type === 'html' ? node.value : ''));
  const ownTest = comments.join('\n').match(/^<!-- checked by (\S+) -->$/m)?.[1] ?? null;
  const walk = (node: Nodes) => {
    if (!('children' in node)) return;
    for (const [index, child] of node.children.entries()) {
      walk(child);
      if (child.type !== 'code') continue;
      const last = node.children[index - 1];
      const said = last?.type === 'html' ? /^<!-- check: (.*) -->$/.exec(last.value) : null;
      found.push({
        at: `${path}:${child.position?.start.line}`,
        lang: child.lang ?? '',
        text: `${child.value}\n`,
        mark: said?.[1] ?? null,
        ownTest,
        before: found.at(-1) ?? null,
      });
    }
  };
  walk(tree);
  return found;
}
