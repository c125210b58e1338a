import { anyObject } from '../domain/decode.ts';
import type { GatewayRequest } from '../server/request.ts';
import { RequestRefused } from '../server/response.ts';
import type { Variables } from './operation.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** What a request asks for (GraphQL over HTTP, "Request parameters"). */
export interface GraphqlParams {
  /** The document's text. */
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Variables;
}

/** Parameters as they came. */
type Raw = Readonly<Record<string, unknown>>;

/** The name of a parameter that bears a document's hash (GraphQL over HTTP, "Persisted documents"). */
const documentIdName = 'documentId';

const names = ['query', 'operationName', 'variables', 'extensions', documentIdName];
const known: ReadonlySet<string> = new Set(names);

/** Parameters that are JSON within a URL or a form. */
const jsonNames: ReadonlySet<string> = new Set(['variables', 'extensions']);

/**
 * Reads the parameters of a request: of a GET from its URL, of a POST from its body.
 *
 * @param trusted the only documents that are answered; null where any is
 * @throws {RequestRefused} if they are not what the API expects
 */
export function readParams(
  incoming: GatewayRequest,
  body: string,
  trusted: TrustedDocuments | null,
): GraphqlParams {
  const raw = readRaw(incoming, body);
  for (const name in raw) {
    if (!known.has(name) && raw[name] != null) {
      throw badRequest(`The request has an unexpected parameter ${JSON.stringify(cut(name))}.`);
    }
  }
  const { operationName, variables, extensions } = raw;
  if (operationName != null && typeof operationName !== 'string') {
    throw wrongType('operationName', 'a string', operationName);
  }
  if (!isOptionalObject(variables)) throw wrongType('variables', 'an object', variables);
  if (!isOptionalObject(extensions)) throw wrongType('extensions', 'an object', extensions);
  const query = trusted === null ? readQuery(raw) : readTrusted(raw, trusted);
  return { query, operationName, variables };
}

function readQuery({ query, extensions }: Raw): string {
  if (typeof query === 'string') return query;
  if (query != null) throw wrongType('query', 'a string', query);
  if (anyObject((extensions as Raw | null | undefined)?.['persistedQuery']) !== undefined) {
    // Apollo's clients then send the document itself. With 200, as Apollo Server answers: some of them look into no
    // answer with another status (its `packages/server/src/internalErrorClasses.ts`).
    throw new RequestRefused(200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
  }
  throw badRequest('The request has no "query". Send the document in it, as a string.');
}

function readTrusted(raw: Raw, trusted: TrustedDocuments): string {
  if (raw['query'] != null) {
    throw notTrusted(
      `This gateway answers trusted documents only. Send the SHA-256 of one as "${documentIdName}", without "query".`,
    );
  }
  const hash = trusted.hashIn(raw[documentIdName], raw['extensions']);
  if (hash === null) {
    throw notTrusted(
      `This gateway answers trusted documents only. Send the SHA-256 of one as "${documentIdName}".`,
    );
  }
  const query = trusted.get(hash);
  if (query === null)
    throw notTrusted('No trusted document has this hash (TRUSTED_DOCUMENTS_FILE).');
  return query;
}

function notTrusted(message: string): RequestRefused {
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
  throw badRequest(
    `The request body must be an object, and is ${typeName(json)}.${isBatch ? ' Batching is not supported.' : ''}`,
  );
}

/** Reads `application/x-www-form-urlencoded`; a parameter without a value is taken as if it were not there. */
function readFields(text: string): Raw {
  if (!isDecodable(text)) throw badRequest('The parameters are not percent-encoded UTF-8.');
  const fields = new URLSearchParams(text);
  const raw: Record<string, unknown> = {};
  for (const name of names) {
    const value = fields.get(name);
    if (value === null || value === '') continue;
    raw[name] = jsonNames.has(name) ? parseJson(value, `The parameter "${name}"`) : value;
  }
  return raw;
}

/** `URLSearchParams` would put other characters in place of bytes that are no UTF-8. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`${what} is not valid JSON: ${cut((error as Error).message)}`);
  }
}

function badRequest(message: string): RequestRefused {
  return new RequestRefused(400, 'BAD_REQUEST', message);
}

function wrongType(name: string, expected: string, value: unknown): RequestRefused {
  return badRequest(`The parameter "${name}" must be ${expected}, and is ${typeName(value)}.`);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isOptionalObject(value: unknown): value is Raw | null | undefined {
  return value == null || anyObject(value) !== undefined;
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text;
}
