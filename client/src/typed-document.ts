import type { DocumentNode } from 'graphql';

/**
 * A document that carries the types of its result and of its variables, as `TypedDocumentNode` of
 * `@graphql-typed-document-node/core` does. urql, Apollo Client and graphql-request accept it.
 */
export interface TypedDocument<Result, Variables> extends DocumentNode {
  /** Never set. It carries the types. */
  readonly __apiType?: (variables: Variables) => Result;
}
