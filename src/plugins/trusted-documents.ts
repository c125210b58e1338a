import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import type { Plugin } from 'graphql-yoga';

/** The name of a parameter that bears a document's hash (GraphQL over HTTP, "Persisted documents"). */
export const documentIdParameter = 'documentId';

/** Answers documents of a list alone, named by their hash: in `documentId` or as Apollo's clients send it. */
export function useTrustedDocuments(documents: ReadonlyMap<string, string>): Plugin {
  const refused = (message: string, code: string) => ({
    message,
    extensions: { code, http: { status: 400 } },
  });
  return usePersistedOperations({
    getPersistedOperation: (hash) => documents.get(hash) ?? null,
    extractPersistedOperationId: (params) => {
      const { documentId, extensions } = params as Readonly<Record<string, unknown>>;
      const { persistedQuery } = (extensions ?? {}) as {
        persistedQuery?: { sha256Hash?: unknown };
      };
      const id = documentId ?? persistedQuery?.sha256Hash;
      return typeof id === 'string' ? id.replace(/^sha256:/, '') : null;
    },
    customErrors: {
      notFound: refused('There is no trusted document of this hash.', 'DOCUMENT_NOT_TRUSTED'),
      keyNotFound: refused(
        `Takes the hash of a trusted document as ${documentIdParameter}.`,
        'DOCUMENT_NOT_TRUSTED',
      ),
      persistedQueryOnly: refused(
        `Takes trusted documents alone, by their hash as ${documentIdParameter}.`,
        'DOCUMENT_NOT_TRUSTED',
      ),
    },
  }) as Plugin;
}
