import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The only documents that a gateway accepts, by their SHA-256 in hex. */
export class TrustedDocuments {
  readonly #documents: ReadonlyMap<string, string>;

  constructor(documents: ReadonlyMap<string, string>) {
    this.#documents = documents;
  }

  /** Returns the document with a hash; null if there is none. */
  get(hash: string): string | null {
    return this.#documents.get(hash) ?? null;
  }

  /**
   * Returns the hash in a request: from `documentId` (GraphQL over HTTP, "Persisted documents"), or from the extension of
   * Apollo's clients; null if there is none.
   */
  getHash(documentId: unknown, extensions: unknown): string | null {
    const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
    const id = documentId ?? persistedQuery?.sha256Hash;
    return typeof id === 'string' ? id.replace(/^sha256:/, '') : null;
  }
}

/**
 * Reads the documents that a gateway accepts from a file such as the `persisted-documents.json` of GraphQL Code Generator.
 *
 * @throws {Error} if the file cannot be read, or if a document does not have the hash that is its key
 */
export function readTrustedDocuments(path: string): TrustedDocuments {
  const createError = (problem: string) => new Error(`TRUSTED_DOCUMENTS_FILE: ${path}: ${problem}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw createError((error as Error).message);
  }
  if (!isManifest(json)) throw createError('expected a JSON object of documents by their SHA-256');
  const documents = Object.entries(json);
  for (const [hash, text] of documents) {
    const actual = createHash('sha256').update(text).digest('hex');
    if (actual !== hash) throw createError(`the document under ${hash} has the SHA-256 ${actual}`);
  }
  return new TrustedDocuments(new Map(documents));
}

function isManifest(json: unknown): json is Readonly<Record<string, string>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  return Object.values(json).every((one) => typeof one === 'string');
}
