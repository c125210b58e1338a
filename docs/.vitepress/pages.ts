import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The sections of the sidebar, with the files of their pages. */
export const sections: readonly { readonly text: string; readonly files: readonly string[] }[] = [
  {
    text: 'Start',
    files: ['README.md', 'docs/guides/concepts.md', 'client/README.md'],
  },
  {
    text: 'Guides',
    files: [
      'docs/guides/queries.md',
      'docs/guides/outcomes.md',
      'docs/guides/authentication.md',
      'docs/guides/deployment.md',
    ],
  },
  {
    text: 'Recipes',
    files: [
      'docs/recipes/front-end.md',
      'docs/recipes/server-to-server.md',
      'docs/recipes/federation.md',
      'examples/offboarding/README.md',
    ],
  },
  {
    text: 'Reference',
    files: [
      'docs/reference/configuration.md',
      'docs/reference/errors.md',
      'docs/reference/limits.md',
      'docs/reference/resilience.md',
      'docs/reference/security.md',
      'docs/reference/telemetry.md',
      'docs/reference/audit-log.md',
      'docs/reference/sandbox.md',
      'docs/reference/versioning.md',
    ],
  },
  { text: 'Operations', files: ['docs/operations.md', 'SECURITY.md'] },
  { text: 'Background', files: ['docs/comparison.md', 'docs/benchmarks.md', 'CHANGELOG.md'] },
  {
    text: 'Contributing',
    files: [
      'CONTRIBUTING.md',
      ...globSync('docs/contributing/*.md', { cwd: root }).sort(),
      'docs/recipes/adding-a-mutation.md',
      'docs/recipes/adding-a-vendor.md',
    ],
  },
];

/** The place of each page in the site, by its file in the project. */
export const pages: ReadonlyMap<string, string> = new Map(
  sections.flatMap(({ files }) => files).map((file) => [file, toSitePath(file)]),
);

const exclude = (path: string) => /(?:^|\/)(?:node_modules|\.blocks-\w*)$/.test(path);
const notListed = globSync('docs/**/*.md', { cwd: root, exclude }).filter(
  (file) => !pages.has(file),
);
if (notListed.length > 0) {
  throw new Error(`Every page needs a place in the sidebar. Add these: ${notListed.join(', ')}`);
}

function toSitePath(file: string): string {
  if (file === 'README.md') return 'index.md';
  return file
    .replace(/^docs\//, '')
    .replace(/\/README\.md$/, '.md')
    .toLowerCase();
}
