import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { analyzeDocument, type DocumentAnalysis } from './analyze-document.ts';
import { createLimitError, type DocumentLimits, findExcess } from './limits.ts';
import { PreparedOperation, type PreparedSettings } from './operation.ts';
import { maxErrors } from './request-errors.ts';

/** The memory for prepared documents in bytes, as {@link PreparedDocument.bytes} estimates it. */
const maxPreparedBytes = 32 * 1024 * 1024;

/** The most memory of a token with its nodes of the syntax tree, in bytes. */
const bytesPerToken = 500;

/** The settings that documents are prepared with. */
export interface DocumentSettings extends PreparedSettings {
  readonly limits: DocumentLimits;
}

/** Prepares documents and caches them: clients send few different documents, each many times. */
export class Documents {
  readonly #settings: DocumentSettings;
  readonly #rules: typeof specifiedRules;
  readonly #prepared = new LRUCache<string, PreparedDocument>({
    maxSize: maxPreparedBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });

  constructor(settings: DocumentSettings) {
    this.#settings = settings;
    this.#rules = settings.introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /**
   * Prepares a document, which is within all limits and valid then.
   *
   * @throws {DocumentRejected} if it is not
   */
  prepare(source: string): PreparedDocument {
    const known = this.#prepared.get(source);
    if (known !== undefined) return known;
    const analysis = this.#analyze(this.#parse(source));
    const errors = this.#validate(analysis.document);
    if (errors.length > 0) throw new DocumentRejected('GRAPHQL_VALIDATION_FAILED', errors);
    const prepared = new PreparedDocument(this.#settings, analysis, source.length);
    this.#prepared.set(source, prepared);
    return prepared;
  }

  #parse(source: string): DocumentNode {
    try {
      return parse(source, { maxTokens: this.#settings.limits.tokens });
    } catch (error) {
      if (error instanceof GraphQLError)
        throw new DocumentRejected('GRAPHQL_PARSE_FAILED', [error]);
      throw this.#toDepthError(error);
    }
  }

  /** Checks the limits before the document is validated, since validation compares fields in pairs. */
  #analyze(document: DocumentNode): DocumentAnalysis {
    const { limits } = this.#settings;
    try {
      const analysis = analyzeDocument(document);
      const excess = findExcess(analysis, limits);
      if (excess !== null) throw rejectSize(createLimitError(excess));
      return analysis;
    } catch (error) {
      throw this.#toDepthError(error);
    }
  }

  /** Nesting may overflow the stack before it reaches a limit. Then the document is rejected like any other. */
  #toDepthError(error: unknown): unknown {
    if (!(error instanceof RangeError)) return error;
    return rejectSize(createLimitError({ limit: 'depth', most: this.#settings.limits.depth }));
  }

  /** Returns the errors of a document; none if it is valid. */
  #validate(document: DocumentNode): readonly GraphQLError[] {
    const { schema, introspection } = this.#settings;
    return validate(schema, document, this.#rules, { maxErrors, hideSuggestions: !introspection });
  }
}

function rejectSize(error: GraphQLError): DocumentRejected {
  return new DocumentRejected('DOCUMENT_TOO_LARGE', [error]);
}

/** Thrown for a document, or for the name of an operation, that is rejected. */
export class DocumentRejected extends Error {
  /** The code of the errors that have none of their own. */
  readonly code: string;
  readonly errors: readonly GraphQLError[];

  constructor(code: string, errors: readonly GraphQLError[]) {
    super(code);
    this.code = code;
    this.errors = errors;
  }
}

/** A valid document with its operations, ready to run. */
export class PreparedDocument {
  /** The memory that it may use in bytes: its text, its syntax tree and its compiled code. */
  readonly bytes: number;
  readonly #document: DocumentNode;
  readonly #operations = new Map<OperationDefinitionNode, PreparedOperation>();

  /** @param characters the length of the document's text */
  constructor(settings: PreparedSettings, analysis: DocumentAnalysis, characters: number) {
    this.#document = analysis.document;
    let bytes = 2 * characters + bytesPerToken * (this.#document.tokenCount ?? characters);
    for (const node of analysis.operations.keys()) {
      // The schema has no subscriptions.
      if (node.operation === 'subscription') continue;
      const operation = new PreparedOperation(settings, analysis, node);
      this.#operations.set(node, operation);
      bytes += operation.compiledBytes;
    }
    this.bytes = bytes;
  }

  /**
   * Returns the operation with a name, or the only operation if there is no name.
   *
   * @throws {DocumentRejected} if there is no such operation, or it is a subscription
   */
  getOperation(name: string | null | undefined): PreparedOperation {
    const node = getOperationAST(this.#document, name);
    const operation = node && this.#operations.get(node);
    if (operation != null) return operation;
    throw new DocumentRejected('OPERATION_RESOLUTION_FAILURE', [
      new GraphQLError(describeMissing(node, name), { nodes: node ?? [] }),
    ]);
  }
}

function describeMissing(
  node: OperationDefinitionNode | null | undefined,
  name: string | null | undefined,
): string {
  if (node != null) return 'The schema has no subscriptions. Send a query or a mutation.';
  if (name != null) {
    return `The document has no operation named ${JSON.stringify(name)}. Set "operationName" to the name of one of its operations.`;
  }
  return 'Expected a document with exactly one operation. If it has several, set "operationName" to the name of the one to run.';
}
