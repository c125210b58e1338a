import { createReadStream, existsSync, statSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { MarkdownOptions, UserConfig } from 'vitepress';
import { pages, root } from './pages.ts';

type Renderer = Parameters<NonNullable<MarkdownOptions['config']>>[0];
type VitePlugin = NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number];

/** The files outside of the site that its pages link to. They are served as text under `/source/`. */
const linked = new Set<string>();

/**
 * Makes the links of a page work in the site as they do in the repository: links to pages lead to their place in the
 * site, and links to other files to a copy of the file. Links to folders become plain text.
 */
export function resolveLinks(markdown: Renderer): void {
  markdown.core.ruler.push('project-links', ({ tokens, env }) => {
    const page: string = env.realPath ?? env.path;
    for (const { children } of tokens) {
      let isFolder = false;
      for (const token of children ?? []) {
        if (token.type === 'link_close' && isFolder) token.tag = 'span';
        if (token.type !== 'link_open') continue;
        const target = resolveTarget(page, token.attrGet('href') ?? '');
        isFolder = target === null;
        if (target !== null) token.attrSet('href', target);
        else {
          token.tag = 'span';
          token.attrs = [];
          // The renderer's rule for links would add attributes of a link.
          token.type = 'folder_open';
        }
      }
    }
  });
}

/** Returns the address in the site that a link of a page leads to, and null for a folder. */
function resolveTarget(page: string, href: string): string | null {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const file = relative(root, join(dirname(page), path));
  const place = pages.get(file);
  if (place !== undefined) return `/${place}${anchor === undefined ? '' : `#${anchor}`}`;
  // VitePress reports what does not exist as a dead link.
  if (!existsSync(join(root, file))) return href;
  if (statSync(join(root, file)).isDirectory()) return null;
  linked.add(file);
  return toSourcePath(file);
}

/** Returns the address of a file's copy. Images keep their type; everything else is shown as text. */
function toSourcePath(file: string): string {
  return `/source/${file}${file.endsWith('.png') ? '' : '.txt'}`;
}

/** Serves the linked files while pages are edited, and copies them into a built site. */
export const sourceFiles = {
  plugin: {
    name: 'source-files',
    configureServer: (server) => {
      server.middlewares.use('/source', (request, response, next) => {
        const file = [...linked].find((one) => toSourcePath(one) === `/source${request.url}`);
        if (file === undefined) return next();
        const type = file.endsWith('.png') ? 'image/png' : 'text/plain; charset=utf-8';
        response.setHeader('content-type', type);
        createReadStream(join(root, file)).pipe(response);
      });
    },
  } satisfies VitePlugin,
  copyTo: async (folder: string): Promise<void> => {
    for (const file of linked) {
      const copy = join(folder, toSourcePath(file));
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(join(root, file), copy);
    }
  },
};
