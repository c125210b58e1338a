import { createRequire } from 'node:module';

/**
 * Loads a package that no start needs, when it is first used. Not by `import()`: Node.js remembers that a package
 * failed there if one of its inner files could not be read, because no file descriptor was free for one, and fails
 * ever after. `require` reads it again.
 */
export const loadLate = createRequire(import.meta.url);

/** Returns a function that makes a value when it is first called, and once only; a failed attempt is made again. */
export function createOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
