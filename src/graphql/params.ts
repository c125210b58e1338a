import { anyObject } from '../forms.ts';
import type { Incoming } from '../server/incoming.ts';
import type { TrustedDocuments } from '../trusted-documents.ts';
import type { Variables } from './operation.ts';

/** What a request asks for (GraphQL over HTTP, "Request parameters"). */
export interface Params {
  /** The document's text. */
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Variables;
}

const names = new Set(['query', 'operationName', 'variables', 'extensions', 'documentId']);

/**
 * The parameters of a plain POST of JSON; null for whatever else it may be, right or wrong.
 *
 * @param trusted the only documents that are answered; null where any is
 */
export function readParams(
  { method, headers }: Incoming,
  body: string,
  trusted: TrustedDocuments | null,
): Params | null {
  if (method !== 'POST' || !isJson(headers.get('content-type'))) return null;
  const json = anyObject(parse(body));
  if (json === undefined) return null;
  for (const name in json) if (!names.has(name)) return null;
  const { query, operationName, variables, extensions, documentId } = json;
  if (!isOptional(operationName, 'string') || !isOptionalObject(variables)) return null;
  if (!isOptionalObject(extensions)) return null;
  if (trusted === null ? documentId != null : query != null) return null;
  const text = trusted === null ? query : trusted.get(trusted.hashIn(documentId, extensions) ?? '');
  if (typeof text !== 'string') return null;
  return {
    query: text,
    operationName: operationName as Params['operationName'],
    variables: variables as Variables,
  };
}

function isJson(contentType: string | null): boolean {
  return contentType === 'application/json' || /^application\/json;[^,]*$/.test(contentType ?? '');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function isOptional(value: unknown, type: string): boolean {
  return value == null || typeof value === type;
}

function isOptionalObject(value: unknown): boolean {
  return value == null || anyObject(value) !== undefined;
}
