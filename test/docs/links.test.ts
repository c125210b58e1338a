import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import GitHubSlugger from 'github-slugger';
import type { Nodes } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { expect, test } from 'vitest';
import { type Page, readAllPages, root } from './pages.ts';

const pages = await readAllPages();

/** A node, and all that is in it. */
function* iterateNodes(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* iterateNodes(child);
}

/** The anchors that GitHub gives a page's headings. */
function listAnchors({ tree }: Page): ReadonlySet<string> {
  const slugger = new GitHubSlugger();
  const headings = [...iterateNodes(tree)].filter((node) => node.type === 'heading');
  return new Set(headings.map((heading) => slugger.slug(textOf(heading))));
}

test('every link within the project leads to a file and, if it has an anchor, to a heading', () => {
  const anchors = new Map(pages.map((page) => [page.path, listAnchors(page)]));
  const broken = pages.flatMap(({ path, tree }) =>
    [...iterateNodes(tree)].flatMap((node) => {
      if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return [];
      if (/^[a-z]+:/.test(node.url)) return [];
      const [file = '', anchor] = node.url.split('#');
      const target = file === '' ? path : relative(root, join(root, path, '..', file));
      const isThere =
        existsSync(join(root, target)) &&
        (anchor === undefined || anchors.get(target)?.has(anchor) === true);
      return isThere ? [] : [`${path}: ${node.url}`];
    }),
  );
  expect(broken).toEqual([]);
});

test('every link reference is defined and used', () => {
  for (const { path, tree } of pages) {
    const nodes = [...iterateNodes(tree)];
    const defined = nodes.flatMap((node) => (node.type === 'definition' ? [node.identifier] : []));
    const used = nodes.flatMap((node) => (node.type === 'linkReference' ? [node.identifier] : []));
    expect([...new Set(used)].sort(), path).toEqual(defined.sort());
    // A name that stands for nothing is read as plain text.
    const texts = nodes.flatMap((node) => (node.type === 'text' ? [node.value] : []));
    expect(
      texts.filter((text) => text.includes('][')),
      path,
    ).toEqual([]);
  }
});
