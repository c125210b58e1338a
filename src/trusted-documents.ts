import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.record(z.string(), z.string());

/**
 * The documents that a gateway answers, by their SHA-256 in hex: what GraphQL Code Generator writes as
 * `persisted-documents.json`.
 *
 * @throws {Error} where the file cannot be read, or a document has not the hash under which it stands
 */
export function readTrustedDocuments(path: string): ReadonlyMap<string, string> {
  const fail = (what: string) => new Error(`TRUSTED_DOCUMENTS_FILE: ${path}: ${what}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw fail((error as Error).message);
  }
  const read = manifest.safeParse(json);
  if (!read.success) throw fail('takes an object of documents by their SHA-256');
  const documents = Object.entries(read.data);
  for (const [hash, text] of documents) {
    const is = createHash('sha256').update(text).digest('hex');
    if (is !== hash) throw fail(`the document under ${hash} has the SHA-256 ${is}`);
  }
  return new Map(documents);
}
