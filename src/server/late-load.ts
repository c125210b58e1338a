import { createRequire } from 'node:module';

/**
 * Loads a package on first use that the start does not need. It is `require` and not `import()`: if a file of the
 * package could not be read because no file descriptor was free, `import()` remembers the failure and fails from then
 * on, whereas `require` reads the file again.
 */
export const loadLate = createRequire(import.meta.url);

/** Returns a function that creates a value on its first call. A failed attempt is repeated by the next call. */
export function createOnce<T>(create: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | null = null;
  return () => {
    value ??= create().catch((error: unknown) => {
      value = null;
      throw error;
    });
    return value;
  };
}
