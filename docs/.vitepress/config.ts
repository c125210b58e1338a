import { readFileSync } from 'node:fs';
import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { pages, root, sections } from './pages.ts';
import { resolveLinks, sourceFiles } from './source-links.ts';

/** Names in the sidebar of pages whose first heading is the name of a package. */
const shortTitles: Readonly<Record<string, string>> = {
  'README.md': 'Overview',
  'client/README.md': 'Typed client',
  'docs/guides/concepts.md': 'Concepts',
};

/** Returns the name of a page in the sidebar: its first heading, unless it has a shorter one. */
function readTitle(file: string): string {
  const short = shortTitles[file];
  if (short !== undefined) return short;
  const [, title = file] = /^# (.+)$/m.exec(readFileSync(`${root}/${file}`, 'utf8')) ?? [];
  return title.replaceAll('`', '');
}

/** Returns the address of a page, without its extension. */
function toLink(file: string): string {
  return `/${(pages.get(file) ?? file).replace(/(?:^index)?\.md$/, '')}`;
}

/** A grammar for PromQL, which Shiki does not have. */
const promql = {
  name: 'promql',
  scopeName: 'source.promql',
  patterns: [
    { match: '"[^"]*"', name: 'string.quoted' },
    { match: '\\b(?:sum|max|rate|increase|by|and|on)\\b', name: 'keyword' },
    { match: '\\b\\d+[smhd]?\\b', name: 'constant.numeric' },
  ],
};

// The site is made of the same files that the repository shows, README.md included, so its sources are in the
// project's folder.
export default defineConfig({
  srcDir: '..',
  title: 'membership-gateway',
  description:
    'One GraphQL API for memberships in Wethod, Kaiten, Aerospike Cloud and Rocket.Chat.',
  // There is no icon. Without this line, browsers request one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcExclude: ['**/.blocks-*/**', 'bench/**'],
  rewrites: Object.fromEntries(pages),
  ignoreDeadLinks: false,
  markdown: {
    languages: [promql],
    // GitHub's anchors, so that the same links work in both places.
    anchor: { slugify: slug },
    config: (markdown) => markdown.use(resolveLinks),
  },
  vite: { plugins: [sourceFiles.plugin] },
  buildEnd: ({ outDir }) => sourceFiles.copyTo(outDir),
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: toLink('docs/guides/concepts.md') },
      { text: 'Reference', link: toLink('docs/reference/configuration.md') },
      { text: 'Runbook', link: toLink('docs/operations.md') },
    ],
    sidebar: sections.map(({ text, files }) => ({
      text,
      items: files.map((file) => ({ text: readTitle(file), link: toLink(file) })),
    })),
  },
});
