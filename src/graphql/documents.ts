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
import { type DocumentLimits, excessOf, tooLarge } from './limits.ts';
import { PreparedOperation, type PreparedSettings } from './operation.ts';
import { mostErrors } from './request-errors.ts';

/** How many characters of documents are kept prepared. Parsed, they take some seventy times as many bytes. */
const keptCharacters = 400_000;

/** What the documents of all requests are read with. */
export interface DocumentSettings extends PreparedSettings {
  readonly limits: DocumentLimits;
}

/** Reads documents, and keeps those that may run: clients send few, and those over and over. */
export class Documents {
  readonly #settings: DocumentSettings;
  readonly #rules: typeof specifiedRules;
  readonly #prepared = new LRUCache<string, PreparedDocument>({
    maxSize: keptCharacters,
    sizeCalculation: (_document, source) => source.length + 1,
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
   * @throws {DocumentRefused} if it may not
   */
  read(source: string): PreparedDocument {
    const known = this.#prepared.get(source);
    if (known !== undefined) return known;
    const document = this.#parse(source);
    const errors = this.#validate(document);
    if (errors.length > 0) throw new DocumentRefused('GRAPHQL_VALIDATION_FAILED', errors);
    const prepared = new PreparedDocument(this.#settings, document);
    this.#prepared.set(source, prepared);
    return prepared;
  }

  #parse(source: string): DocumentNode {
    const { limits } = this.#settings;
    try {
      return parse(source, { maxTokens: limits.tokens });
    } catch (error) {
      if (error instanceof GraphQLError) {
        throw new DocumentRefused('GRAPHQL_PARSE_FAILED', [error]);
      }
      if (!(error instanceof RangeError)) throw error;
      // Nesting ends the parser's stack before it ends its tokens: then it is refused like any other.
      const excess = tooLarge({ limit: 'depth', most: limits.depth });
      throw new DocumentRefused('DOCUMENT_TOO_LARGE', [excess]);
    }
  }

  /**
   * Why a document may not run; empty where it may. One that is too large is refused before it is
   * validated: validation compares fields in pairs, and costs the most where nothing is to be had from it.
   */
  #validate(document: DocumentNode): readonly GraphQLError[] {
    const excess = excessOf(document, this.#settings.limits);
    if (excess !== null) return [tooLarge(excess)];
    const { schema, introspection } = this.#settings;
    const options = { maxErrors: mostErrors, hideSuggestions: !introspection };
    return validate(schema, document, this.#rules, options);
  }
}

/** Thrown for a document, or a name of an operation, that is refused. */
export class DocumentRefused extends Error {
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
  readonly #document: DocumentNode;
  readonly #operations = new Map<OperationDefinitionNode, PreparedOperation>();

  constructor(settings: PreparedSettings, document: DocumentNode) {
    this.#document = document;
    for (const one of document.definitions) {
      // The schema has no subscriptions.
      if (one.kind === Kind.OPERATION_DEFINITION && one.operation !== 'subscription') {
        this.#operations.set(one, new PreparedOperation(settings, document, one));
      }
    }
  }

  /**
   * Returns the operation of a name, or the only one.
   *
   * @throws {DocumentRefused} if the name does not identify one, or one that is a subscription
   */
  operation(name: string | null | undefined): PreparedOperation {
    const node = getOperationAST(this.#document, name);
    const operation = node && this.#operations.get(node);
    if (operation != null) return operation;
    throw new DocumentRefused('OPERATION_RESOLUTION_FAILURE', [
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
