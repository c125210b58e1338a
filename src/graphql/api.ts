import type { ExecutionResult } from 'graphql';
import type { Api } from '../server/handler.ts';
import { jsonType } from '../server/media-type.ts';
import type { GatewayRequest } from '../server/request.ts';
import { type GatewayResponse, RequestRefused, ResultHeaders, refuse } from '../server/response.ts';
import { DocumentRejected, type DocumentSettings, Documents } from './documents.ts';
import { DocumentExecutor, type ExecutorSettings } from './executor.ts';
import { readParams } from './params.ts';
import { toRequestErrors } from './request-errors.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** Options of a {@link GraphqlApi}. */
export interface GraphqlApiSettings extends DocumentSettings, ExecutorSettings {
  /** The only documents that are accepted; null if all are. */
  readonly trusted: TrustedDocuments | null;
}

/**
 * The GraphQL API over HTTP: it reads a request's parameters, finds the operation and runs it. Nothing runs unless all of
 * them are valid.
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
      const operation = this.#documents.prepare(query).getOperation(operationName);
      if (incoming.method === 'GET' && operation.type !== 'query') return refuseMutation(incoming);
      return this.#executor.run(operation, variables, incoming, (result) =>
        toResponse(result, mediaType),
      );
    } catch (error) {
      if (error instanceof RequestRefused) return refuse(incoming, error);
      if (!(error instanceof DocumentRejected)) throw error;
      const errors = toRequestErrors(error.errors, error.code, incoming.requestId);
      return toResponse({ errors }, mediaType);
    }
  }
}

/** Refuses a mutation in a GET, which must not change anything (RFC 9110, section 9.2.1; GraphQL over HTTP, "GET"). */
function refuseMutation(incoming: GatewayRequest): GatewayResponse {
  return refuse(incoming, {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message:
      'Expected a POST request for a mutation but received a GET request. Send the mutation as a POST.',
    headers: { allow: 'POST' },
  });
}

/** Converts a result to a response. The status that an error asks for becomes the status of the response, not a part of the error. */
function toResponse(result: ExecutionResult, mediaType: string): GatewayResponse {
  const headers = new ResultHeaders(mediaType);
  if (result.errors === undefined) return { status: 200, headers, body: JSON.stringify(result) };
  const isLegacyType = mediaType === jsonType;
  const statuses = result.errors.map(({ extensions }) => {
    const { status = 200, spec = false } = getHttpHint(extensions) ?? {};
    return spec && isLegacyType ? 200 : status;
  });
  const errors = result.errors.map((error) => {
    const { http: _, ...extensions } = error.extensions ?? {};
    const rest = Object.keys(extensions).length === 0 ? {} : { extensions };
    return { ...error.toJSON(), extensions: undefined, ...rest };
  });
  return { status: Math.max(...statuses), headers, body: JSON.stringify({ ...result, errors }) };
}

/** The status that an error asks for. With `spec`, it applies only to responses in GraphQL's own media type. */
interface HttpHint {
  readonly status?: number;
  readonly spec?: boolean;
}

function getHttpHint(
  extensions: Readonly<Record<string, unknown>> | undefined,
): HttpHint | undefined {
  return extensions?.['http'] as HttpHint | undefined;
}
