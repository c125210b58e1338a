import type { ExecutionResult } from 'graphql';
import type { Api } from '../server/handler.ts';
import { jsonType } from '../server/media-type.ts';
import type { GatewayRequest } from '../server/request.ts';
import { type GatewayResponse, RequestRefused, refuse } from '../server/response.ts';
import { DocumentRejected, type DocumentSettings, Documents } from './documents.ts';
import { DocumentExecutor, type ExecutorSettings } from './executor.ts';
import { readParams } from './params.ts';
import { toRequestErrors } from './request-errors.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What answers documents. */
export interface GraphqlApiSettings extends DocumentSettings, ExecutorSettings {
  /** The only documents that are answered; null where any is. */
  readonly trusted: TrustedDocuments | null;
}

/**
 * Answers GraphQL over HTTP: reads a request's parameters, finds its operation, runs it. Nothing runs before all of
 * them are known to be right.
 */
export class GraphqlApi implements Api {
  readonly #trusted: TrustedDocuments | null;
  readonly #documents: Documents;
  readonly #executor: DocumentExecutor;

  constructor(settings: GraphqlApiSettings) {
    this.#trusted = settings.trusted;
    this.#documents = new Documents(settings);
    this.#executor = new DocumentExecutor(settings);
  }

  answer(incoming: GatewayRequest, body: string): GatewayResponse | Promise<GatewayResponse> {
    const mediaType = incoming.answerType ?? jsonType;
    try {
      const { query, operationName, variables } = readParams(incoming, body, this.#trusted);
      const operation = this.#documents.read(query).operation(operationName);
      if (incoming.method === 'GET' && operation.type !== 'query') return mutationByGet(incoming);
      return this.#executor.run(operation, variables, incoming, (result) =>
        toAnswer(result, mediaType),
      );
    } catch (error) {
      if (error instanceof RequestRefused) return refuse(incoming, error);
      if (!(error instanceof DocumentRejected)) throw error;
      const errors = toRequestErrors(error.errors, error.code, incoming.requestId);
      return toAnswer({ errors }, mediaType);
    }
  }
}

/** A GET must change nothing (RFC 9110, section 9.2.1; GraphQL over HTTP, "GET"). */
function mutationByGet(incoming: GatewayRequest): GatewayResponse {
  return refuse(incoming, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: 'The API expects a mutation operation from a POST request, received a GET.',
    headers: { allow: 'POST' },
  });
}

/** A result as an answer; the status that an error asks for is the answer's, and no part of the error. */
function toAnswer(result: ExecutionResult, mediaType: string): GatewayResponse {
  const headers: Record<string, string> = { 'content-type': mediaType };
  if (result.errors === undefined) return { status: 200, headers, body: JSON.stringify(result) };
  const isOlder = mediaType === jsonType;
  const statuses = result.errors.map(({ extensions }) => {
    const { status = 200, spec = false } = httpOf(extensions) ?? {};
    return spec && isOlder ? 200 : status;
  });
  const errors = result.errors.map((error) => {
    const { http: _, ...extensions } = error.extensions ?? {};
    const shown = Object.keys(extensions).length === 0 ? {} : { extensions };
    return { ...error.toJSON(), extensions: undefined, ...shown };
  });
  return { status: Math.max(...statuses), headers, body: JSON.stringify({ ...result, errors }) };
}

/** The status that an error asks for; with `spec`, only where the answer is of the media type of GraphQL's own. */
interface HttpHint {
  readonly status?: number;
  readonly spec?: boolean;
}

function httpOf(extensions: Readonly<Record<string, unknown>> | undefined): HttpHint | undefined {
  return extensions?.['http'] as HttpHint | undefined;
}
