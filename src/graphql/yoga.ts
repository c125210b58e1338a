import { createYoga, type Plugin } from 'graphql-yoga';
import type { Log } from '../log.ts';
import { documentIdParameter, useTrustedDocuments } from '../plugins/trusted-documents.ts';
import type { Answer } from '../server/answer.ts';
import type { Incoming } from '../server/incoming.ts';
import type { TrustedDocuments } from '../trusted-documents.ts';
import type { DocumentSettings, Documents } from './documents.ts';
import type { Executor } from './executor.ts';
import { masked } from './mask.ts';

/** What Yoga answers with. */
export interface YogaSettings extends Pick<DocumentSettings, 'schema'> {
  readonly endpoint: string;
  readonly documents: Documents;
  readonly executor: Executor;
  readonly trusted: TrustedDocuments | null;
  readonly log: Log;
}

/**
 * Answers whatever may come to the API, right or wrong.
 *
 * @param body null where the method has none
 */
export type YogaApi = (incoming: Incoming, body: string | null) => Promise<Answer>;

interface ServerContext {
  readonly incoming: Incoming;
}

/**
 * Answers GraphQL over HTTP in all of its forms, right or wrong, by Yoga. The rules for requests hold
 * before it, and documents are read and run as those of plain requests are.
 */
export function yogaApi(settings: YogaSettings): YogaApi {
  const { schema, endpoint, trusted } = settings;
  const yoga = createYoga<ServerContext>({
    schema,
    graphqlEndpoint: endpoint,
    plugins: [...(trusted === null ? [] : [useTrustedDocuments(trusted)]), useDocuments(settings)],
    // Masked by our own rule, which knows the request's id and how far a change came.
    maskedErrors: false,
    // Each of these would answer beside the rules that every request passes.
    graphiql: false,
    healthCheckEndpoint: '\n',
    landingPage: false,
    multipart: false,
    cors: false,
    // Bounded before, where the body was read.
    maxRequestBodySize: false,
    // Documents that may run are kept by us, and others are not worth it.
    parserAndValidationCache: false,
    extraParamNames: [documentIdParameter],
    logging: false,
  });
  return async (incoming, body) => {
    const { method, target, client } = incoming;
    const headers = Object.fromEntries(
      ['accept', 'content-type'].flatMap((name) => {
        const value = incoming.headers.get(name);
        return value === null ? [] : [[name, value]];
      }),
    );
    const init = { method, headers, body, signal: client.signal };
    const response = await yoga.fetch(`http://gateway${target}`, init, { incoming });
    const text = await response.text();
    const { 'content-length': _, ...headersOut } = Object.fromEntries(response.headers);
    return {
      status: response.status,
      headers: headersOut,
      body: text === '' ? null : text,
    };
  };
}

/** Reads documents by our limits, and runs them by our executor. */
function useDocuments({ documents, executor, log }: YogaSettings): Plugin<ServerContext> {
  return {
    onParse: ({ setParseFn }) => setParseFn((source) => documents.parse(String(source))),
    onValidate: ({ params, setResult }) => setResult([...documents.validate(params.documentAST)]),
    onExecute: ({ setExecuteFn }) =>
      setExecuteFn(async ({ document, operationName, variableValues, contextValue }) => {
        const operation = documents.prepared(document).operation(operationName);
        // Yoga has looked for it before.
        if (operation === null) throw new Error('an operation that is not there was to be run');
        return executor.run(operation, variableValues, contextValue.incoming, (result) => result);
      }),
    onResultProcess: ({ result, setResult, serverContext }) => {
      const { requestId } = (serverContext as unknown as ServerContext).incoming;
      const mask = (one: object) => masked(one, requestId, null, log);
      setResult(Array.isArray(result) ? result.map(mask) : mask(result));
    },
  };
}
