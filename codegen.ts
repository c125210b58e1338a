import type { CodegenConfig } from '@graphql-codegen/cli';
import { printSchema } from 'graphql';
import { schema } from './src/schema/index.ts';

const clientDocuments = 'client/operations/*.graphql';

const config: CodegenConfig = {
  // A string, so that the schema is not mixed up with another copy of graphql.
  schema: printSchema(schema),
  generates: {
    'schema.graphql': { plugins: ['schema-ast'] },
    'docs/reference/errors.md': { plugins: ['./scripts/errors-plugin.ts'] },
    'docs/reference/configuration.md': { plugins: ['./scripts/configuration-plugin.ts'] },
    'test/gql/': {
      documents: ['test/**/*.ts', '!test/gql/**'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { DateTime: 'string' },
        importExtension: '.ts',
        emitLegacyCommonJSImports: false,
      },
    },
    'client/src/generated/types.ts': {
      documents: clientDocuments,
      plugins: ['typescript-operations'],
      config: {
        immutableTypes: true,
        scalars: { DateTime: 'string', JSONObject: 'Record<string, unknown>' },
      },
    },
    'client/src/generated/operations.ts': {
      documents: clientDocuments,
      plugins: ['./client/codegen/operations-plugin.ts'],
    },
    'client/src/generated/mutations.ts': {
      documents: clientDocuments,
      plugins: ['./client/codegen/mutations-plugin.ts'],
    },
    'client/src/generated/by-mutation.ts': {
      documents: clientDocuments,
      plugins: ['./client/codegen/mutations-plugin.ts'],
    },
    'client/src/generated/vendors.ts': { plugins: ['./client/codegen/vendors-plugin.ts'] },
    'client/persisted-documents.json': {
      documents: clientDocuments,
      plugins: ['./client/codegen/operations-plugin.ts'],
    },
    'client/src/generated/possible-types.ts': {
      plugins: ['fragment-matcher'],
      config: { useExplicitTyping: true },
    },
    'client/src/generated/documents.ts': {
      documents: clientDocuments,
      plugins: [
        { add: { content: "import type * as Types from './types.ts';" } },
        'typed-document-node',
      ],
      config: {
        useTypeImports: true,
        importOperationTypesFrom: './types.ts',
        documentNodeImport: '../typed-document.ts#TypedDocument',
      },
    },
  },
};

export default config;
