import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  type DocumentLimits,
  type DocumentSize,
  describeExcess,
  measureDocument,
} from './limits.ts';
import { PreparedOperation, type PreparedSettings } from './operation.ts';
import { maxErrors } from './request-errors.ts';

/** How many bytes of prepared documents are kept, by the weights below. */
const keptBytes = 32 * 1024 * 1024;

/** The memory of a token with its nodes of the syntax tree, at most. */
const bytesPerToken = 500;

/** What the documents of all requests are read with. */
export interface DocumentSettings extends PreparedSettings {
  readonly limits: DocumentLimits;
}

/** Reads documents, and keeps those that may run: clients send few, and those over and over. */
export class Documents {
  readonly #settings: DocumentSettings;
  readonly #rules: typeof specifiedRules;
  readonly #prepared = new LRUCache<string, PreparedDocument>({
    maxSize: keptBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });

  constructor(settings: DocumentSettings) {
    this.#settings = settings;
    this.#rules = settings.introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /**
   * Returns a document that may run.
   *
   * @throws {DocumentRejected} if it may not
   */
  read(source: string): PreparedDocument {
    const known = this.#prepared.get(source);
    if (known !== undefined) return known;
    const document = this.#parse(source);
    const { fields, excess } = this.#measure(document);
    // Before it is validated: validation compares fields in pairs, and costs the most for nothing.
    if (excess !== null) throw refused(describeExcess(excess));
    const errors = this.#validate(document);
    if (errors.length > 0) throw new DocumentRejected('GRAPHQL_VALIDATION_FAILED', errors);
    const prepared = new PreparedDocument(this.#settings, document, fields, source.length);
    this.#prepared.set(source, prepared);
    return prepared;
  }

  #parse(source: string): DocumentNode {
    try {
      return parse(source, { maxTokens: this.#settings.limits.tokens });
    } catch (error) {
      if (error instanceof GraphQLError)
        throw new DocumentRejected('GRAPHQL_PARSE_FAILED', [error]);
      throw this.#tooDeep(error);
    }
  }

  #measure(document: DocumentNode): DocumentSize {
    try {
      return measureDocument(document, this.#settings.limits);
    } catch (error) {
      throw this.#tooDeep(error);
    }
  }

  /** Nesting may end the stack before it ends the tokens: then it is refused like any other. */
  #tooDeep(error: unknown): unknown {
    if (!(error instanceof RangeError)) return error;
    return refused(describeExcess({ limit: 'depth', most: this.#settings.limits.depth }));
  }

  /** Returns why a document may not run; empty if it may. */
  #validate(document: DocumentNode): readonly GraphQLError[] {
    const { schema, introspection } = this.#settings;
    const options = { maxErrors: maxErrors, hideSuggestions: !introspection };
    return validate(schema, document, this.#rules, options);
  }
}

function refused(error: GraphQLError): DocumentRejected {
  return new DocumentRejected('DOCUMENT_TOO_LARGE', [error]);
}

/** Thrown for a document, or a name of an operation, that is refused. */
export class DocumentRejected extends Error {
  /** Of errors without one of their own. */
  readonly code: string;
  readonly errors: readonly GraphQLError[];

  constructor(code: string, errors: readonly GraphQLError[]) {
    super(code);
    this.code = code;
    this.errors = errors;
  }
}

/** A document that may run. */
export class PreparedDocument {
  /** How many bytes it holds, or may come to hold: text, syntax tree and compiled code. */
  readonly bytes: number;
  readonly #document: DocumentNode;
  readonly #operations = new Map<OperationDefinitionNode, PreparedOperation>();

  /**
   * @param fields its fields and fragments, with the fragments written out
   * @param characters how long its text is
   */
  constructor(
    settings: PreparedSettings,
    document: DocumentNode,
    fields: number,
    characters: number,
  ) {
    this.#document = document;
    let bytes = 2 * characters + bytesPerToken * (document.tokenCount ?? characters);
    for (const one of document.definitions) {
      // The schema has no subscriptions.
      if (one.kind === Kind.OPERATION_DEFINITION && one.operation !== 'subscription') {
        const operation = new PreparedOperation(settings, document, one, fields);
        this.#operations.set(one, operation);
        bytes += operation.compiledBytes;
      }
    }
    this.bytes = bytes;
  }

  /**
   * Returns the operation of a name, or the only one.
   *
   * @throws {DocumentRejected} if the name does not identify one, or one that is a subscription
   */
  operation(name: string | null | undefined): PreparedOperation {
    const node = getOperationAST(this.#document, name);
    const operation = node && this.#operations.get(node);
    if (operation != null) return operation;
    throw new DocumentRejected('OPERATION_RESOLUTION_FAILURE', [
      new GraphQLError(problemOf(node, name), { nodes: node ?? [] }),
    ]);
  }
}

function problemOf(
  node: OperationDefinitionNode | null | undefined,
  name: string | null | undefined,
) {
  if (node != null) return 'The schema has no subscriptions.';
  if (name != null) return `The document has no operation named ${JSON.stringify(name)}.`;
  return 'The document must have exactly one operation, or "operationName" must name the one to run.';
}
