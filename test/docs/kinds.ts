import type { Block } from './blocks.ts';

/** The way to run a program: not at all, to its end, or as a server for the rest of its page. */
export type Runs = 'never' | 'to its end' | 'as a server';

/** The kind of a block, which determines its check. */
export type Kind =
  /** A document, which is run if its response follows. */
  | { readonly is: 'document' }
  /** A selection on a type. */
  | { readonly is: 'selection'; readonly type: string }
  /** A TypeScript module, with declarations before it. */
  | { readonly is: 'typescript'; readonly declared: string; readonly runs: Runs }
  | { readonly is: 'program'; readonly language: 'sh' | 'python' | 'js' }
  /** The output of the block before it, or of running that block `again`. */
  | { readonly is: 'output'; readonly of: Block; readonly again: boolean }
  | { readonly is: 'json' }
  | { readonly is: 'service keys' }
  | { readonly is: 'yaml' }
  /** A part of a file of the project, in any language. */
  | { readonly is: 'part'; readonly file: string }
  /** A block that the page's own test checks. */
  | { readonly is: 'tested'; readonly by: string }
  /** A command in {@link elsewhere}. */
  | { readonly is: 'elsewhere' };

/** The commands that are not run here, with the reasons. */
export const elsewhere: ReadonlyMap<string, string> = new Map([
  ['npm ci && npm run sandbox', '.ci/run starts it so, and sends it each mutation'],
  ['npm run schema:diff', '.ci/run runs it'],
  ['npm run example', 'it would go on for ever; test/browser/offboarding.test.ts serves it so'],
  [
    'WETHOD_URL=https://api.wethod.com KAITEN_URL=https://acme.kaiten.ru/api/latest npm start',
    'it would go on for ever; with -- --check the test of pages runs it',
  ],
  [
    'docker build -t membership-gateway .\ndocker run --read-only --stop-timeout 45 -p 4000:4000 --env-file gateway.env membership-gateway',
    'it takes an image from a registry; npm run production:check installs and starts what goes into it',
  ],
  [
    'DATABASE_PASSWORD=$(openssl rand -hex 16) docker compose -f deploy/compose.yaml up --build',
    'it takes images from a registry; test/deploy/compose.test.ts compares the file with the configuration',
  ],
]);

/**
 * What a block is, by its language and the comment before it.
 *
 * @throws {Error} where that is nothing that can be checked
 */
export function classifyBlock(block: Block): Kind {
  const { lang, mark, before } = block;
  if (block.ownTest !== null && mark === null) return { is: 'tested', by: block.ownTest };
  const [word = '', ...rest] = mark?.split(' ') ?? [];
  const more = rest.join(' ');
  const outputOf = before !== null && isRun(before) ? before : null;
  const last = before !== null && word === 'again' ? findSource(before) : null;
  if (word === 'part') return { is: 'part', file: more.replace('of ', '') };
  switch (`${lang} ${word}`.trim()) {
    case 'graphql':
      return { is: 'document' };
    case 'graphql on':
      return { is: 'selection', type: more };
    case 'ts':
    case 'tsx':
      return { is: 'typescript', declared: '', runs: 'never' };
    case 'ts run':
      return { is: 'typescript', declared: '', runs: 'to its end' };
    case 'ts serve':
      return { is: 'typescript', declared: '', runs: 'as a server' };
    case 'ts given':
    case 'tsx given':
      return { is: 'typescript', declared: `declare const ${more};\n`, runs: 'never' };
    case 'sh':
      return elsewhere.has(block.text.trim())
        ? { is: 'elsewhere' }
        : { is: 'program', language: 'sh' };
    case 'js':
      return { is: 'program', language: 'js' };
    case 'python':
      return { is: 'program', language: 'python' };
    case 'json':
      return outputOf === null ? { is: 'json' } : { is: 'output', of: outputOf, again: false };
    case 'json sample':
      return { is: 'json' };
    case 'json service-keys':
      return { is: 'service keys' };
    case 'text':
      if (outputOf !== null) return { is: 'output', of: outputOf, again: false };
      break;
    case 'json again':
    case 'text again':
      if (last !== null) return { is: 'output', of: last, again: true };
      break;
    case 'yaml':
      return { is: 'yaml' };
    case 'mermaid':
      return { is: 'elsewhere' };
  }
  const what = `${lang || 'no language'}${mark === null ? '' : `, with "${mark}"`}`;
  throw new Error(`${block.at}: cannot check a block of this kind: ${what}`);
}

/** Returns whether a block has an output. */
export function isRun(block: Block): boolean {
  const kind = classifyBlock(block);
  if (kind.is === 'typescript') return kind.runs === 'to its end';
  return kind.is === 'program' || kind.is === 'document';
}

/** Returns the block that produces an output, or the block itself if it is run. */
function findSource(block: Block): Block | null {
  const kind = classifyBlock(block);
  if (kind.is === 'output') return kind.of;
  return isRun(block) ? block : null;
}
