import type { ExecutionResult } from 'graphql';
import { type Answer, ResultHeaders } from '../server/answer.ts';
import type { Api } from '../server/handler.ts';
import type { Incoming } from '../server/incoming.ts';
import type { TrustedDocuments } from '../trusted-documents.ts';
import { type DocumentSettings, Documents } from './documents.ts';
import { Executor, type ExecutorSettings } from './executor.ts';
import { mediaTypeFor } from './media-type.ts';
import { readParams } from './params.ts';
import type { YogaApi } from './yoga.ts';

/** What answers documents. */
export interface GraphqlApiSettings extends DocumentSettings, ExecutorSettings {
  /** The API's path. */
  readonly endpoint: string;
  /** The only documents that are answered; null where any is. */
  readonly trusted: TrustedDocuments | null;
}

/** The API: plain requests by the short way, all others by Yoga. */
export function graphqlApi(settings: GraphqlApiSettings): Api {
  return new PlainApi(settings);
}

/**
 * Answers what nearly all clients send, a POST of JSON with a document that may run, without the Fetch
 * standard's objects: they cost more than all the rest. Whatever is different in any way goes to Yoga,
 * which reads it with the same documents and runs it with the same executor.
 */
class PlainApi implements Api {
  readonly #settings: GraphqlApiSettings;
  readonly #documents: Documents;
  readonly #executor: Executor;
  #yoga: Promise<YogaApi> | null = null;

  constructor(settings: GraphqlApiSettings) {
    this.#settings = settings;
    this.#documents = new Documents(settings);
    this.#executor = new Executor(settings);
  }

  answer(incoming: Incoming, body: string | null): Promise<Answer> {
    const { trusted } = this.#settings;
    if (body === null) return this.#byYoga(incoming, null);
    const mediaType = mediaTypeFor(incoming.headers.get('accept'));
    const params = mediaType === null ? null : readParams(incoming, body, trusted);
    const operation =
      params && this.#documents.prepare(params.query)?.operation(params.operationName);
    if (params === null || mediaType === null || operation == null) {
      return this.#byYoga(incoming, body);
    }
    return this.#executor.run(operation, params.variables, incoming, (result) =>
      toAnswer(result, mediaType),
    );
  }

  /** Loaded when it is first needed: nearly no request of a client's needs it, and no start. */
  async #byYoga(incoming: Incoming, body: string | null): Promise<Answer> {
    this.#yoga ??= import('./yoga.ts').then(({ yogaApi }) =>
      yogaApi({ ...this.#settings, documents: this.#documents, executor: this.#executor }),
    );
    return (await this.#yoga)(incoming, body);
  }
}

/** A result as an answer; the status that an error asks for is the answer's, and no part of the error. */
function toAnswer(result: ExecutionResult, mediaType: string): Answer {
  const headers = new ResultHeaders(mediaType);
  if (result.errors === undefined) return { status: 200, headers, body: JSON.stringify(result) };
  const isOlder = mediaType.startsWith('application/json');
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
