import {
  type DocumentNode,
  type GraphQLError,
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
import { briefly, mostErrors } from './request-errors.ts';

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

  /** A document that may run; null where it may not, which {@link parse} and {@link validate} explain. */
  prepare(source: string): PreparedDocument | null {
    const known = this.#prepared.get(source);
    if (known !== undefined) return known;
    try {
      const document = this.parse(source);
      if (this.validate(document).length > 0) return null;
      const prepared = this.prepared(document);
      this.#prepared.set(source, prepared);
      return prepared;
    } catch {
      return null;
    }
  }

  /** A document that {@link validate} lets run, and that is not kept. */
  prepared(document: DocumentNode): PreparedDocument {
    return new PreparedDocument(this.#settings, document);
  }

  /** @throws {GraphQLError} where it is no document, or one that is too large to be read */
  parse(source: string): DocumentNode {
    const { limits } = this.#settings;
    try {
      return parse(source, { maxTokens: limits.tokens });
    } catch (error) {
      // Nesting ends the parser's stack before it ends its tokens: then it is refused like any other.
      if (error instanceof RangeError) throw tooLarge({ limit: 'depth', most: limits.depth });
      throw error;
    }
  }

  /**
   * Why a document may not run; empty where it may. One that is too large is refused before it is
   * validated: validation compares fields in pairs, and costs the most where nothing is to be had from it.
   */
  validate(document: DocumentNode): readonly GraphQLError[] {
    const excess = excessOf(document, this.#settings.limits);
    if (excess !== null) return [tooLarge(excess)];
    const { schema, introspection } = this.#settings;
    const options = { maxErrors: mostErrors, hideSuggestions: !introspection };
    return briefly(validate(schema, document, this.#rules, options));
  }
}

/** A document that may run. */
export class PreparedDocument {
  readonly #document: DocumentNode;
  readonly #operations = new Map<OperationDefinitionNode, PreparedOperation>();

  constructor(settings: PreparedSettings, document: DocumentNode) {
    this.#document = document;
    for (const one of document.definitions) {
      // The schema has no subscriptions; Yoga says so.
      if (one.kind === Kind.OPERATION_DEFINITION && one.operation !== 'subscription') {
        this.#operations.set(one, new PreparedOperation(settings, document, one));
      }
    }
  }

  /** The operation of a name, or the only one; null where that names none. */
  operation(name: string | null | undefined): PreparedOperation | null {
    const node = getOperationAST(this.#document, name);
    return (node && this.#operations.get(node)) ?? null;
  }
}
