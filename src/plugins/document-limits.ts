import { type DocumentNode, GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type DocumentLimits, type Excess, excessOf } from '../document-limits.ts';

/** Nobody reads more of them, and each costs time. */
const mostErrors = 10;

const names: Record<Excess['limit'], readonly [what: string, variable: string]> = {
  depth: ['fields below one another', 'MAX_DEPTH'],
  aliases: ['aliases', 'MAX_ALIASES'],
  directives: ['directives', 'MAX_DIRECTIVES'],
  fragments: ['named fragments', 'MAX_FRAGMENTS'],
  repeats: ['pairs of fields under the same name', 'MAX_REPEATS'],
  changes: ['root mutation fields', 'MAX_CHANGES'],
};

/**
 * Refuses documents that are too large before they are validated, let alone executed: validation
 * compares fields in pairs, and costs the most where nothing is to be had from it.
 *
 * @param introspection whether the schema may be asked for
 */
export function useDocumentLimits(limits: DocumentLimits, introspection: boolean): Plugin {
  return {
    onParse: ({ parseFn, setParseFn }) => {
      setParseFn((source, options) =>
        withoutOverflow(limits, () => parseFn(source, { ...options, maxTokens: limits.tokens })),
      );
    },
    onValidate: ({ params, addValidationRule, setResult, setValidationFn, validateFn }) => {
      const excess = excessOf(params.documentAST as DocumentNode, limits);
      if (excess !== null) {
        setResult([refusal(excess)]);
        return;
      }
      if (!introspection) addValidationRule(NoSchemaIntrospectionCustomRule);
      setValidationFn((schema, document, rules, options, typeInfo) =>
        validateFn(schema, document, rules, { ...options, maxErrors: mostErrors }, typeInfo),
      );
    },
  };
}

/** Nesting ends the parser's stack before it ends its tokens: then it is refused like any other. */
function withoutOverflow<T>({ depth }: DocumentLimits, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) throw refusal({ limit: 'depth', most: depth });
    throw error;
  }
}

function refusal({ limit, most }: Excess): GraphQLError {
  const [what, variable] = names[limit];
  const message = `The document holds more than ${most} ${what}, which is the most that this gateway takes (${variable}).`;
  return new GraphQLError(message, { extensions: { code: 'DOCUMENT_TOO_LARGE', limit, most } });
}
