import { anyObject } from '../domain/decode.ts';
import type { GatewayRequest } from '../server/request.ts';
import { RequestRefused } from '../server/response.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import type { Variables } from './variables.ts';

/** The parameters of a request (GraphQL over HTTP, "Request parameters"). */
export interface GraphqlParams {
  /** The document's text. */
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Variables;
}

/** Parameters that have not been checked. */
type Raw = Readonly<Record<string, unknown>>;

/** The parameter with a document's hash (GraphQL over HTTP, "Persisted documents"). */
const documentIdName = 'documentId';

const names = ['query', 'operationName', 'variables', 'extensions', documentIdName];
const known: ReadonlySet<string> = new Set(names);

/** The parameters that are JSON in a URL or a form. */
const jsonNames: ReadonlySet<string> = new Set(['variables', 'extensions']);

/**
 * Reads the parameters of a request, from the URL of a GET or from the body of a POST.
 *
 * @param trusted the only documents that are accepted; null if all are
 * @throws {RequestRefused} if a parameter is not valid
 */
export function readParams(
  incoming: GatewayRequest,
  body: string,
  trusted: TrustedDocuments | null,
): GraphqlParams {
  const raw = readRaw(incoming, body);
  for (const name in raw) {
    if (!known.has(name) && raw[name] != null) {
      throw createBadRequest(
        `The request has an unknown parameter ${JSON.stringify(truncate(name))}. Remove it.`,
      );
    }
  }
  const { operationName, variables, extensions } = raw;
  if (operationName != null && typeof operationName !== 'string') {
    throw createTypeError('operationName', 'a string', operationName);
  }
  if (!isOptionalObject(variables)) throw createTypeError('variables', 'an object', variables);
  if (!isOptionalObject(extensions)) throw createTypeError('extensions', 'an object', extensions);
  const query = trusted === null ? readQuery(raw) : readTrusted(raw, trusted);
  return { query, operationName, variables };
}

function readQuery({ query, extensions }: Raw): string {
  if (typeof query === 'string') return query;
  if (query != null) throw createTypeError('query', 'a string', query);
  if (anyObject((extensions as Raw | null | undefined)?.['persistedQuery']) !== undefined) {
    // Apollo's clients then send the document itself. The status is 200, as in Apollo Server, since some of them do not
    // read a response with another status (its `packages/server/src/internalErrorClasses.ts`).
    throw new RequestRefused(200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  }
  throw createBadRequest('The request has no "query". Send the document as a string in it.');
}

function readTrusted(raw: Raw, trusted: TrustedDocuments): string {
  if (raw['query'] != null) {
    throw createTrustError(
      `This gateway accepts only trusted documents. Send the SHA-256 of one as "${documentIdName}", without "query".`,
    );
  }
  const hash = trusted.getHash(raw[documentIdName], raw['extensions']);
  if (hash === null) {
    throw createTrustError(
      `This gateway accepts only trusted documents. Send the SHA-256 of one as "${documentIdName}".`,
    );
  }
  const query = trusted.get(hash);
  if (query === null)
    throw createTrustError(
      'No trusted document has this hash. Add the document to TRUSTED_DOCUMENTS_FILE, or send the hash of another.',
    );
  return query;
}

function createTrustError(message: string): RequestRefused {
  return new RequestRefused(400, 'DOCUMENT_NOT_TRUSTED', message);
}

function readRaw({ method, target, path, contentType }: GatewayRequest, body: string): Raw {
  if (method === 'GET') return readFields(target.slice(path.length + 1));
  if (contentType.mediaType === 'application/x-www-form-urlencoded') return readFields(body);
  if (contentType.mediaType === 'application/graphql') return { query: body };
  const json = parseJson(body, 'The request body');
  const parsed = anyObject(json);
  if (parsed !== undefined) return parsed;
  const isBatch = Array.isArray(json);
  throw createBadRequest(
    `Expected a JSON object as the request body but received ${describeType(json)}.${isBatch ? ' Batching is not supported: send each operation in a request of its own.' : ''}`,
  );
}

/** Reads `application/x-www-form-urlencoded`. A parameter without a value counts as absent. */
function readFields(text: string): Raw {
  if (!isDecodable(text))
    throw createBadRequest(
      'Expected parameters in percent-encoded UTF-8 but received something else.',
    );
  const fields = new URLSearchParams(text);
  const raw: Record<string, unknown> = {};
  for (const name of names) {
    const value = fields.get(name);
    if (value === null || value === '') continue;
    raw[name] = jsonNames.has(name) ? parseJson(value, `The parameter "${name}"`) : value;
  }
  return raw;
}

/** Returns whether a text is percent-encoded UTF-8: `URLSearchParams` would replace the bytes that are not. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw createBadRequest(`${source} is not valid JSON: ${truncate((error as Error).message)}`);
  }
}

function createBadRequest(message: string): RequestRefused {
  return new RequestRefused(400, 'BAD_REQUEST', message);
}

function createTypeError(name: string, expected: string, value: unknown): RequestRefused {
  return createBadRequest(
    `Expected ${expected} as the parameter "${name}" but received ${describeType(value)}.`,
  );
}

function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isOptionalObject(value: unknown): value is Raw | null | undefined {
  return value == null || anyObject(value) !== undefined;
}

function truncate(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text;
}
