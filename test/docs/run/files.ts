import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Block } from '../blocks.ts';
import { root } from '../pages.ts';

/** A folder for blocks as files, from where the packages that pages name are found. */
export interface BlockFiles extends AsyncDisposable {
  readonly folder: string;
  /** Writes one, and returns its name. */
  write(block: Block, extension: string, text: string): Promise<string>;
}

/**
 * Makes one in `docs`, where `npm --prefix docs ci` has put what is no dependency of the gateway itself. The
 * schema lies in it, as a user would have copied it.
 */
export async function blockFiles(): Promise<BlockFiles> {
  const folder = await mkdtemp(join(root, 'docs/.blocks-'));
  await copyFile(join(root, 'schema.graphql'), join(folder, 'schema.graphql'));
  return {
    folder,
    write: async ({ at }, extension, text) => {
      const name = `${at.replaceAll(/[^\w-]/g, '_')}.${extension}`;
      await writeFile(join(folder, name), text);
      return name;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
