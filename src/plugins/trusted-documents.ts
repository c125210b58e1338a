import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import type { Plugin } from 'graphql-yoga';
import type { TrustedDocuments } from '../trusted-documents.ts';

/** The name of a parameter that bears a document's hash (GraphQL over HTTP, "Persisted documents"). */
export const documentIdParameter = 'documentId';

/** Answers documents of a list alone, named by their hash: in `documentId` or as Apollo's clients send it. */
export function useTrustedDocuments(documents: TrustedDocuments): Plugin {
  const refused = (message: string, code: string) => ({
    message,
    extensions: { code, http: { status: 400 } },
  });
  return usePersistedOperations({
    getPersistedOperation: (hash) => documents.get(hash),
    extractPersistedOperationId: (params) => {
      const { documentId, extensions } = params as Readonly<Record<string, unknown>>;
      return documents.hashIn(documentId, extensions);
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
