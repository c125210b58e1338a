import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { vendorCallsOf } from '../document-cost.ts';

/** Asks for a document's cost: `graphql-cost: report`, as Hot Chocolate's servers take it. */
const header = 'graphql-cost';

/**
 * Refuses documents that may cause more calls to the vendors than is taken, before any of them is made,
 * and states the number in `extensions.cost` where it is asked for.
 *
 * @param most how many calls one document may cause
 */
export function useDocumentCost(most: number): Plugin {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const vendorCalls = vendorCallsOf(args);
      const cost = { vendorCalls, most };
      const isAsked = args.contextValue.request.headers.get(header) === 'report';
      const extensions = isAsked ? { extensions: { cost } } : {};
      if (vendorCalls > most) {
        setResultAndStopExecution({ errors: [refusal(vendorCalls, most)], ...extensions });
        return;
      }
      if (!isAsked) return;
      return {
        onExecuteDone: ({ result, setResult }) => {
          if (!(Symbol.asyncIterator in result)) setResult({ ...result, ...extensions });
        },
      };
    },
  };
}

function refusal(vendorCalls: number, most: number): GraphQLError {
  const message =
    `The document may cause ${vendorCalls} calls to the vendors; this gateway makes at most ${most} for one ` +
    '(MAX_VENDOR_CALLS). Ask for smaller parts of lists with "first", or for fewer fields at a time.';
  const extensions = { code: 'DOCUMENT_TOO_LARGE', limit: 'vendorCalls', most };
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}
