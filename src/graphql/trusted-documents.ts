import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The only documents that a gateway answers, by their SHA-256 in hex. */
export class TrustedDocuments {
  readonly #documents: ReadonlyMap<string, string>;

  constructor(documents: ReadonlyMap<string, string>) {
    this.#documents = documents;
  }

  /** The document of a hash, null where there is none. */
  get(hash: string): string | null {
    return this.#documents.get(hash) ?? null;
  }

  /**
   * The hash that a request names: in `documentId` (GraphQL over HTTP, "Persisted documents") or as Apollo's
   * clients send it; null where it names none.
   */
  hashIn(documentId: unknown, extensions: unknown): string | null {
    const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
    const id = documentId ?? persistedQuery?.sha256Hash;
    return typeof id === 'string' ? id.replace(/^sha256:/, '') : null;
  }
}

/**
 * The documents that a gateway answers, by their SHA-256 in hex: what GraphQL Code Generator writes as
 * `persisted-documents.json`.
 *
 * @throws {Error} where the file cannot be read, or a document has not the hash under which it stands
 */
export function readTrustedDocuments(path: string): TrustedDocuments {
  const fail = (what: string) => new Error(`TRUSTED_DOCUMENTS_FILE: ${path}: ${what}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw fail((error as Error).message);
  }
  if (!isManifest(json)) throw fail('takes an object of documents by their SHA-256');
  const documents = Object.entries(json);
  for (const [hash, text] of documents) {
    const is = createHash('sha256').update(text).digest('hex');
    if (is !== hash) throw fail(`the document under ${hash} has the SHA-256 ${is}`);
  }
  return new TrustedDocuments(new Map(documents));
}

function isManifest(json: unknown): json is Readonly<Record<string, string>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  return Object.values(json).every((one) => typeof one === 'string');
}
