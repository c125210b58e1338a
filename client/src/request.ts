import { allVendors, type CredentialVendor, credentialHeaders } from './credentials.ts';
import type { Gateway } from './gateway.ts';
import type { Operation } from './operation.ts';

/** A call: the operation, and the vendors whose credentials are sent. */
export interface Call<Data, Variables> {
  /** The root field, for error messages. */
  readonly field: string;
  readonly operation: Operation<Data, Variables>;
  readonly variables: Variables;
  /** The vendors whose credentials are sent, all by default. */
  readonly vendors?: readonly CredentialVendor[];
}

/** The arguments of `fetch`, without the signal. */
export interface Prepared {
  readonly url: string;
  readonly init: RequestInit;
}

/**
 * Prepares a request. Errors before anything is sent are thrown here, and not by `fetch`.
 *
 * @throws {TypeError} if the request cannot be sent; the message explains why and contains no credential
 */
export function prepare<Data, Variables>(gateway: Gateway, call: Call<Data, Variables>): Prepared {
  const { signal } = gateway;
  if (signal?.aborted)
    throw new TypeError('the signal was already aborted.', { cause: signal.reason });
  const init: RequestInit = {
    method: 'POST',
    headers: createHeaders(gateway, call.vendors ?? allVendors),
    body: renderBody(gateway, call),
    // A redirect that is followed would send the credentials elsewhere.
    redirect: 'manual',
  };
  return { url: resolveUrl(gateway.endpoint), init };
}

function renderBody<Data, Variables>(
  { trustedDocuments }: Gateway,
  { operation, variables }: Call<Data, Variables>,
): string {
  const { id, text } = operation;
  const document = trustedDocuments ? { documentId: `sha256:${id}` } : { query: text };
  try {
    return JSON.stringify({ ...document, variables });
  } catch (cause) {
    throw new TypeError('the variables cannot be converted to JSON.', { cause });
  }
}

function createHeaders(gateway: Gateway, vendors: readonly CredentialVendor[]): Headers {
  const { authorization, requestId, credentials = {} } = gateway;
  const headers = new Headers({
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'content-type': 'application/json',
  });
  const given = {
    ...(authorization !== undefined && { authorization }),
    ...(requestId !== undefined && { 'x-request-id': requestId }),
    ...credentialHeaders(credentials, vendors),
  };
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.set(name, value);
    } catch {
      // The original error repeats the value, which is a secret.
      throw new TypeError(`the header ${name} accepts visible ASCII characters only.`);
    }
  }
  return headers;
}

/** Returns the absolute URL of an endpoint. In a page, the endpoint can be relative. */
function resolveUrl(endpoint: string | URL): string {
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  const base = location?.href;
  const url = URL.canParse(endpoint, base) ? new URL(endpoint, base) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`endpoint: expected an http or https URL, got "${endpoint}".`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('endpoint: expected a URL without a user, got one with a user.');
  }
  return url.href;
}
