/**
 * The documents of all mutations and queries for urql, Apollo Client and graphql-request, with the types of
 * their results and variables. Requires only the types of the package `graphql`.
 */
export * from './generated/documents.ts';
export { possibleTypes } from './possible-types.ts';
export type { TypedDocument } from './typed-document.ts';
