import type { Nodes } from 'mdast';
import { type Page, readAllPages } from './pages.ts';

/** A fenced block of a page. */
export interface Block {
  /** Where it stands, such as `docs/concepts.md:12`. */
  readonly at: string;
  /** The language behind the fence; empty where there is none. */
  readonly lang: string;
  readonly text: string;
  /** What the comment before it says, as `<!-- check: on ChangeResult -->` does; null where there is none. */
  readonly mark: string | null;
  /** The test that the page names as its own; null where it names none. */
  readonly ownTest: string | null;
  /** The block before it on its page. */
  readonly before: Block | null;
}

/** The blocks of all pages of the project. */
export async function readAllBlocks(): Promise<readonly Block[]> {
  return (await readAllPages()).flatMap(extractBlocks);
}

/** The blocks of a page, in its order, those in lists and quotes too. */
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
